import type { Keyring } from '../crypto/keyring.ts'
import { publishedKeys } from '../domain/intake/publishedKeys.ts'
import { type AcceptedKey, registerKeys } from '../storage/acceptedKeys.ts'
import type { Pool } from '../storage/pool.ts'

/** Tells the database which organisation keys reports may be sealed to. */
export function acceptKeysOf(keyring: Keyring, pool: Pool<'sotto_triage'>): Promise<void> {
  const keys = publishedKeys(keyring).items.map((item): AcceptedKey => {
    const { notBefore = '' } = keyring.keys.find(({ kid }) => kid === item.kid) ?? {}
    return { ...item, publicKey: Buffer.from(item.publicKey, 'base64url'), notBefore }
  })
  return registerKeys(pool, keys)
}
