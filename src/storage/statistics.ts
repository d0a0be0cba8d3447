import type { Origin } from '../vocabulary/origins.ts'
import { attentionBy } from './attention.ts'
import type { Query } from './pool.ts'
import { takeTurn } from './turns.ts'
import { setAsideTwins, twins } from './twins.ts'
import { type Viewer, visible } from './visibility.ts'

/** Frozen statistics, what they are made from, and the work queue of this moment. Months are their first day. */

export interface ReportGroup {
  category: string
  status: string
  priority: number
  agency: string
  origin: string
  count: number
}

export interface OutcomeGroup {
  outcome: string
  agency: string
  category: string
  count: number
}

export interface FrozenCell {
  tabulation: string
  row: string
  /** Empty in a table of one dimension. */
  column: string
  count: number | null
}

/**
 * Lets one transaction at a time freeze, and tells which month it may freeze: the first that is not frozen and ended
 * before `today`. The first of all is the one in which the service got its first key, whether or not anybody reported.
 */
export async function lockNextMonth(query: Query, today: string): Promise<string | undefined> {
  await takeTurn(query, 'statistics')
  return nextMonth(query, today)
}

/** The month that is to be frozen next, if there is one. */
export async function nextMonth(query: Query, today: string): Promise<string | undefined> {
  const rows = await query<{ month: string }>({
    name: 'next-month-to-freeze',
    text: `SELECT month FROM (
             SELECT coalesce((SELECT (max(month) + interval '1 month')::date FROM frozen_months),
                             (SELECT date_trunc('month', min(not_before))::date FROM accepted_keys)) AS month) next
            WHERE month < date_trunc('month', $1::date)::date`,
    values: [today],
  })
  return rows[0]?.month
}

/** The month's reports, counted exactly; without those that some people may not know of. */
export function countMonth(query: Query, month: string): Promise<ReportGroup[]> {
  return query<ReportGroup>({
    name: 'count-month',
    text: `SELECT category, status, priority, lead_agency AS agency, origin, count(*)::int AS count
             FROM listed_reports
            WHERE received_on >= $1::date AND received_on < ($1::date + interval '1 month')::date
              AND NOT restricted AND conflict_of_interest = '{}'
            GROUP BY category, status, priority, lead_agency, origin`,
    values: [month],
  })
}

/** Outcomes recorded in the month, counted exactly. */
export function countOutcomes(query: Query, month: string): Promise<OutcomeGroup[]> {
  return query<OutcomeGroup>({
    name: 'count-outcomes',
    text: `SELECT type AS outcome, agency, category, count(*)::int AS count FROM countable_outcomes
            WHERE recorded_on >= $1::date AND recorded_on < ($1::date + interval '1 month')::date
            GROUP BY type, agency, category`,
    values: [month],
  })
}

/** Stores a month for good: no role of the service may change it. */
export async function storeMonth(
  query: Query,
  month: string,
  frozenOn: string,
  cells: readonly FrozenCell[],
): Promise<void> {
  await query({
    name: 'store-frozen-month',
    text: 'INSERT INTO frozen_months (month, frozen_on) VALUES ($1, $2)',
    values: [month, frozenOn],
  })
  await query({
    name: 'store-frozen-counts',
    text: `INSERT INTO frozen_counts (month, tabulation, row_value, col_value, count)
           SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::int[])`,
    values: [
      month,
      cells.map(({ tabulation }) => tabulation),
      cells.map(({ row }) => row),
      cells.map(({ column }) => column),
      cells.map(({ count }) => count),
    ],
  })
}

export function frozenMonths(query: Query): Promise<{ month: string; frozenOn: string }[]> {
  return query({
    name: 'frozen-months',
    text: 'SELECT month, frozen_on AS "frozenOn" FROM frozen_months ORDER BY month',
    values: [],
  })
}

export interface FrozenSum {
  month: string | null
  row: string | null
  column: string | null
  count: number | null
  suppressed: boolean
}

/**
 * One table, each month by itself or all together, with or without its rows. Sums are of what is shown: `suppressed`
 * says that something in them is not, and a sum of nothing is null.
 */
