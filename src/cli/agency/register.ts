import { hasPrivateKeys, type Keyring } from '../../crypto/keyring.ts'
import { agencyRegister } from '../../domain/sharing/agencies.ts'
import { auditTrail } from '../../domain/staff/audit.ts'
import { Fault } from '../../faults.ts'
import type { AgencyKey } from '../../schemas/sharing.ts'
import { Refusal } from '../command.ts'
import { withDeployment } from '../deployment.ts'

/** Whoever may use the command line: the trail cannot know who that was. */
const operator = { id: 'operator', role: 'cli' } as const
const keepNothing = async () => {}

export interface Agencies {
  /** Adds the agency unless it is known. */
  ensure(slug: string, name: string): Promise<void>
  addKey(slug: string, publicKey: Buffer): Promise<AgencyKey>
  list: ReturnType<typeof agencyRegister>['list']
}

/** Does `work` with the deployment's agencies. */
export function withAgencies<T>(work: (agencies: Agencies, keyring: Keyring) => Promise<T>): Promise<T> {
  return withDeployment(({ pool, keyring }) => {
    if (!hasPrivateKeys(keyring)) {
      throw new Refusal('KEYRING_FILE holds public keys only: do this on the triage host')
    }
    const clock = () => new Date()
    const register = agencyRegister({ pool, keyring, audit: auditTrail(pool, keyring, clock), clock })
    const agencies: Agencies = {
      async ensure(slug, name) {
        try {
          await register.add(operator, slug, name, keepNothing)
        } catch (error) {
          if (!(error instanceof Fault) || error.kind !== 'not-in-this-state') throw error
        }
      },
      addKey: (slug, publicKey) => register.addKey(operator, slug, publicKey, keepNothing),
      list: register.list,
    }
    return work(agencies, keyring)
  })
}
