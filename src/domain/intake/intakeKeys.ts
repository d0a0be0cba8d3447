import type { Keyring } from '../../crypto/keyring.ts'
import type { KeyringKey } from '../../crypto/keyringKey.ts'
import type { BatchRecipient } from '../../crypto/seal.ts'
import { type AcceptedKey, acceptedKeys } from '../../storage/acceptedKeys.ts'
import type { Pool } from '../../storage/pool.ts'
import { addDays, dayOf } from '../../vocabulary/calendar.ts'
import { Fault } from '../../vocabulary/faults.ts'

export type IntakeKeys = ReturnType<typeof intakeKeys>

/** How long an expired key still seals: a host with a keyring of last month goes on taking reports. */
const graceDays = 14
/** How long the database's word on which keys are accepted is relied on. */
const trustedFor = 30_000

/**
 * Which keys a report is sealed to: the keyring's own active organisation keys, as far as the database
 * accepts them. The keyring decides, the database can only refuse: a row written into it gains nothing.
 */
export function intakeKeys(keyring: Keyring, pool: Pool<'sotto_intake'>, clock: () => Date) {
  let known: { accepted: AcceptedKey[]; at: number } | undefined

  async function recipients(): Promise<BatchRecipient[]> {
    const now = clock()
    if (known === undefined || now.getTime() - known.at > trustedFor || now.getTime() < known.at) {
      known = { accepted: await acceptedKeys(pool), at: now.getTime() }
    }
    const usable = usableOf(keyring, known.accepted, dayOf(now))
    if (usable.length === 0) throw new Fault('no-accepted-key')
    return usable.map(({ kid, publicKey = '' }) => ({ kid, publicKey: Buffer.from(publicKey, 'base64url') }))
  }

  return {
    recipients,
    /** Throws `no-accepted-key` where nothing could be sealed to the keys of another keyring yet. */
    async refuseUnaccepted(next: Keyring): Promise<void> {
      const usable = usableOf(next, await acceptedKeys(pool), dayOf(clock()))
      if (usable.length === 0) throw new Fault('no-accepted-key')
    },
    /** Forgets what the database said, after it refused a key. */
    forget(): void {
      known = undefined
    },
  }
}

/** Which keys of a keyring a report may be sealed to. */
function usableOf({ keys }: Keyring, accepted: readonly AcceptedKey[], today: string): KeyringKey[] {
  const own = keys.filter((key) => key.purpose === 'organisation' && key.status === 'active')
  return own.filter((key) => accepted.some((row) => accepts(row, key, today)))
}

function accepts(row: AcceptedKey, key: KeyringKey, today: string): boolean {
  const same =
    row.kid === key.kid &&
    row.kem === key.kem &&
    row.kdf === key.kdf &&
    row.aead === key.aead &&
    row.publicKey.toString('base64url') === key.publicKey
  return (
    same &&
    (row.status === 'active' || (row.status === 'expired' && today <= addDays(row.notAfter, graceDays)))
  )
}
