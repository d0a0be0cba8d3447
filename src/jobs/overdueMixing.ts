import { type Loop, loop } from '../concurrency/loop.ts'
import { overdueHours } from '../domain/mixing/overdue.ts'
import { describeError, type Log } from '../log.ts'
import { mixingFacts } from '../storage/mixings.ts'
import type { Pool } from '../storage/pool.ts'

const hour = 3_600_000

/** Says each hour, as long as it is so, that the mixing is overdue: until it comes, the tables keep order and time. */
export function tellOverdueMixing(
  pool: Pool<'sotto_triage'>,
  clock: () => Date,
  log: Log,
  every = hour,
): Loop {
  const look = async () => {
    const facts = await mixingFacts(pool)
    const hours = facts === undefined ? 0 : overdueHours(facts, clock())
    if (hours > 0) log.error('the mixing is overdue', { hours })
  }
  return loop(look, {
    wait: every,
    failed: (error) => log.warn('whether the mixing is overdue is not known', describeError(error)),
  })
}
