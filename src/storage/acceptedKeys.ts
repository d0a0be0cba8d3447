import type { Pool, Query } from './pool.ts'

export interface AcceptedKey {
  kid: string
  kem: number
  kdf: number
  aead: number
  publicKey: Buffer
  status: 'pending' | 'active' | 'expired'
  notBefore: string
  notAfter: string
}

/** The organisation keys that the database lets a batch be sealed to. */
export function acceptedKeys(pool: Pool): Promise<AcceptedKey[]> {
  return pool.query<AcceptedKey>({
    name: 'accepted-keys',
    text: `SELECT kid, kem, kdf, aead, public_key AS "publicKey", status,
                  not_before AS "notBefore", not_after AS "notAfter"
             FROM keys_accepted_now()`,
    values: [],
  })
}

/**
 * Registers the keyring's organisation keys, those aside that were destroyed: whoever read the keyring before that must not
 * bring one back. Throws if a kid is known with another key or suite.
 */
export async function registerKeys(pool: Pool<'sotto_triage'>, keys: readonly AcceptedKey[]): Promise<void> {
  await pool.transaction(async (query) => {
    const kids = keys.map(({ kid }) => kid)
    const destroyed = await destroyedOf(query, kids)
    for (const key of keys) {
      if (!destroyed.has(key.kid)) await registerKey(query, key)
    }
  })
}

/** Which of these were destroyed. Until the transaction ends, none that is registered is destroyed. */
async function destroyedOf(query: Query, kids: readonly string[]): Promise<Set<string>> {
  // First, and alone: only a statement that begins after a destruction has ended sees it.
  await query({
    name: 'hold-known-keys',
    text: 'SELECT kid FROM accepted_keys WHERE kid = ANY ($1) ORDER BY kid FOR NO KEY UPDATE',
    values: [kids],
  })
  const rows = await query<{ kid: string }>({
    name: 'destroyed-keys',
    text: 'SELECT kid FROM destroyed_keys WHERE kid = ANY ($1)',
    values: [kids],
  })
  return new Set(rows.map(({ kid }) => kid))
}

async function registerKey(query: Query, key: AcceptedKey): Promise<void> {
  const rows = await query({
    name: 'register-key',
    text: `INSERT INTO accepted_keys AS known (kid, kem, kdf, aead, public_key, status, not_before, not_after)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
           ON CONFLICT (kid) DO UPDATE
             SET status = excluded.status, not_before = excluded.not_before, not_after = excluded.not_after
             WHERE (known.kem, known.kdf, known.aead, known.public_key)
                 = (excluded.kem, excluded.kdf, excluded.aead, excluded.public_key)
           RETURNING kid`,
    values: [key.kid, key.kem, key.kdf, key.aead, key.publicKey, key.status, key.notBefore, key.notAfter],
  })
  if (rows.length === 0) throw new Error('a key id of the keyring is known to the database with another key')
}
