import { type Loop, loop } from '../concurrency/loop.ts'
import { describeError, type Log } from '../log.ts'
import { lockTrail } from '../storage/auditTrail.ts'
import { appendArrival, arrivedSince } from '../storage/events.ts'
import type { Pool } from '../storage/pool.ts'

const hour = 3_600_000

/**
 * Tells staff on each full hour, UTC, that something came from reporters since the hour before, if it did: no sooner,
 * not what, not how much, so that nobody can tell whose report it was by when it came. Any number of instances tell it
 * once. What an instance has seen before it was started it does not know: then anything in the box is new to it.
 */
export function arrivals(pool: Pool<'sotto_triage'>) {
  let before: string | undefined

  return {
    async tell(now: Date): Promise<void> {
      const onTheHour = new Date(Math.round(now.getTime() / hour) * hour)
      const { seen, came } = await arrivedSince(pool.query, before)
      if (came) {
        await pool.transaction(async (query) => {
          await lockTrail(query)
          await appendArrival(query, onTheHour)
        })
      }
      before = seen
    },
  }
}

/** Does so on every full hour, until stopped. */
export function tellArrivals(pool: Pool<'sotto_triage'>, clock: () => Date, log: Log): Loop {
  const { tell } = arrivals(pool)
  return loop(
    async () => {
      const now = clock()
      // A timer may be early by a little. Never before the hour.
      if (now.getTime() % hour < hour / 2) await tell(now)
    },
    {
      wait: () => hour - (clock().getTime() % hour),
      failed: (error) => log.error('arrivals were not told', describeError(error)),
    },
  )
}
