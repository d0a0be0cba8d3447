import type { SealedBatchKey } from '../crypto/seal.ts'

/** A batch's keys beside a row, read in one statement: whoever replaces the row and its key may come between two. */
export interface WithKeys {
  kids: string[] | null
  encs: Buffer[] | null
  ciphertexts: Buffer[] | null
}

/** What joins them to `row`, as `keys`. */
export const keysOf = (row: string) => `LEFT JOIN LATERAL (
    SELECT array_agg(kid ORDER BY kid) AS kids, array_agg(enc ORDER BY kid) AS encs,
           array_agg(ciphertext ORDER BY kid) AS ciphertexts
      FROM listed_batch_keys WHERE batch_id = ${row}.batch_id) keys ON true`

/** The keys that came beside a row. */
export function sealedKeysOf({ kids, encs, ciphertexts }: WithKeys): SealedBatchKey[] {
  return (kids ?? []).map((kid, index) => ({
    kid,
    enc: encs?.[index] ?? Buffer.alloc(0),
    ciphertext: ciphertexts?.[index] ?? Buffer.alloc(0),
  }))
}
