import { type LocalTokens, localTokens } from '../../auth/localTokens.ts'
import { type OidcSubjects, oidcSubjects } from '../../auth/subjects.ts'
import { hasPrivateKeys } from '../../crypto/keyring.ts'
import type { Deed } from '../../domain/audit/deeds.ts'
import { auditTrail } from '../../domain/audit/trail.ts'
import { findAgency } from '../../storage/agencies.ts'
import type { Query } from '../../storage/pool.ts'
import { everybody, type PersonRow } from '../../storage/staff.ts'
import { agencies, optionalAgencies } from '../../vocabulary/agencies.ts'
import { Refusal } from '../command.ts'
import { withDeployment } from '../deployment.ts'

/** How staff come in: by tokens made here, or as subjects of an OIDC issuer. */
export interface WaysIn {
  tokens: LocalTokens
  subjects: OidcSubjects
  /** Refuses an agency that is not there, or is there no more. */
  insistOnAgency: (query: Query, slug: string) => Promise<void>
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
      insistOnAgency,
      people: () => everybody(pool.query),
      change: (changing) =>
        pool.transaction((query) =>
          changing(query, (deed) => audit.record({ query, person: operator }, deed)),
        ),
    })
  })
}

/** Those that Sotto knows by itself may be entered later: the usual ones are by the first start of triage. */
async function insistOnAgency(query: Query, slug: string): Promise<void> {
  const found = await findAgency(query, slug)
  if (found?.retired) throw new Refusal('--agency: this agency is retired')
  if (found === undefined && ![...agencies, ...optionalAgencies].some((known) => known.slug === slug)) {
    throw new Refusal(
      '--agency: no agency has this slug; `sotto agency list` shows them, `sotto agency add` adds one',
    )
  }
}

/** Whoever may use the command line: the trail cannot know who that was. */
const operator = { id: 'operator', role: 'cli' } as const
