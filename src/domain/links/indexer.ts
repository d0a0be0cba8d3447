import { blindToken } from '../../crypto/blindIndex.ts'
import { activeKey, type Keyring } from '../../crypto/keyring.ts'
import { proposeLinks, replaceTokens, reportsToIndex, takeUnindexed } from '../../storage/links.ts'
import type { Pool } from '../../storage/pool.ts'
import { organisationPairs } from '../envelope/organisationKeys.ts'
import { reportOpener } from '../envelope/reportOpener.ts'
import { confirmedByReport } from './confirmed.ts'
import { namesIn } from './names.ts'

export interface IndexerDeps {
  pool: Pool<'sotto_triage'>
  keyring: Keyring
}

export const reportsAtOnce = 100
/** A thing that very many reports name says little: a link with each of them would drown the others. */
const linksAtMost = 50

/** Indexes one batch of what has left the box; tells how many reports that were. Any number of instances may. */
export function indexSome({ pool, keyring }: IndexerDeps): Promise<number> {
  return pool.transaction(async (query) => {
    const ids = await takeUnindexed(query, reportsAtOnce)
    if (ids.length === 0) return 0
    const pairs = organisationPairs(keyring)
    const rows = await reportsToIndex(
      query,
      ids,
      pairs.map(({ kid }) => kid),
    )
    const { kid, secret = '' } = activeKey(keyring, 'index')
    const key = Buffer.from(secret, 'base64url')
    const open = reportOpener(pairs, reportsAtOnce)
    const confirmed = await confirmedByReport({ query, keyring }, ids)
    const tokens = []
    try {
      for (const row of rows) {
        // What does not open any more names nothing; the rest of the queue must not wait for it.
        const content = await open(row)
        const names = content === undefined ? [] : namesIn(content.report, confirmed.get(row.id))
        for (const { kind, value } of names) {
          tokens.push({ kind, token: blindToken(key, kind, value), reportId: row.id })
        }
      }
    } finally {
      open.forget()
    }
    await replaceTokens(query, kid, ids, tokens)
    if (tokens.length > 0) await proposeLinks(query, ids, linksAtMost)
    return ids.length
  })
}
