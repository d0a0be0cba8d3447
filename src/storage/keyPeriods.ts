import type { Query } from './pool.ts'

/** Keeps everybody from sealing anything to this key of the organisation or an agency, to the end of the transaction. */
export async function holdKey(query: Query, kid: string): Promise<void> {
  for (const table of ['accepted_keys', 'agency_keys']) {
    await query({
      name: `hold-${table}`,
      text: `SELECT kid FROM ${table} WHERE kid = $1 FOR UPDATE`,
      values: [kid],
    })
  }
}

/**
 * Deletes every batch key as it is sealed to this key, and sees to it that nothing is sealed to it again: one of the
 * organisation is accepted no longer, one of an agency is kept for its history.
 */
export async function deleteKeyPeriod(query: Query, kid: string): Promise<number> {
  let gone = 0
  for (const table of ['batch_keys', 'agency_batch_keys']) {
    const rows = await query<{ batchId: string }>({
      name: `delete-period-${table}`,
      text: `DELETE FROM ${table} WHERE kid = $1 RETURNING batch_id AS "batchId"`,
      values: [kid],
    })
    gone += rows.length
  }
  await query({ name: 'delete-period', text: 'DELETE FROM accepted_keys WHERE kid = $1', values: [kid] })
  await query({
    name: 'keep-destroyed',
    text: 'INSERT INTO destroyed_keys (kid) VALUES ($1) ON CONFLICT DO NOTHING',
    values: [kid],
  })
  await query({
    name: 'retire-destroyed-agency-key',
    text: `UPDATE agency_keys SET status = 'retired' WHERE kid = $1 AND status <> 'retired'`,
    values: [kid],
  })
  return gone
}
