import type { Query } from './pool.ts'

export interface OutcomeRow {
  id: string
  reportId: string | null
  disseminationId: string | null
  agency: string | null
  type: string
  on: string
  fourP: string | null
  disruption: string | null
  recordedAt: Date
  author: string
  batchId: string
  wrappedKey: Buffer
  body: Buffer
  signature: Buffer
}

export interface OutcomePosition {
  recordedAt: string
  id: string
}

type PagedOutcome = OutcomeRow & { recordedAtText: string }

const shared = `o.id, o.dissemination_id AS "disseminationId", o.agency, o.type, o.happened_on AS "on",
  o.four_p AS "fourP", o.disruption, o.recorded_at AS "recordedAt", o.recorded_at::text AS "recordedAtText", o.author,
  o.batch_id AS "batchId", o.wrapped_key AS "wrappedKey", o.body, o.signature`

export async function insertOutcome(query: Query, row: OutcomeRow): Promise<void> {
  const columns = [
    ['id', row.id],
    row.reportId === null ? ['dissemination_id', row.disseminationId] : ['report_id', row.reportId],
  ] as const
  await query({
    name: row.reportId === null ? 'insert-outcome-of-product' : 'insert-outcome-of-report',
    text: `INSERT INTO outcomes (${columns.map(([name]) => name).join(', ')}, agency, type, happened_on, four_p,
             disruption, recorded_at, author, batch_id, wrapped_key, body, signature)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    values: [
      ...columns.map(([, value]) => value),
      row.agency,
      row.type,
      row.on,
      row.fourP,
      row.disruption,
      row.recordedAt,
      row.author,
      row.batchId,
      row.wrappedKey,
      row.body,
      row.signature,
    ],
  })
}

/** A page of all that came of a report: what staff recorded, and what agencies answered. The earliest first. */
export function outcomesOfReport(
  query: Query,
  reportId: string,
  limit: number,
  after: OutcomePosition | undefined,
): Promise<PagedOutcome[]> {
  return query<PagedOutcome>({
    name: 'outcomes-of-report',
    text: `SELECT ${shared}, o.report_id AS "reportId" FROM outcomes o
            WHERE (o.report_id = $1 OR o.dissemination_id IN (SELECT id FROM disseminations WHERE report_id = $1))
              AND ($3::timestamptz IS NULL OR (o.recorded_at, o.id) > ($3, $4::uuid))
            ORDER BY o.recorded_at, o.id LIMIT $2`,
    values: [reportId, limit, after?.recordedAt, after?.id],
  })
}

/** A page of what the agency answered to one product. Asks for nothing of the report. */
export function outcomesOfProduct(
  query: Query,
  disseminationId: string,
  limit: number,
  after: OutcomePosition | undefined,
): Promise<PagedOutcome[]> {
  return query<PagedOutcome>({
    name: 'outcomes-of-product',
    text: `SELECT ${shared}, NULL AS "reportId" FROM outcomes o
            WHERE o.dissemination_id = $1 AND ($3::timestamptz IS NULL OR (o.recorded_at, o.id) > ($3, $4::uuid))
            ORDER BY o.recorded_at, o.id LIMIT $2`,
    values: [disseminationId, limit, after?.recordedAt, after?.id],
  })
}
