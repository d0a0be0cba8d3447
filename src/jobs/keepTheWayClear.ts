import { type Loop, loop } from '../concurrency/loop.ts'
import type { Log } from '../log.ts'
import type { Pool } from '../storage/pool.ts'
import { endIntakeInTheWay } from '../storage/sessions.ts'

/** Seconds for which a session of intake may hold locks. Its own statements take milliseconds. */
const holdsAtMost = 5
/** Once some were ended, looks so many times in quick succession: whoever means it comes again at once. */
const quickLooks = 100
const quickly = 100

/**
 * Ends sessions of intake that hold others up for over five seconds, or take up the server's locks, as somebody would who has
 * taken it over: staff could do nothing meanwhile. Says once where it may not. `pool` has one connection, which is used for
 * nothing else: where the server's table of locks is full, only a session that has done this before can do it.
 */
export function keepTheWayClear(pool: Pool<'sotto_triage'>, log: Log, every = 2_000): Loop {
  let saidSo = false
  let quickLooksLeft = 0

  async function look(): Promise<void> {
    quickLooksLeft -= 1
    const { ended, allowed } = await endIntakeInTheWay(pool, holdsAtMost)
    if (ended > 0) {
      quickLooksLeft = quickLooks
      log.warn('sessions of intake held locks for too long, or too many, and were ended', { count: ended })
    }
    if (!allowed && !saidSo) log.warn('sessions of intake that hold locks cannot be ended: not allowed')
    saidSo ||= !allowed
  }

  // While the database is away, nobody is in the way either.
  return loop(look, { wait: () => (quickLooksLeft > 0 ? quickly : every), atOnce: true })
}
