import { setTimeout as sleep } from 'node:timers/promises'
import { countSoon, waitAtMost } from '../../storage/boxHalves.ts'
import { type Pool, type Query, refusalOf } from '../../storage/pool.ts'
import { endIntakeInTheWay } from '../../storage/sessions.ts'
import { Fault } from '../../vocabulary/faults.ts'

export interface RetryPolicy {
  signal: AbortSignal
  /** Milliseconds to wait for a lock, for each attempt. */
  waits: readonly number[]
  /** Seconds after which a session of intake that holds locks is ended meanwhile. */
  intakeHolds: number
}

const deadlock = '40P01'

/**
 * Does in one transaction what locks tables, as soon as nobody is in the way. Undefined if somebody always was: then
 * nothing is done. While it waits in the queue for a lock, sessions of intake that stand before it are ended.
 */
export async function whenFree<T>(
  pool: Pool<'sotto_triage'>,
  { signal, waits, intakeHolds }: RetryPolicy,
  work: (query: Query) => Promise<T>,
): Promise<T | undefined> {
  const clearing = clearTheWay(pool, intakeHolds)
  try {
    for (const [attempt, milliseconds] of waits.entries()) {
      signal.throwIfAborted()
      try {
        return await pool.transaction(async (query) => {
          await waitAtMost(query, milliseconds)
          const done = await work(query)
          await countSoon(query)
          return done
        })
      } catch (error) {
        const isInTheWay = error instanceof Fault && error.kind === 'storage-away'
        if (!isInTheWay && refusalOf(error)?.state !== deadlock) throw error
      }
      await sleep((attempt + 1) * 50, undefined, { signal })
    }
    return undefined
  } finally {
    clearing.stop()
  }
}

/** Ends sessions of intake that hold locks for too long, again and again. */
function clearTheWay(pool: Pool<'sotto_triage'>, seconds: number): { stop(): void } {
  let isAtWork = false
  const timer = setInterval(() => {
    if (isAtWork) return
    isAtWork = true
    // Where it may not, or the database is away, the wait for the lock tells.
    endIntakeInTheWay(pool, seconds)
      .catch(() => {})
      .finally(() => {
        isAtWork = false
      })
  }, seconds * 200).unref()
  return { stop: () => clearInterval(timer) }
}
