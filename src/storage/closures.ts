import type { Query } from './pool.ts'

/** Which reports were selected to be closed together. What else is known of it is sealed with each report. */

export async function insertClosure(query: Query, id: string, reportIds: readonly string[]): Promise<void> {
  await query({
    name: 'insert-closure',
    text: `INSERT INTO closure_reports (closure_id, report_id)
           SELECT $1, report_id FROM unnest($2::uuid[]) AS selected (report_id) ORDER BY report_id`,
    values: [id, reportIds],
  })
}

/** The reports of a selection, in the order of their ids. At most 500 were put in. */
export async function reportsOfClosure(query: Query, id: string): Promise<string[]> {
  const rows = await query<{ reportId: string }>({
    name: 'reports-of-closure',
    text: `SELECT report_id AS "reportId" FROM closure_reports WHERE closure_id = $1 ORDER BY report_id LIMIT 500`,
    values: [id],
  })
  return rows.map(({ reportId }) => reportId)
}
