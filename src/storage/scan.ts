import type { Pool, Query, Statement } from './pool.ts'
import { type ListFilters, type ListOrder, type Position, pageStatement } from './reportPages.ts'
import { clearNames, countsOf, listedColumns, type ReportRow, stateOf } from './reports.ts'
import {
  type KnownSlab,
  type PackedReport,
  readSlab,
  readWrittenSlab,
  sealedColumns,
  writtenColumns,
} from './sealedReportRow.ts'
import { type Viewer, visible } from './visibility.ts'

/** A report's place in a list with all that opens it: its batch key, as sealed to one of the keys asked for. */
export type ScannedRow = Pick<ReportRow, 'id' | 'receivedOn' | 'priority' | 'boxed' | 'unreadable'> &
  PackedReport

/** The same with all that lists show of it. */
export type CountedRow = ReportRow & PackedReport

/** What is known of such a row beside the slab that it lies in: its place in the list, whom it names, how far it can be trusted. */
export type KnownRow = Pick<ScannedRow, 'id' | 'receivedOn' | 'priority' | 'boxed' | 'unreadable'> &
  Pick<ReportRow, 'assignee' | 'restrictedTo'>

export interface Scan {
  viewer: Viewer
  filters: ListFilters
  order: ListOrder
  /** Organisation keys that can be opened. */
  kids: readonly string[]
}

/** Bytes of sealed bodies that one step of a scan may hold; one report more, if it is larger. */
const bytesAtMost = 1024 * 1024

/**
 * The next reports of a list, sealed, with their batch keys, `limit` at most; fewer if they are large; none at the
 * end. All in one statement: the mixing may replace batch keys between two. A report whose key is gone has an empty
 * `kid`.
 */
export function scanReports(
  pool: Pool<'sotto_triage'>,
  scan: Scan,
  limit: number,
  after: Position | undefined,
): Promise<KnownSlab<ScannedRow>> {
  return readSlab(pool.page, scanStatement('scan', scan, limit, after), (row: ScannedRow) => row)
}

/** The same, each with what is counted beside it. */
export function scanCounted(
  pool: Pool<'sotto_triage'>,
  scan: Scan,
  limit: number,
  after: Position | undefined,
): Promise<KnownSlab<KnownRow>> {
  return readWrittenSlab(pool.page, scanStatement('whole', scan, limit, after))
}

export function scanStatement(
  kind: 'scan' | 'whole',
  { viewer, filters, order, kids }: Scan,
  limit: number,
  after: Position | undefined,
): Statement {
  const by = orders[order]
  const counts = kind === 'whole' ? `, ${countsOf('page')}` : ''
  const columns =
    kind === 'whole'
      ? writtenColumns(
          'id, "receivedOn", priority, boxed, unreadable, assignee, "restrictedTo"',
          `${clearNames}, unreadable, "unreadMessages", links`,
        )
      : `id, "receivedOn", priority, boxed, unreadable, ${sealedColumns}`
  const page = pageStatement(viewer, filters, order, limit, after, ', batch_id, wrapped_key, body')
  return around(
    kind,
    page,
    (inner, parameter) => `
    SELECT ${columns}
      FROM (
      SELECT page.*, ${stateOf('page')}${counts}, coalesce(opened.kid, '') AS kid, coalesce(opened.enc, '') AS enc,
             coalesce(opened.ciphertext, '') AS ciphertext,
             sum(octet_length(page.body)) OVER (ORDER BY ${by} ROWS UNBOUNDED PRECEDING) AS upto
        FROM (${inner}) page
        LEFT JOIN LATERAL (SELECT kid, enc, ciphertext FROM listed_batch_keys
                            WHERE batch_id = page.batch_id AND kid = ANY (${parameter(kids)}::text[]) LIMIT 1) opened ON true
    ) AS step WHERE upto - octet_length(body) < ${bytesAtMost} ORDER BY ${by}`,
  )
}

/** How many reports match, up to `most`. */
export async function countReports(
  pool: Pool<'sotto_triage'>,
  { viewer, filters, order }: Omit<Scan, 'kids'>,
  most: number,
): Promise<number> {
  const page = pageStatement(viewer, filters, order, most, undefined)
  const rows = await pool.page<{ count: number }>(countStatement(page))
  return rows[0]?.count ?? 0
}

export function countStatement(page: Statement): Statement {
  return around('count', page, (inner) => `SELECT count(*)::integer AS count FROM (${inner}) page`)
}

/** These reports as lists show them, without those that the viewer may not see (any more), in the order of `ids`. */
export function summariesOf(query: Query, viewer: Viewer, ids: readonly string[]): Promise<ReportRow[]> {
  return query<ReportRow>({
    name: 'summaries-of',
    text: `SELECT found.* FROM unnest($4::uuid[]) WITH ORDINALITY AS wanted (report_id, place)
            CROSS JOIN LATERAL (SELECT ${listedColumns} FROM listed_reports
                                 WHERE id = wanted.report_id AND ${visible} LIMIT 1) found
            ORDER BY wanted.place`,
    values: [viewer.personId, viewer.agency, viewer.seesUnnamedRestricted, ids],
  })
}

/** Those of these reports that the viewer may see now. */
export async function visibleAmong(
  query: Query,
  viewer: Viewer,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await query<{ id: string }>({
    name: 'visible-among',
    text: `SELECT found.id FROM unnest($4::uuid[]) AS wanted (report_id)
            CROSS JOIN LATERAL (SELECT id FROM listed_reports WHERE id = wanted.report_id AND ${visible} LIMIT 1) found`,
    values: [viewer.personId, viewer.agency, viewer.seesUnnamedRestricted, ids],
  })
  return new Set(rows.map(({ id }) => id))
}

const orders = {
  priority: 'priority DESC, "receivedOn" DESC, id DESC',
  received: '"receivedOn" DESC, id DESC',
} as const

/** A statement around another, which keeps its parameters. */
function around(
  kind: 'scan' | 'whole' | 'count',
  page: Statement,
  text: (inner: string, parameter: (value: unknown) => string) => string,
): Statement {
  const values = [...page.values]
  const whole = text(page.text, (value) => `$${values.push(value)}`)
  return { name: `${kind}-${page.name}`, text: whole, values }
}
