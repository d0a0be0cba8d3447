import { type Loop, loop } from '../concurrency/loop.ts'
import { activeKey } from '../crypto/keyring.ts'
import { type IndexerDeps, indexSome, reportsAtOnce } from '../domain/links/indexer.ts'
import { describeError, type Log } from '../log.ts'
import { queueForReindex } from '../storage/links.ts'
import { Fault } from '../vocabulary/faults.ts'

const pause = 2_000
/** While instances are restarted one after the other, one with the index key of before may still index something. */
const reindexEvery = 60_000

/** Indexes what comes, until it is stopped. A new index key puts everything on the queue again. */
export function indexSteadily(deps: IndexerDeps & { log: Log }): Loop {
  let reindexAt = 0

  async function drain(signal: AbortSignal): Promise<void> {
    if (performance.now() >= reindexAt) {
      const { kid } = activeKey(deps.keyring, 'index')
      await deps.pool.transaction((query) => queueForReindex(query, kid))
      reindexAt = performance.now() + reindexEvery
    }
    while (!signal.aborted && (await indexSome(deps)) === reportsAtOnce);
  }

  return loop(drain, {
    wait: pause,
    atOnce: true,
    // The database may be away for a while: what waits on the queue waits on.
    failed: (error) => {
      if (!(error instanceof Fault)) deps.log.error('indexing failed', describeError(error))
    },
  })
}
