import type { SealedBatchKey } from '../crypto/seal.ts'
import type { Query } from './pool.ts'

/** An object's data key under its batch key. */
export interface WrappedKey {
  batchId: string
  wrappedKey: Buffer
}

/** The batch's key as sealed to each organisation key, in the box or out of it. */
export function findBatchKeys(query: Query, batchId: string): Promise<SealedBatchKey[]> {
  return query<SealedBatchKey>({
    name: 'batch-keys',
    text: 'SELECT kid, enc, ciphertext FROM listed_batch_keys WHERE batch_id = $1',
    values: [batchId],
  })
}

/** These batches' keys as sealed to organisation keys. */
export function findKeysOfBatches(query: Query, batchIds: readonly string[]) {
  return query<SealedBatchKey & { batchId: string }>({
    name: 'keys-of-batches',
    text: 'SELECT batch_id AS "batchId", kid, enc, ciphertext FROM listed_batch_keys WHERE batch_id = ANY ($1)',
    values: [batchIds],
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

/** A new batch, with its key as sealed to the organisation's keys, and perhaps to a mailbox or an agency. */
export interface NewBatch {
  batchId: string
  organisation: readonly SealedBatchKey[]
  mailbox?: SealedBatchKey | undefined
  agency?: (SealedBatchKey & { slug: string }) | undefined
}

/** Stores the keys of batches that triage made, in order of their random ids. A mailbox's kid is its id. */
export async function insertBatchKeys(query: Query, batches: readonly NewBatch[]): Promise<void> {
  const sorted = batches.toSorted((a, b) => (a.batchId < b.batchId ? -1 : 1))
  const organisation = sorted.flatMap(({ batchId, organisation: keys }) =>
    keys.map((key) => ({ batchId, ...key })),
  )
  const mailbox = sorted.flatMap(({ batchId, mailbox: key }) => (key ? { batchId, ...key } : []))
  const agency = sorted.flatMap(({ batchId, agency: key }) => (key ? { batchId, ...key } : []))
  if (organisation.length > 0) {
    await query({
      name: 'insert-batch-keys',
      text: `INSERT INTO batch_keys (batch_id, kid, enc, ciphertext)
             SELECT * FROM unnest($1::uuid[], $2::text[], $3::bytea[], $4::bytea[])`,
      values: columns(organisation),
    })
  }
  if (mailbox.length > 0) {
    await query({
      name: 'insert-mailbox-batch-keys',
      text: `INSERT INTO mailbox_batch_keys (batch_id, mailbox_id, enc, ciphertext)
             SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::bytea[])`,
      values: columns(mailbox),
    })
  }
  if (agency.length > 0) {
    await query({
      name: 'insert-agency-batch-keys',
      text: `INSERT INTO agency_batch_keys (batch_id, kid, enc, ciphertext, agency)
             SELECT * FROM unnest($1::uuid[], $2::text[], $3::bytea[], $4::bytea[], $5::text[])`,
      values: [...columns(agency), agency.map(({ slug }) => slug)],
    })
  }
}

/** Takes the keys of old batches along out of the box, for rows that stay under them. */
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

function columns(keys: readonly (SealedBatchKey & { batchId: string })[]): unknown[] {
  return [
    keys.map(({ batchId }) => batchId),
    keys.map(({ kid }) => kid),
    keys.map(({ enc }) => enc),
    keys.map(({ ciphertext }) => ciphertext),
  ]
}
