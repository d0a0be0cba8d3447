import type { Keyring } from '../../crypto/keyring.ts'
import type { PublicKeys } from '../../schemas/intake.ts'

/** The organisation's public keys, as GET /v1/keys shows them. */
export function publishedKeys({ keys }: Keyring): PublicKeys {
  const items = keys.flatMap(({ kid, kem, kdf, aead, publicKey, purpose, status, notAfter }) => {
    if (purpose !== 'organisation' || status === 'destroyed') return []
    if (kem === undefined || kdf === undefined || aead === undefined || publicKey === undefined) return []
    return { kid, kem, kdf, aead, publicKey, status, notAfter }
  })
  return { items }
}
