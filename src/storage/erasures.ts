import type { Query } from './pool.ts'

/** Reports of which somebody demanded that they be erased, in the order of their ids; whether it was approved is sealed. */
export async function reportsToErase(
  query: Query,
  limit: number,
  after: string | undefined,
): Promise<string[]> {
  const rows = await query<{ id: string }>({
    name: 'reports-to-erase',
    text: `SELECT DISTINCT report_id AS id FROM casework
            WHERE kind = 'erasure' AND ($2::uuid IS NULL OR report_id > $2)
            ORDER BY report_id LIMIT $1`,
    values: [limit, after],
  })
  return rows.map(({ id }) => id)
}
