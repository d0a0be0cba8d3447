import type { SealedBatchKey } from '../crypto/seal.ts'
import type { Query } from './pool.ts'

/** Batch keys, as the mixing reads and writes them. */

/** These batches' keys as sealed to organisation keys. */
export function sealedBatchKeys(query: Query, batchIds: readonly string[]) {
  return query<SealedBatchKey & { batchId: string }>({
    name: 'sealed-batch-keys',
    text: 'SELECT batch_id AS "batchId", kid, enc, ciphertext FROM listed_batch_keys WHERE batch_id = ANY ($1)',
    values: [batchIds],
  })
}

/** A batch of one object, with its key sealed to the organisation and perhaps to a mailbox. */
export interface NewOwnBatch {
  batchId: string
  organisation: SealedBatchKey
  mailbox: SealedBatchKey | undefined
}

/** Stores keys of new batches, in order of their random ids. A mailbox's kid is its id. */
export async function insertOwnBatches(query: Query, batches: readonly NewOwnBatch[]): Promise<void> {
  const sorted = batches.toSorted((a, b) => (a.batchId < b.batchId ? -1 : 1))
  await query({
    name: 'insert-own-batches',
    text: `INSERT INTO batch_keys (batch_id, kid, enc, ciphertext)
           SELECT * FROM unnest($1::uuid[], $2::text[], $3::bytea[], $4::bytea[])`,
    values: sealedColumns(sorted.map(({ batchId, organisation }) => ({ batchId, ...organisation }))),
  })
  await query({
    name: 'insert-own-mailbox-batches',
    text: `INSERT INTO mailbox_batch_keys (batch_id, mailbox_id, enc, ciphertext)
           SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::bytea[])`,
    values: sealedColumns(sorted.flatMap(({ batchId, mailbox }) => (mailbox ? { batchId, ...mailbox } : []))),
  })
}

/** Takes the keys of old batches along, for rows that stay under them. */
export async function keepOldBatches(query: Query, batchIds: readonly string[]): Promise<void> {
  if (batchIds.length === 0) return
  await query({
    name: 'keep-old-batches',
    text: `INSERT INTO batch_keys (batch_id, kid, enc, ciphertext)
           SELECT batch_id, kid, enc, ciphertext FROM listed_batch_keys WHERE batch_id = ANY ($1) ORDER BY batch_id
           ON CONFLICT DO NOTHING`,
    values: [batchIds],
  })
  await query({
    name: 'keep-old-mailbox-batches',
    text: `INSERT INTO mailbox_batch_keys (batch_id, mailbox_id, enc, ciphertext)
           SELECT batch_id, mailbox_id, enc, ciphertext FROM listed_mailbox_batch_keys
            WHERE batch_id = ANY ($1) ORDER BY batch_id
           ON CONFLICT DO NOTHING`,
    values: [batchIds],
  })
}

function sealedColumns(keys: readonly (SealedBatchKey & { batchId: string })[]): unknown[] {
  return [
    keys.map(({ batchId }) => batchId),
    keys.map(({ kid }) => kid),
    keys.map(({ enc }) => enc),
    keys.map(({ ciphertext }) => ciphertext),
  ]
}
