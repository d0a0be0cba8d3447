import type { SealedBatchKey } from '../crypto/seal.ts'
import type { Query } from './pool.ts'

export type DisseminationStatus = 'sent' | 'acknowledged' | 'answered' | 'recalled'

/** A product as the agency's side may see it: no report, no record. */
export interface ProductRow {
  id: string
  agency: string
  status: DisseminationStatus
  sentAt: Date
  due: string | null
  expiresOn: string | null
  author: string
  batchId: string
  wrappedKey: Buffer
  body: Buffer
  signature: Buffer
}

export interface DisseminationRow extends ProductRow {
  reportId: string
  urgent: boolean
  reviewBy: Date | null
  reviewed: boolean
  tellReporter: boolean
  recordBatchId: string
  recordWrappedKey: Buffer
  record: Buffer
}

const productColumns = `id, agency, status, sent_at AS "sentAt", due, expires_on AS "expiresOn", author,
  batch_id AS "batchId", wrapped_key AS "wrappedKey", body, signature`
const columns = `${productColumns}, report_id AS "reportId", urgent, review_by AS "reviewBy", reviewed,
  tell_reporter AS "tellReporter", record_batch_id AS "recordBatchId", record_wrapped_key AS "recordWrappedKey", record`

export async function insertDissemination(query: Query, row: DisseminationRow): Promise<void> {
  await query({
    name: 'insert-dissemination',
    text: `INSERT INTO disseminations (id, report_id, agency, status, sent_at, due, expires_on, urgent, review_by,
             reviewed, tell_reporter, author, batch_id, wrapped_key, body, signature, record_batch_id,
             record_wrapped_key, record)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
    values: [
      row.id,
      row.reportId,
      row.agency,
      row.status,
      row.sentAt,
      row.due,
      row.expiresOn,
      row.urgent,
      row.reviewBy,
      row.reviewed,
      row.tellReporter,
      row.author,
      row.batchId,
      row.wrappedKey,
      row.body,
      row.signature,
      row.recordBatchId,
      row.recordWrappedKey,
      row.record,
    ],
  })
}

/** The batch's key as it was sealed to the agency. */
export async function agencyBatchKey(query: Query, batchId: string): Promise<SealedBatchKey | undefined> {
  const rows = await query<SealedBatchKey>({
    name: 'agency-batch-key',
    text: 'SELECT kid, enc, ciphertext FROM agency_batch_keys WHERE batch_id = $1 LIMIT 1',
    values: [batchId],
  })
  return rows[0]
}

/** One dissemination of a report; with `lock`, nobody else changes it to the end of the transaction. */
export async function findDissemination(
  query: Query,
  reportId: string,
  id: string,
  lock = false,
): Promise<DisseminationRow | undefined> {
  const rows = await query<DisseminationRow>({
    name: lock ? 'dissemination-to-change' : 'dissemination',
    text: `SELECT ${columns} FROM disseminations WHERE id = $2 AND report_id = $1${lock ? ' FOR UPDATE' : ''}`,
    values: [reportId, id],
  })
  return rows[0]
}

export interface DisseminationPosition {
  overdue: boolean
  sentAt: string
  id: string
}

/** A page of a report's disseminations: overdue reviews of urgent ones first, then in the order of sending. */
export function disseminationsOfReport(
  query: Query,
  reportId: string,
  now: Date,
  limit: number,
  after: DisseminationPosition | undefined,
): Promise<(DisseminationRow & { overdue: boolean; sentAtText: string })[]> {
  return query<DisseminationRow & { overdue: boolean; sentAtText: string }>({
    name: 'disseminations-of-report',
    text: `SELECT * FROM (
             SELECT ${columns}, sent_at::text AS "sentAtText",
                    coalesce(review_by < $2 AND NOT reviewed AND status <> 'recalled', false) AS overdue, sent_at
               FROM disseminations WHERE report_id = $1) d
            WHERE $4::boolean IS NULL OR (NOT overdue, sent_at, id) > (NOT $4, $5::timestamptz, $6::uuid)
            ORDER BY NOT overdue, sent_at, id LIMIT $3`,
    values: [reportId, now, limit, after?.overdue, after?.sentAt, after?.id],
  })
}

export async function markDissemination(
  query: Query,
  id: string,
  changes: { status?: DisseminationStatus | undefined; reviewed?: boolean | undefined },
): Promise<void> {
  await query({
    name: 'mark-dissemination',
    text: `UPDATE disseminations SET status = coalesce($2, status), reviewed = coalesce($3, reviewed) WHERE id = $1`,
    values: [id, changes.status, changes.reviewed],
  })
}

/** In SQL: whether whoever sent this report in may learn that something of it was shared. */
export function isToldOf(reportId: string): string {
  return `EXISTS (SELECT FROM disseminations d
                   WHERE d.report_id = ${reportId} AND d.tell_reporter AND d.status <> 'recalled')`
}

/** Whether a supervisor let the reporter see that something of the report was shared. */
export async function mayTellShared(query: Query, reportId: string): Promise<boolean> {
  const rows = await query<{ told: boolean }>({
    name: 'may-tell-shared',
    text: `SELECT ${isToldOf('$1')} AS told`,
    values: [reportId],
  })
  return rows[0]?.told ?? false
}

/** Names the agency that the rest of the transaction acts for: row security goes by it. */
export async function actFor(query: Query, agency: string): Promise<void> {
  await query({ name: 'act-for', text: `SELECT set_config('sotto.agency', $1, true)`, values: [agency] })
}

/** A page of what an agency was sent, the newest first: neither what was recalled nor what has expired. */
export function productsForAgency(
  query: Query,
  today: string,
  limit: number,
  after: { sentAt: string; id: string } | undefined,
): Promise<(ProductRow & { sentAtText: string })[]> {
  return query<ProductRow & { sentAtText: string }>({
    name: 'products-for-agency',
    text: `SELECT ${productColumns}, sent_at::text AS "sentAtText" FROM disseminations
            WHERE agency = current_setting('sotto.agency', true) AND status <> 'recalled'
              AND (expires_on IS NULL OR expires_on >= $1)
              AND ($3::timestamptz IS NULL OR (sent_at, id) < ($3, $4::uuid))
            ORDER BY sent_at DESC, id DESC LIMIT $2`,
    values: [today, limit, after?.sentAt, after?.id],
  })
}

export async function findProduct(query: Query, id: string): Promise<ProductRow | undefined> {
  const rows = await query<ProductRow>({
    name: 'product',
    text: `SELECT ${productColumns} FROM disseminations
            WHERE id = $1 AND agency = current_setting('sotto.agency', true)`,
    values: [id],
  })
  return rows[0]
}

/** The agency's answer moves a product on, never back and never past a recall. */
export async function answerProduct(
  query: Query,
  id: string,
  status: 'acknowledged' | 'answered',
): Promise<void> {
  await query({
    name: 'answer-product',
    text: `UPDATE disseminations SET status = $2 WHERE id = $1 AND agency = current_setting('sotto.agency', true)
              AND (status = 'sent' OR (status = 'acknowledged' AND $2 = 'answered'))`,
    values: [id, status],
  })
}
