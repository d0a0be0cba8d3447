import { blindToken } from '../../crypto/blindIndex.ts'
import { activeKey, type Keyring } from '../../crypto/keyring.ts'
import { SealBroken } from '../../crypto/seal.ts'
import { Fault } from '../../faults.ts'
import { describeError, type Log } from '../../log.ts'
import { proposeLinks, queueForReindex, replaceTokens, takeUnindexed } from '../../storage/links.ts'
import type { Pool, Query } from '../../storage/pool.ts'
import { sealedReport } from '../../storage/reports.ts'
import { openReport } from '../triage/openReport.ts'
import { namesIn } from './names.ts'

export interface IndexerDeps {
  pool: Pool<'sotto_triage'>
  keyring: Keyring
  log: Log
}

const reportsAtOnce = 100
/** A thing that very many reports name says little: a link with each of them would drown the others. */
const linksAtMost = 50
const pause = 2_000

/** Indexes one batch of what has left the box; tells how many reports that were. Any number of instances may. */
export function indexSome({ pool, keyring }: Omit<IndexerDeps, 'log'>): Promise<number> {
  return pool.transaction(async (query) => {
    const ids = await takeUnindexed(query, reportsAtOnce)
    for (const id of ids) await indexOne(query, keyring, id)
    return ids.length
  })
}

async function indexOne(query: Query, keyring: Keyring, id: string): Promise<void> {
  const { kid, secret = '' } = activeKey(keyring, 'index')
  const row = await sealedReport(query, id)
  if (row === undefined) return
  try {
    const { report } = await openReport(query, keyring, row)
    const key = Buffer.from(secret, 'base64url')
    const tokens = namesIn(report).map(({ kind, value }) => ({ kind, token: blindToken(key, kind, value) }))
    await replaceTokens(query, id, kid, tokens)
    if (tokens.length > 0) await proposeLinks(query, id, linksAtMost)
  } catch (error) {
    // What does not open any more names nothing; the rest of the queue must not wait for it.
    const isGone = error instanceof SealBroken || (error instanceof Fault && error.kind === 'key-gone')
    if (!isGone) throw error
  }
}

/** Indexes what comes, until it is stopped. A new index key puts everything on the queue again. */
export function indexSteadily(deps: IndexerDeps): { stop(): Promise<void> } {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let running = begin()

  async function begin(): Promise<void> {
    await attempt(() =>
      deps.pool.transaction((query) => queueForReindex(query, activeKey(deps.keyring, 'index').kid)),
    )
    await drain()
  }

  async function drain(): Promise<void> {
    await attempt(async () => {
      while (!stopped && (await indexSome(deps)) === reportsAtOnce);
    })
    if (stopped) return
    timer = setTimeout(() => {
      running = drain()
    }, pause)
    timer.unref()
  }

  /** The database may be away for a while: what waits on the queue waits on. */
  async function attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof Fault)) deps.log.error('indexing failed', describeError(error))
    }
  }

  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
