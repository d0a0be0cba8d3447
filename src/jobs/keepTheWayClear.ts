import { setTimeout as sleep } from 'node:timers/promises'
import { type Loop, loop } from '../concurrency/loop.ts'
import type { Log } from '../log.ts'
import type { Pool } from '../storage/pool.ts'
import { type EndedSessions, endIntakeInTheWay, watchIntake } from '../storage/sessions.ts'

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

  function tell({ ended, allowed }: EndedSessions): void {
    quickLooksLeft -= 1
    if (ended > 0) {
      quickLooksLeft = quickLooks
      log.warn('sessions of intake held locks for too long, or too many, and were ended', { count: ended })
    }
    if (!allowed && !saidSo) log.warn('sessions of intake that hold locks cannot be ended: not allowed')
    saidSo ||= !allowed
  }

  const pause = () => (quickLooksLeft > 0 ? quickly : every)

  async function watch(signal: AbortSignal): Promise<void> {
    try {
      await watchIntake(pool, async (look) => {
        while (!signal.aborted) {
          tell(await look(holdsAtMost))
          await sleep(pause(), undefined, { signal, ref: false }).catch(() => undefined)
        }
      })
    } catch {
      // Where the server's table of locks is full the watch cannot begin anew; a look needs no lock.
      if (!signal.aborted) tell(await endIntakeInTheWay(pool, holdsAtMost))
    }
  }

  // While the database is away, nobody is in the way either.
  return loop(watch, { wait: pause, atOnce: true })
}
