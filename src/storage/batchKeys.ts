import type { SealedBatchKey } from '../crypto/seal.ts'
import type { Query } from './pool.ts'

/** The batch's key as sealed to each organisation key, in the box or out of it. */
export function findBatchKeys(query: Query, batchId: string): Promise<SealedBatchKey[]> {
  return query<SealedBatchKey>({
    name: 'batch-keys',
    text: 'SELECT kid, enc, ciphertext FROM listed_batch_keys WHERE batch_id = $1',
    values: [batchId],
  })
}

/** Stores a batch key that triage made. */
export async function insertBatchKeys(
  query: Query,
  batchId: string,
  keys: readonly SealedBatchKey[],
): Promise<void> {
  await query({
    name: 'insert-batch-keys',
    text: `INSERT INTO batch_keys (batch_id, kid, enc, ciphertext)
           SELECT $1, * FROM unnest($2::text[], $3::bytea[], $4::bytea[])`,
    values: [
      batchId,
      keys.map((key) => key.kid),
      keys.map((key) => key.enc),
      keys.map((key) => key.ciphertext),
    ],
  })
}

/** Stores a batch key that triage sealed to a mailbox. */
export async function insertMailboxBatchKey(
  query: Query,
  batchId: string,
  mailboxId: string,
  { enc, ciphertext }: SealedBatchKey,
): Promise<void> {
  await query({
    name: 'insert-mailbox-batch-key',
    text: 'INSERT INTO mailbox_batch_keys (batch_id, mailbox_id, enc, ciphertext) VALUES ($1, $2, $3, $4)',
    values: [batchId, mailboxId, enc, ciphertext],
  })
}

/** The same, for what the agency that is acted for answered itself. */
export function outcomeBatchKeys(query: Query, batchId: string): Promise<SealedBatchKey[]> {
  return query<SealedBatchKey>({
    name: 'outcome-batch-keys',
    text: 'SELECT kid, enc, ciphertext FROM own_outcome_batch_keys WHERE batch_id = $1',
    values: [batchId],
  })
}
