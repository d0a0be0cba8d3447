import { type Loop, loop } from '../../concurrency/loop.ts'
import type { Log } from '../../log.ts'
import type { Pool } from '../../storage/pool.ts'
import { endIntakeInTheWay } from '../../storage/sessions.ts'

/** Seconds for which a session of intake may hold locks. Its own statements take milliseconds. */
const holdsAtMost = 5

/**
 * Ends sessions of intake that hold others up for over five seconds, as somebody would who has taken it over: acts of staff on
 * what lies in the box would wait for them. Says once where it may not.
 */
export function keepTheWayClear(pool: Pool<'sotto_triage'>, log: Log, every = 2_000): Loop {
  let saidSo = false

  async function look(): Promise<void> {
    const { ended, allowed } = await endIntakeInTheWay(pool, holdsAtMost)
    if (ended > 0) log.warn('sessions of intake held locks for too long and were ended', { count: ended })
    if (!allowed && !saidSo) log.warn('sessions of intake that hold locks cannot be ended: not allowed')
    saidSo ||= !allowed
  }

  // While the database is away, nobody is in the way either.
  return loop(look, { wait: every })
}
