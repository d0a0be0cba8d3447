import type { AuditAction } from '../vocabulary/auditActions.ts'
import { isOfLink, linkInTarget } from './auditTargets.ts'
import type { NewBatch } from './batchKeys.ts'
import { keyArrays } from './box.ts'
import { mayKnowOfLink } from './links.ts'
import type { Query } from './pool.ts'
import { takeTurn } from './turns.ts'
import type { Viewer } from './visibility.ts'

/** A reason in words, sealed. */
export interface SealedReason {
  id: string
  batchId: string
  wrappedKey: Buffer
  body: Buffer
}

export interface AuditRow {
  seq: number
  at: Date
  actor: string
  role: string
  action: AuditAction
  target: string
  recipients: readonly string[]
  reason: SealedReason | undefined
  hash: Buffer
}

/** One record at a time is appended, to the end of the transaction. Tells where the trail ends. */
export async function lockTrail(query: Query): Promise<{ seq: number; hash: Buffer } | undefined> {
  await takeTurn(query, 'trail')
  return endOfTrail(query)
}

export async function appendToTrail(query: Query, row: AuditRow): Promise<void> {
  await query({
    name: 'append-to-trail',
    text: `INSERT INTO audit_records (seq, at, actor, role, action, target, recipients, reason_id, reason_batch_id,
                                      reason_wrapped_key, reason_body, hash)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    values: [
      row.seq,
      row.at,
      row.actor,
      row.role,
      row.action,
      row.target,
      row.recipients,
      row.reason?.id ?? null,
      row.reason?.batchId ?? null,
      row.reason?.wrappedKey ?? null,
      row.reason?.body ?? null,
      row.hash,
    ],
  })
}

/** A record that is a transaction of its own, but for its number. */
export interface LoneRecord extends Omit<AuditRow, 'seq' | 'hash' | 'recipients'> {
  /** Its canonical JSON before and after the number. */
  around: readonly [before: string, after: string]
  /** What its reason is sealed under. */
  batch: NewBatch | undefined
}

/** What appends it, for a statement that does it besides: each value as `parameter` names it. */
export function appendingAlone(
  { at, actor, role, action, target, around, reason, batch }: LoneRecord,
  parameter: (value: unknown) => string,
): string {
  const parts = [reason?.id, reason?.batchId, reason?.wrappedKey, reason?.body]
  const values = [at, actor, role, action, target, ...around, ...parts.map((part) => part ?? null)]
  const keys = keyArrays(batch?.organisation ?? [])
  return `append_alone(${[...values, ...keys].map(parameter).join(', ')})`
}

/** Appends it, in one statement; durable once it resolves. Not in a transaction. */
export async function appendAlone(query: Query, record: LoneRecord): Promise<void> {
  const values: unknown[] = []
  const appending = appendingAlone(record, (value) => `$${values.push(value)}`)
  await query({ name: 'append-alone', text: `SELECT ${appending}`, values })
}

/** A record as it is stored, with the sealed reason in parts. */
export interface StoredRecord {
  seq: string
  at: Date
  actor: string
  role: string
  action: AuditAction
  target: string
  recipients: string[]
  reasonId: string | null
  reasonBatchId: string | null
  reasonWrappedKey: Buffer | null
  reasonBody: Buffer | null
  hash: Buffer
}

export const recordColumns = `seq, at, actor, role, action, target, recipients, reason_id AS "reasonId",
  reason_batch_id AS "reasonBatchId", reason_wrapped_key AS "reasonWrappedKey", reason_body AS "reasonBody", hash`

/** The sealed reason of a stored record, if it has one, whole. */
export function reasonIn({
  reasonId: id,
  reasonBatchId: batchId,
  reasonWrappedKey: wrappedKey,
  reasonBody: body,
}: Pick<StoredRecord, 'reasonId' | 'reasonBatchId' | 'reasonWrappedKey' | 'reasonBody'>):
  | SealedReason
  | undefined {
  if (id === null || batchId === null || wrappedKey === null || body === null) return undefined
  return { id, batchId, wrappedKey, body }
}

/** What was done to one report, the earliest first; of its links, those alone of which this viewer may open both reports. */
export function auditOfReport(
  query: Query,
  { personId, agency }: Pick<Viewer, 'personId' | 'agency'>,
  reportId: string,
  limit: number,
  afterSeq: number | undefined,
): Promise<StoredRecord[]> {
  return query<StoredRecord>({
    name: 'audit-of-report',
    text: `SELECT ${recordColumns}
             FROM audit_records
            WHERE report_id = $3 AND seq > coalesce($5::bigint, 0)
              AND (NOT (${isOfLink}) OR ${mayKnowOfLink(linkInTarget, '$3')})
            ORDER BY seq LIMIT $4`,
    values: [personId, agency, reportId, limit, afterSeq],
  })
}

/** Where the trail ends now. */
export async function endOfTrail(query: Query): Promise<{ seq: number; hash: Buffer } | undefined> {
  const rows = await query<{ seq: string; hash: Buffer }>({
    name: 'end-of-trail',
    text: 'SELECT seq, hash FROM audit_records ORDER BY seq DESC LIMIT 1',
    values: [],
  })
  return rows[0] && { seq: Number(rows[0].seq), hash: rows[0].hash }
}
