import type { DueBefore } from '../vocabulary/periods.ts'
import type { Query } from './pool.ts'
import { tryTurn } from './turns.ts'

/** What keeps a report, and all that belongs to it, whatever its time. */
export type KeptBy = 'legal-hold' | 'pending' | 'dissemination' | 'grace'

/** By which days a report is judged. */
export interface Judging {
  due: DueBefore
  /** The day that it is. */
  today: string
  /** Days for which what was loosened is kept all the same. */
  graceDays: number
}

/**
 * Why the report `r` is kept, as far as it can be told without a key: the one place that decides it. $1 the day that
 * it is, $2 the days of grace.
 */
const keptBy = `
  CASE WHEN r.legal_hold THEN 'legal-hold'
       WHEN r.pending THEN 'pending'
       WHEN EXISTS (SELECT FROM disseminations s
                     WHERE s.report_id = r.id AND s.status IN ('sent', 'acknowledged')
                       AND (s.expires_on IS NULL OR s.expires_on >= $1::date)) THEN 'dissemination'
       WHEN r.loosened_on + $2::integer > $1::date THEN 'grace' END`

export interface DueReport {
  id: string
  receivedOn: string
  keptBy: KeptBy | null
  /** The first day on which grace keeps it no longer, if it does. */
  graceEnds: string | null
}

/** Reports whose time is over, the oldest first. Some are kept all the same. */
export function dueReports(
  query: Query,
  { due, today, graceDays }: Judging,
  limit: number,
  after: Pick<DueReport, 'id' | 'receivedOn'> | undefined,
): Promise<DueReport[]> {
  return query<DueReport>({
    name: `due-reports${after === undefined ? '-first' : ''}`,
    text: `SELECT r.id, r.received_on AS "receivedOn", ${keptBy} AS "keptBy",
                  CASE WHEN r.loosened_on + $2::integer > $1::date
                       THEN r.loosened_on + $2::integer END AS "graceEnds"
             FROM unnest($3::text[], $4::date[]) AS d (review_group, day)
             CROSS JOIN LATERAL (
               SELECT * FROM reports g
                WHERE g.review_group = d.review_group AND g.received_on <= d.day
                  ${after === undefined ? '' : 'AND (g.received_on, g.id) > ($6, $7)'}
                ORDER BY g.received_on, g.id LIMIT $5) r
            ORDER BY r.received_on, r.id LIMIT $5`,
    values: [
      today,
      graceDays,
      due.map(({ group }) => group),
      due.map(({ day }) => day),
      limit,
      ...(after === undefined ? [] : [after.receivedOn, after.id]),
    ],
  })
}

/** What is to be known of a report that nobody else changes to the end of the transaction. */
export interface TakenReport {
  keptBy: KeptBy | null
  isHeld: boolean
  isDue: boolean
}

/** Takes the report from others, and judges it anew; undefined if it is gone, or somebody is at work on it. */
export async function takeReport(
  query: Query,
  id: string,
  { due, today, graceDays }: Judging,
): Promise<TakenReport | undefined> {
  const taken = await query({
    name: 'take-report',
    text: 'SELECT id FROM reports WHERE id = $1 FOR UPDATE SKIP LOCKED',
    values: [id],
  })
  if (taken.length === 0) return undefined
  // A statement of its own: it sees what was committed before the report was ours, a new dissemination too.
  const rows = await query<TakenReport>({
    name: 'judge-report',
    text: `SELECT ${keptBy} AS "keptBy", r.legal_hold AS "isHeld",
                  EXISTS (SELECT FROM unnest($3::text[], $4::date[]) AS d (review_group, day)
                           WHERE r.review_group = d.review_group AND r.received_on <= d.day) AS "isDue"
             FROM reports r WHERE r.id = $5`,
    values: [today, graceDays, due.map(({ group }) => group), due.map(({ day }) => day), id],
  })
  return rows[0]
}

/** How many reports there are. */
export async function countReports(query: Query): Promise<number> {
  const rows = await query<{ count: number }>({
    name: 'count-reports',
    text: 'SELECT count(*)::integer AS count FROM reports',
    values: [],
  })
  return rows[0]?.count ?? 0
}

/** One instance purges at a time; false if another does. */
export function lockRetention(query: Query): Promise<boolean> {
  return tryTurn(query, 'retention')
}
