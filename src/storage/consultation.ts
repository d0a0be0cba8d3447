import type { SealedBatchKey } from '../crypto/seal.ts'
import { appendingAlone, type LoneRecord } from './auditTrail.ts'
import type { CaseworkRow } from './casework.ts'
import type { Query } from './pool.ts'
import { listedColumns, type SealedReportRow } from './reports.ts'
import { type Viewer, visible } from './visibility.ts'

/** A report with all that opens it: its own batch key and its newest sealed fields with theirs, empty where there is none. */
export interface WholeReport {
  report: SealedReportRow & SealedBatchKey
  fields: (CaseworkRow<'case'> & SealedBatchKey) | undefined
  /** The name of who works on it. */
  assigneeName: string | null
  /** Whether the record of it is in the trail. */
  isRecorded: boolean
}

type Row = WholeReport['report'] & FieldsBeside & Pick<WholeReport, 'assigneeName' | 'isRecorded'>

/**
 * One report, if the viewer may see it, with all that opens it by one of these keys; and in the same statement, durable once it
 * resolves, the record that they read it. It is not appended where its content may yet tell that it is hidden from them, or that
 * it cannot be opened: what intake alone says of it has not been checked, or none of these keys is the right one. Not in a
 * transaction.
 */
export async function consultReport(
  query: Query,
  { personId, agency }: Pick<Viewer, 'personId' | 'agency'>,
  id: string,
  kids: readonly string[],
  record: LoneRecord,
): Promise<WholeReport | undefined> {
  const seen = [personId, agency, false, id, kids]
  const values: unknown[] = [...seen]
  const appending = appendingAlone(record, (value) => `$${values.push(value)}`)
  const settled = await query<Row>({ name: 'consult-report', text: whole(outOfTheBox, appending), values })
  if (settled[0]?.isRecorded) return wholeReport(settled[0])
  const [row] = await query<Row>({ name: 'whole-report', text: whole(anywhere, undefined), values: seen })
  return row && wholeReport(row)
}

/** Where a report and its keys are looked for. Most lie in the main tables, and a statement on these alone takes half of the time. */
interface Places {
  reports: string
  keys: string
}

const anywhere: Places = { reports: 'listed_reports', keys: 'listed_batch_keys' }
const outOfTheBox: Places = {
  reports: '(SELECT *, false AS boxed FROM reports) listed_reports',
  keys: 'batch_keys',
}

const isSettled = `NOT unreadable AND kid <> '' AND ("caseVersion" IS NULL OR "caseKid" <> '')`

/** $1 to $3 viewer, $4 id, $5 keys; and what appends the record, where it may be. */
function whole({ reports, keys }: Places, appending: string | undefined): string {
  const keyOf = (batch: string) => `LEFT JOIN LATERAL (SELECT kid, enc, ciphertext FROM ${keys}
                                                       WHERE batch_id = ${batch} AND kid = ANY ($5::text[]) LIMIT 1)`
  return `
    SELECT whole.*, (SELECT name FROM staff WHERE id = whole.assignee) AS "assigneeName",
           ${appending === undefined ? 'false' : `CASE WHEN ${isSettled} THEN ${appending} END IS NOT NULL`} AS "isRecorded"
      FROM (
        SELECT report.*, coalesce(k.kid, '') AS kid, coalesce(k.enc, '') AS enc, coalesce(k.ciphertext, '') AS ciphertext,
               c.version AS "caseVersion", c.author AS "caseAuthor", c.written_at AS "caseWrittenAt",
               c.batch_id AS "caseBatchId", c.wrapped_key AS "caseWrappedKey", c.body AS "caseBody",
               c.signature AS "caseSignature", coalesce(o.kid, '') AS "caseKid", coalesce(o.enc, '') AS "caseEnc",
               coalesce(o.ciphertext, '') AS "caseCiphertext"
          FROM (SELECT ${listedColumns}, batch_id AS "batchId", wrapped_key AS "wrappedKey", body
                  FROM ${reports} WHERE id = $4 AND ${visible}) report
          ${keyOf('report."batchId"')} k ON true
          LEFT JOIN LATERAL (SELECT * FROM casework w WHERE w.kind = 'case' AND w.id = report.id AND w.report_id = report.id
                              ORDER BY w.version DESC LIMIT 1) c ON true
          ${keyOf('c.batch_id')} o ON true) whole`
}

function wholeReport(row: Row): WholeReport {
  const { assigneeName, isRecorded } = row
  return { report: row, fields: fieldsBeside(row), assigneeName, isRecorded }
}

interface FieldsBeside {
  caseVersion: number | null
  caseAuthor: string
  caseWrittenAt: Date
  caseBatchId: string
  caseWrappedKey: Buffer
  caseBody: Buffer
  caseSignature: Buffer
  caseKid: string
  caseEnc: Buffer
  caseCiphertext: Buffer
}

function fieldsBeside(row: FieldsBeside & { id: string }): WholeReport['fields'] {
  if (row.caseVersion === null) return undefined
  return {
    kind: 'case',
    id: row.id,
    reportId: row.id,
    version: row.caseVersion,
    author: row.caseAuthor,
    writtenAt: row.caseWrittenAt,
    batchId: row.caseBatchId,
    wrappedKey: row.caseWrappedKey,
    body: row.caseBody,
    signature: row.caseSignature,
    kid: row.caseKid,
    enc: row.caseEnc,
    ciphertext: row.caseCiphertext,
  }
}
