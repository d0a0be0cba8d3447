import type { Query } from './pool.ts'
import { type KnownSlab, type PackedReport, readSlab, sealedColumns } from './sealedReportRow.ts'

/** Reports that have left the box, as they were listed in it, until the searches of their days are matched again. */

/** What a filter could see of a report while it lay in the box. */
export interface BoxedFacts {
  id: string
  receivedOn: string
  category: string
  priority: number
  leadAgency: string
  restricted: boolean
  /** Who could find it all the same. */
  named: string[]
}

/** The same, sealed. */
export type LeftReport = BoxedFacts & PackedReport

/** Notes what these reports are listed as, just before they leave the box. */
export async function noteLeaving(query: Query, ids: readonly string[]): Promise<void> {
  await query({
    name: 'note-leaving',
    text: `INSERT INTO left_box (report_id, received_on, category, priority, lead_agency, restricted, named)
           SELECT id, received_on, category, priority, lead_agency, restricted,
                  CASE WHEN restricted THEN people_named_from_start() ELSE '{}' END
             FROM box_reports b
            WHERE id = ANY ($1) AND (SELECT true FROM reports r WHERE r.id = b.id) IS NULL ORDER BY id, received_on
           ON CONFLICT DO NOTHING`,
    values: [ids],
  })
}

/** Which of these reports lie in the box no more. */
export async function outsideBox(query: Query, ids: readonly string[]): Promise<Set<string>> {
  const rows = await query<{ id: string }>({
    name: 'outside-box',
    text: 'SELECT id FROM reports WHERE id = ANY ($1)',
    values: [ids],
  })
  return new Set(rows.map(({ id }) => id))
}

/** Rows that one statement claims or forgets, however many somebody has put in. */
const claimedAtOnce = 50_000

/** Takes all that has left the box for a pass. Tells the first of its days; undefined where there is nothing. */
export async function claimLeft(query: Query): Promise<string | undefined> {
  let firstDay: string | undefined
  for (;;) {
    const rows = await query<{ day: string | null }>({
      name: 'claim-left',
      text: `WITH next AS (
               SELECT report_id FROM left_box WHERE NOT claimed LIMIT $1
             ), claimed AS (
               UPDATE left_box l SET claimed = true FROM next WHERE l.report_id = next.report_id RETURNING l.received_on
             )
             SELECT min(received_on) AS day FROM claimed`,
      values: [claimedAtOnce],
    })
    const day = rows[0]?.day ?? null
    if (day === null) return firstDay
    if (firstDay === undefined || day < firstDay) firstDay = day
  }
}

/** Bytes of sealed bodies that one step may hold; one report more, if it is larger. */
const bytesAtMost = 4 * 1024 * 1024

/** The next of them in order of their random ids, with what opens them. Those that are gone are passed over. */
export function nextClaimed(
  query: Query,
  kids: readonly string[],
  after: string | undefined,
  limit: number,
): Promise<KnownSlab<LeftReport>> {
  const statement = {
    name: `next-claimed${after === undefined ? '-first' : ''}`,
    text: `
      SELECT id, "receivedOn", category, priority, "leadAgency", restricted, named, ${sealedColumns}
        FROM (
        SELECT l.report_id AS id, l.received_on AS "receivedOn", l.category, l.priority, l.lead_agency AS "leadAgency",
               l.restricted, l.named, r.batch_id, r.wrapped_key, r.body, coalesce(k.kid, '') AS kid,
               coalesce(k.enc, '') AS enc, coalesce(k.ciphertext, '') AS ciphertext,
               sum(octet_length(r.body)) OVER (ORDER BY l.report_id ROWS UNBOUNDED PRECEDING) AS upto
          FROM (SELECT * FROM left_box WHERE claimed ${after === undefined ? '' : 'AND report_id > $3'}
                 ORDER BY report_id LIMIT $2) l
          JOIN reports r ON r.id = l.report_id
          LEFT JOIN LATERAL (SELECT kid, enc, ciphertext FROM batch_keys
                              WHERE batch_id = r.batch_id AND kid = ANY ($1::text[]) LIMIT 1) k ON true
      ) AS step WHERE upto - octet_length(body) < ${bytesAtMost} ORDER BY id`,
    values: after === undefined ? [kids, limit] : [kids, limit, after],
  }
  return readSlab(query, statement, (row: LeftReport) => row)
}

export async function forgetClaimed(query: Query): Promise<void> {
  for (;;) {
    const gone = await query({
      name: 'forget-claimed',
      text: `WITH gone AS (
               DELETE FROM left_box WHERE report_id IN (
                 SELECT report_id FROM left_box WHERE claimed ORDER BY report_id LIMIT $1) RETURNING 1
             )
             SELECT 1 FROM gone LIMIT 1`,
      values: [claimedAtOnce],
    })
    if (gone.length === 0) return
  }
}