export function frozenTable(
  query: Query,
  tabulation: string,
  { byMonth, byRow }: { byMonth: boolean; byRow: boolean },
): Promise<FrozenSum[]> {
  return query<FrozenSum>({
    name: 'frozen-table',
    text: `SELECT CASE WHEN $2::boolean THEN month END AS month,
                  CASE WHEN $3::boolean THEN row_value COLLATE "C" END AS row,
                  CASE WHEN $3::boolean THEN nullif(col_value, '') COLLATE "C" END AS column,
                  sum(count)::int AS count, bool_or(count IS NULL) AS suppressed
             FROM frozen_counts WHERE tabulation = $1 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    values: [tabulation, byMonth, byRow],
  })
}

export const queueDimensions = ['category', 'status', 'priority', 'agency', 'origin'] as const
export type QueueDimension = (typeof queueDimensions)[number]

export interface QueueGroup {
  category: string | null
  status: string | null
  priority: number | null
  agency: string | null
  origin: Origin | null
  count: number
  unassigned: number
  mine: number
  overdue: number
}

/** What a report in the box is, for whoever may see it there: nobody has it, and those named from the start see what is restricted. */
const inBox = {
  columns: `b.category, 'received'::text AS status, b.priority, b.lead_agency, 'public'::text AS origin,
            NULL::uuid AS assignee, ${attentionBy('b.priority', 'b.received_on')} AS attention_by`,
  visible: '(NOT b.restricted OR (SELECT people_named_from_start() @> ARRAY[$1::uuid]))',
}

/**
 * The open reports that the viewer may see and work on, exactly and as of now, in groups. The box is counted as it lies
 * there, less what was set aside.
 */
export function countQueue(
  query: Query,
  { personId, agency }: Omit<Viewer, 'seesUnnamedRestricted'>,
  today: string,
  by: readonly QueueDimension[],
): Promise<QueueGroup[]> {
  return query<QueueGroup>({
    name: 'count-queue',
    text: `WITH ${twins}, counted AS (
             SELECT category, status, priority, lead_agency, origin, assignee, attention_by, count(*) AS n
               FROM reports WHERE status <> 'closed' AND ${visible} GROUP BY 1, 2, 3, 4, 5, 6, 7
             UNION ALL
             SELECT ${inBox.columns}, count(*) FROM box_reports b WHERE ${inBox.visible} GROUP BY 1, 2, 3, 4, 5, 6, 7
             UNION ALL
             SELECT ${inBox.columns}, -1 FROM (${setAsideTwins('b.*')}) b WHERE ${inBox.visible}
           )
           SELECT CASE WHEN 'category' = ANY ($5::text[]) THEN category COLLATE "C" END AS category,
                  CASE WHEN 'status' = ANY ($5::text[]) THEN status COLLATE "C" END AS status,
                  CASE WHEN 'priority' = ANY ($5::text[]) THEN priority END AS priority,
                  CASE WHEN 'agency' = ANY ($5::text[]) THEN lead_agency COLLATE "C" END AS agency,
                  CASE WHEN 'origin' = ANY ($5::text[]) THEN origin COLLATE "C" END AS origin,
                  sum(n)::int AS count,
                  coalesce(sum(n) FILTER (WHERE assignee IS NULL), 0)::int AS unassigned,
                  coalesce(sum(n) FILTER (WHERE assignee = $1), 0)::int AS mine,
                  coalesce(sum(n) FILTER (WHERE attention_by < $4::date), 0)::int AS overdue
             FROM counted GROUP BY 1, 2, 3, 4, 5 HAVING sum(n) > 0 ORDER BY 1, 2, 3 DESC, 4, 5`,
    values: [personId, agency, false, today, by],
  })
}

/** Messages of reporters that nobody has read, of reports that the viewer may see; also of closed ones. */
export async function countUnread(
  query: Query,
  { personId, agency }: Omit<Viewer, 'seesUnnamedRestricted'>,
): Promise<number> {
  const rows = await query<{ count: number }>({
    name: 'count-unread',
    text: `SELECT count(*)::int AS count
             FROM listed_reporter_messages unread
            WHERE NOT read
              AND EXISTS (SELECT FROM listed_reports report WHERE report.id = unread.report_id AND ${visible})`,
    values: [personId, agency, false],
  })
  return rows[0]?.count ?? 0
}
