import { setTimeout as sleep } from 'node:timers/promises'
import { Fault } from '../../faults.ts'
import { waitAtMost } from '../../storage/mixing.ts'
import { type Pool, type Query, refusalOf } from '../../storage/pool.ts'

export interface Patience {
  signal: AbortSignal
  /** Milliseconds to wait for a lock. */
  milliseconds: number
  attempts: number
}

const deadlock = '40P01'

/**
 * Does in one transaction what locks tables, as soon as nobody is in the way. Undefined if somebody always was: then
 * nothing is done.
 */
export async function whenFree<T>(
  pool: Pool<'sotto_triage'>,
  { signal, milliseconds, attempts }: Patience,
  work: (query: Query) => Promise<T>,
): Promise<T | undefined> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    signal.throwIfAborted()
    try {
      return await pool.transaction(async (query) => {
        await waitAtMost(query, milliseconds)
        return work(query)
      })
    } catch (error) {
      const isInTheWay = error instanceof Fault && error.kind === 'storage-away'
      if (!isInTheWay && refusalOf(error)?.state !== deadlock) throw error
    }
    await sleep(attempt * 50, undefined, { signal })
  }
  return undefined
}
