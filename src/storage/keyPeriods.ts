import type { Query } from './pool.ts'

/** Keeps everybody from sealing anything to this organisation key, to the end of the transaction. */
export async function holdKey(query: Query, kid: string): Promise<void> {
  await query({
    name: 'hold-key',
    text: 'SELECT kid FROM accepted_keys WHERE kid = $1 FOR UPDATE',
    values: [kid],
  })
}

/** Deletes every batch key that is sealed to this organisation key, and the key itself: nothing is sealed to it again. */
export async function deleteKeyPeriod(query: Query, kid: string): Promise<number> {
  const gone = await query<{ batchId: string }>({
    name: 'delete-period-batches',
    text: 'DELETE FROM batch_keys WHERE kid = $1 RETURNING batch_id AS "batchId"',
    values: [kid],
  })
  await query({ name: 'delete-period', text: 'DELETE FROM accepted_keys WHERE kid = $1', values: [kid] })
  return new Set(gone.map(({ batchId }) => batchId)).size
}
