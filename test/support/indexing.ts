import { type IndexerDeps, indexSome } from '../../src/domain/links/indexer.ts'
import { until } from './patience.ts'

/** Resolves once nothing waits for the indexer. A part that a service's own has taken waits until that one is done. */
export function indexAll(deps: IndexerDeps): Promise<void> {
  return until(async () => {
    while ((await indexSome(deps)) > 0);
    const [waiting] = await deps.pool.query<{ n: number }>({
      name: 'waiting-for-indexer',
      text: 'SELECT count(*)::int AS n FROM unindexed',
      values: [],
    })
    return waiting?.n === 0
  })
}
