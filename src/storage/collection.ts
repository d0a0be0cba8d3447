import { collectedDay } from './auditTargets.ts'
import type { Query } from './pool.ts'

/** What reporters sent on one day, as far as it is still there. */
export interface Collected {
  reports: number
  messages: number
  attachments: number
  /** SHA-256 over their ids, sorted, each followed by a newline. */
  idsHash: Buffer
}

/** What partners add to what they submitted is on record as theirs. */
const ofThePublic = (row: 'm' | 'a') =>
  `NOT EXISTS (SELECT FROM submissions s WHERE s.report_id = ${row}.report_id)`

/**
 * Counts a day on both sides of the box. Sorted ids tell nothing of the order in which things came. The priorities
 * are all that there are, and lead the index by which the day is found.
 */
export async function collectedOn(query: Query, day: string): Promise<Collected> {
  const rows = await query<Collected>({
    name: 'collected-on',
    text: `WITH sent AS (
             SELECT id, 'report' AS kind FROM listed_reports
              WHERE NOT restricted AND priority IN (1, 2, 3) AND received_on = $1 AND origin = 'public'
             UNION ALL SELECT id, 'report' FROM listed_reports
                        WHERE restricted AND received_on = $1 AND origin = 'public'
             UNION ALL SELECT id, 'message' FROM listed_reporter_messages m WHERE sent_on = $1 AND ${ofThePublic('m')}
             UNION ALL SELECT id, 'attachment' FROM listed_attachments a WHERE received_on = $1 AND ${ofThePublic('a')})
           SELECT (count(*) FILTER (WHERE kind = 'report'))::integer AS reports,
                  (count(*) FILTER (WHERE kind = 'message'))::integer AS messages,
                  (count(*) FILTER (WHERE kind = 'attachment'))::integer AS attachments,
                  sha256(convert_to(coalesce(string_agg(id || E'\\n', '' ORDER BY id), ''), 'UTF8')) AS "idsHash"
             FROM sent`,
    values: [day],
  })
  const [collected] = rows
  if (collected === undefined) throw new TypeError('an aggregate gives one row')
  return collected
}

/** The last day that has its record of collection. */
export async function lastCollection(query: Query): Promise<string | undefined> {
  const rows = await query<{ day: string | null }>({
    name: 'last-collection',
    text: `SELECT max(${collectedDay}) AS day FROM audit_records WHERE action = 'collection'`,
    values: [],
  })
  return rows[0]?.day ?? undefined
}

/** The first day of which a report is there. */
export async function firstDayOfReports(query: Query): Promise<string | undefined> {
  const rows = await query<{ day: string | null }>({
    name: 'first-day-of-reports',
    text: `SELECT min(received_on) AS day
             FROM (SELECT received_on FROM unnest(ARRAY[1, 2, 3]) AS priorities (one)
                    CROSS JOIN LATERAL (SELECT received_on FROM listed_reports WHERE NOT restricted AND priority = one
                                         ORDER BY received_on LIMIT 1) AS open
                   UNION ALL
                   (SELECT received_on FROM listed_reports WHERE restricted ORDER BY received_on LIMIT 1)) AS first`,
    values: [],
  })
  return rows[0]?.day ?? undefined
}
