import { type LocalTokens, localTokens } from '../../auth/localTokens.ts'
import { type OidcSubjects, oidcSubjects } from '../../auth/subjects.ts'
import { hasPrivateKeys } from '../../crypto/keyring.ts'
import type { Deed } from '../../domain/audit/deeds.ts'
import { auditTrail } from '../../domain/audit/trail.ts'
import type { Query } from '../../storage/pool.ts'
import { everybody, type PersonRow } from '../../storage/staff.ts'
import { Refusal } from '../command.ts'
import { withDeployment } from '../deployment.ts'

/** How staff come in: by tokens made here, or as subjects of an OIDC issuer. */
export interface WaysIn {
  tokens: LocalTokens
  subjects: OidcSubjects
  /** Everybody who was ever given a way in. */
  people: () => Promise<PersonRow[]>
  /** Does `work` in one transaction, of which `record` is the last statement: no change of these without its record. */
  change<T>(work: (query: Query, record: (deed: Deed) => Promise<void>) => Promise<T>): Promise<T>
}

/** Does `work` with the deployment's ways in. */
export function withWaysIn<T>(work: (ways: WaysIn) => Promise<T>): Promise<T> {
  return withDeployment(({ pool, keyring }) => {
    if (!hasPrivateKeys(keyring)) {
      throw new Refusal('KEYRING_FILE holds public keys only: do this on the triage host')
    }
    const clock = () => new Date()
    const audit = auditTrail(pool, keyring, clock)
    return work({
      tokens: localTokens(pool, keyring, clock),
      subjects: oidcSubjects(pool, keyring, clock),
      people: () => everybody(pool.query),
      change: (changing) =>
        pool.transaction((query) => changing(query, (deed) => audit.record(query, operator, deed))),
    })
  })
}

/** Whoever may use the command line: the trail cannot know who that was. */
const operator = { id: 'operator', role: 'cli' } as const
