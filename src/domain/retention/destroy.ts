import { deleteKeyPeriod, holdKey } from '../../storage/keyPeriods.ts'
import { lockRetention } from '../../storage/retention.ts'
import { countBound, countBoxed, countWraps } from '../../storage/wraps.ts'
import type { WrappedKeyName } from '../../vocabulary/sealedKinds.ts'
import { erased } from '../audit/deeds.ts'
import type { Actor } from '../audit/trail.ts'
import type { PurgeDeps } from './keeping.ts'
import { requireKnownHolders } from './rewrap.ts'
import { opensAny } from './rewrapStep.ts'

export interface Destroyed {
  state: 'destroyed'
  /** Batch keys that went with it. */
  batchKeys: number
  /** Reasons in the audit trail that no longer open. */
  auditReasons: number
  /** Rows that were set aside since their id was taken: they no longer open, if they ever did. */
  setAside: number
  /** Live rows that had not opened before either. */
  unopened: number
}

/** What still needs the key: rows by kind, and batches in the box. */
export type Named = { state: 'named'; rows: Partial<Record<WrappedKeyName, number>>; boxed: number }

export interface DestroyOptions {
  /** Let go of live rows as well, if none of them opens. */
  unopened?: boolean
  /** Removes the private half for good. Called last; if it throws, nothing has been done. */
  removePrivateHalf: () => Promise<void>
}

/**
 * Destroys a key of the organisation or of an agency: what is sealed to it opens nowhere any more, in no backup either. Does nothing while
 * anything that is kept needs it. Cut short, it is done again and goes on.
 */
export function destroy(
  { pool, keyring, audit }: Pick<PurgeDeps, 'pool' | 'keyring' | 'audit'>,
  actor: Actor,
  kid: string,
  { unopened = false, removePrivateHalf }: DestroyOptions,
): Promise<Destroyed | Named | { state: 'busy' }> {
  return pool.transaction(async (query) => {
    if (!(await lockRetention(query))) return { state: 'busy' }
    await requireKnownHolders(query)
    await holdKey(query, kid)
    const rows = await countWraps(query, kid)
    const boxed = await countBoxed(query, [kid])
    const left = Object.values(rows).reduce((sum, count) => sum + count, 0)
    const isLost = left === 0 || (unopened && !(await opensAny({ query, keyring }, kid)))
    if (boxed > 0 || !isLost) return { state: 'named', rows, boxed }
    const bound = await countBound(query, kid)
    const batchKeys = await deleteKeyPeriod(query, kid)
    await audit.record({ query, person: actor }, erased(`key/${kid}`))
    // Within the transaction: should this fail, the database goes back; should the commit fail, it is done again.
    await removePrivateHalf()
    return { state: 'destroyed', batchKeys, ...bound, unopened: left }
  })
}
