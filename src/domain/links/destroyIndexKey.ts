import { countTokens } from '../../storage/links.ts'
import type { Pool } from '../../storage/pool.ts'
import { erased } from '../audit/deeds.ts'
import type { Actor, AuditTrail } from '../audit/trail.ts'

/**
 * Destroys an index key, once nothing is found by it any more: then nobody can guess what it hid, in no backup either.
 * Gives how many tokens still need it; if any do, nothing is done.
 */
export function destroyIndexKey(
  { pool, audit }: { pool: Pool<'sotto_triage'>; audit: AuditTrail },
  actor: Actor,
  kid: string,
  removeSecret: () => Promise<void>,
): Promise<number> {
  return pool.transaction(async (query) => {
    const left = await countTokens(query, kid)
    if (left > 0) return left
    await audit.record({ query, person: actor }, erased(`key/${kid}`))
    await removeSecret()
    return 0
  })
}
