import { attentionBy } from './attention.ts'
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

/** Rows that one statement counts, however many somebody has put in. */
const countedAtOnce = 10_000

interface Counted {
  unreadable: number
  differing: number
  last: string | null
}

/** How many reports were found so since this was last asked: each is counted once. */
export async function countDoubts(query: Query): Promise<{ unreadable: number; differing: number }> {
  const total = { unreadable: 0, differing: 0 }
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const [counted] = await query<Counted>({
      name: 'count-doubts',
      text: `WITH next AS (
               SELECT report_id FROM doubtful_reports WHERE NOT counted AND report_id > $1 ORDER BY report_id LIMIT $2
             ), counted AS (
               UPDATE doubtful_reports d SET counted = true FROM next WHERE d.report_id = next.report_id
               RETURNING d.unreadable, d.differed
             )
             SELECT count(*) FILTER (WHERE unreadable)::integer AS unreadable,
                    count(*) FILTER (WHERE differed)::integer AS differing,
                    (SELECT report_id FROM next ORDER BY report_id DESC LIMIT 1) AS last
               FROM counted`,
      values: [after, countedAtOnce],
    })
    if (counted === undefined || counted.last === null) return total
    total.unreadable += counted.unreadable
    total.differing += counted.differing
    after = counted.last
  }
}

/** The report can be read after all. */
export async function endDoubt(query: Query, id: string): Promise<void> {
  await query({
    name: 'end-doubt',
    text: 'UPDATE doubtful_reports SET unreadable = false WHERE report_id = $1',
    values: [id],
  })
}

/** What a report says in the clear. */
export type Settled = Pick<
  ReportRow,
  'id' | 'category' | 'priority' | 'leadAgency' | 'supportAgencies' | 'restricted'
>

/**
 * Puts what the contents of these reports say in place of what intake proposed. Before staff have changed anything of
 * them. A list within a row goes as one delimited text, since arrays of arrays would be flattened.
 */
export async function settleClear(query: Query, settled: readonly Settled[]): Promise<void> {
  if (settled.length === 0) return
  await query({
    name: 'settle-reports',
    text: `UPDATE reports r
              SET category = s.category, priority = s.priority, lead_agency = s.lead_agency,
                  support_agencies = string_to_array(s.support_agencies, ','), restricted = s.restricted,
                  attention_by = ${attentionBy('s.priority', 'r.received_on')}
             FROM (SELECT * FROM unnest($1::uuid[], $2::text[], $3::smallint[], $4::text[], $5::text[], $6::boolean[])
                     AS given (id, category, priority, lead_agency, support_agencies, restricted) ORDER BY id) s
            WHERE r.id = s.id`,
    values: [
      settled.map(({ id }) => id),
      settled.map(({ category }) => category),
      settled.map(({ priority }) => priority),
      settled.map(({ leadAgency }) => leadAgency),
      settled.map(({ supportAgencies }) => supportAgencies.join(',')),
      settled.map(({ restricted }) => restricted),
    ],
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
