import type { Query } from './pool.ts'
import type { ReportRow } from './reports.ts'

/** Reports of which not all was as it should be when they left the box. */

export interface Doubt {
  id: string
  unreadable: boolean
  differed: boolean
}

/** Notes what was found of these reports, in the transaction in which they leave the box. */
export async function noteDoubts(query: Query, doubts: readonly Doubt[]): Promise<void> {
  if (doubts.length === 0) return
  await query({
    name: 'note-doubts',
    text: `INSERT INTO doubtful_reports AS known (report_id, unreadable, differed)
           SELECT * FROM unnest($1::uuid[], $2::boolean[], $3::boolean[])
           ON CONFLICT (report_id) DO UPDATE SET differed = known.differed OR excluded.differed`,
    values: [
      doubts.map(({ id }) => id),
      doubts.map(({ unreadable }) => unreadable),
      doubts.map(({ differed }) => differed),
    ],
  })
}

/** How many reports were found so since this was last asked: each is counted once. */
export async function countDoubts(query: Query): Promise<{ unreadable: number; differing: number }> {
  const rows = await query<{ unreadable: number; differing: number }>({
    name: 'count-doubts',
    text: `WITH counted AS (UPDATE doubtful_reports SET counted = true WHERE NOT counted RETURNING unreadable, differed)
           SELECT count(*) FILTER (WHERE unreadable)::integer AS unreadable,
                  count(*) FILTER (WHERE differed)::integer AS differing FROM counted`,
    values: [],
  })
  return rows[0] ?? { unreadable: 0, differing: 0 }
}

/** The report can be read after all. */
export async function endDoubt(query: Query, id: string): Promise<void> {
  await query({
    name: 'end-doubt',
    text: 'UPDATE doubtful_reports SET unreadable = false WHERE report_id = $1',
    values: [id],
  })
}

/** Puts what its content says in place of what intake proposed. Before staff have changed anything of it. */
export async function settleReport(
  query: Query,
  id: string,
  settled: Pick<ReportRow, 'category' | 'priority' | 'leadAgency' | 'supportAgencies' | 'restricted'>,
): Promise<void> {
  const { category, priority, leadAgency, supportAgencies, restricted } = settled
  await query({
    name: 'settle-report',
    text: `UPDATE reports SET category = $2, priority = $3::smallint, lead_agency = $4, support_agencies = $5, restricted = $6,
                              attention_by = CASE WHEN $3::smallint = 3 THEN received_on END
            WHERE id = $1`,
    values: [id, category, priority, leadAgency, supportAgencies, restricted],
  })
}

/** Restricts a report that turned out to be for named people only, and names nobody. */
export async function restrictReport(query: Query, id: string): Promise<void> {
  await query({
    name: 'restrict-report',
    text: 'UPDATE reports SET restricted = true, version = version + 1 WHERE id = $1 AND NOT restricted',
    values: [id],
  })
}

/** Lets the mailboxes of these reports take no images; tells of which reports one took them. */
export async function refuseImages(query: Query, reportIds: readonly string[]): Promise<string[]> {
  if (reportIds.length === 0) return []
  const rows = await query<{ id: string }>({
    name: 'refuse-images',
    text: `UPDATE mailboxes SET attachments_allowed = false
            WHERE report_id = ANY ($1::uuid[]) AND attachments_allowed RETURNING report_id AS id`,
    values: [reportIds],
  })
  return [...new Set(rows.map(({ id }) => id))]
}
