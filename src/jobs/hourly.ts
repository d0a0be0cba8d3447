import { type Loop, loop } from '../concurrency/loop.ts'
import { describeError, type Log } from '../log.ts'
import type { Pool } from '../storage/pool.ts'
import { arrivals } from './arrivals.ts'
import { tellOverdue } from './overdue.ts'

const hour = 3_600_000

/** Tells staff on every full hour, UTC, what no act of theirs tells: that something came, and what is overdue. */
export function tellHourly(pool: Pool<'sotto_triage'>, clock: () => Date, log: Log): Loop {
  const { tell } = arrivals(pool)
  return loop(
    async () => {
      const now = clock()
      // A timer may be early by a little. Never before the hour.
      if (now.getTime() % hour >= hour / 2) return
      await tell(now)
      await tellOverdue(pool, new Date(now.getTime() - (now.getTime() % hour)))
    },
    {
      wait: () => hour - (clock().getTime() % hour),
      failed: (error) => log.error('the hour was not told', describeError(error)),
    },
  )
}
