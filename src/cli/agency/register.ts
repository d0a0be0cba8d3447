import { hasPrivateKeys } from '../../crypto/keyring.ts'
import { auditTrail } from '../../domain/audit/trail.ts'
import { agencyRegister } from '../../domain/sharing/agencies.ts'
import type { Pool } from '../../storage/pool.ts'
import type { AgencyKind } from '../../vocabulary/agencies.ts'
import { Fault } from '../../vocabulary/faults.ts'
import { Refusal } from '../command.ts'
import { withDeployment } from '../deployment.ts'

/** Whoever may use the command line: the trail cannot know who that was. */
const operator = { id: 'operator', role: 'cli' } as const
const keepNothing = async () => {}

export interface Agencies {
  /** Adds the agency unless it is known. */
  ensure(slug: string, name: string, kind?: AgencyKind): Promise<void>
  /** Makes this key the agency's, unless it is already, and gives its kid. */
  provideKey(slug: string, publicKey: Buffer): Promise<string>
  list: ReturnType<typeof agencyRegister>['list']
}

/** Does `work` with the deployment's agencies. The pool has a connection to spare for the turn to change the keyring. */
export function withAgencies<T>(
  work: (agencies: Agencies, pool: Pool<'sotto_triage'>) => Promise<T>,
): Promise<T> {
  return withDeployment(({ pool, keyring }) => {
    if (!hasPrivateKeys(keyring)) {
      throw new Refusal('KEYRING_FILE holds public keys only: do this on the triage host')
    }
    const clock = () => new Date()
    const register = agencyRegister({ pool, keyring, audit: auditTrail(pool, keyring, clock), clock })
    const agencies: Agencies = {
      async ensure(slug, name, kind) {
        try {
          await register.add(operator, { slug, name, kind }, keepNothing)
        } catch (error) {
          if (!(error instanceof Fault)) throw error
          if (error.kind === 'validation')
            throw new Refusal(
              '--name looks like the name of another agency: a reader may take one for the other',
            )
          if (error.kind !== 'not-in-this-state') throw error
        }
      },
      async provideKey(slug, publicKey) {
        const raw = publicKey.toString('base64url')
        const known = (await register.keys(slug)).find(
          (key) => key.publicKey === raw && key.status === 'active',
        )
        return (known ?? (await register.addKey(operator, slug, publicKey, keepNothing))).kid
      },
      list: register.list,
    }
    return work(agencies, pool)
  }, 2)
}
