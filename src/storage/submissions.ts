import type { SealedBatchKey } from '../crypto/seal.ts'
import { attentionBy } from './attention.ts'
import type { NewMailbox } from './box.ts'
import { isToldOf } from './disseminations.ts'
import type { Query } from './pool.ts'
import type { SealedReportRow } from './reports.ts'

/** What partners and providers shared in, and the report that each became. */

/** As its agency is shown it: no report. */
export interface SubmissionRow {
  id: string
  agency: string
  /** Whose it is, in hexadecimal: a MAC, no name. */
  owner: string
  shared: boolean
  submittedOn: string
  batchId: string
  wrappedKey: Buffer
  body: Buffer
  signature: Buffer
}

/** The same as triage has it. */
export interface WholeSubmissionRow extends SubmissionRow {
  reportId: string
  submitterBatchId: string
  submitterWrappedKey: Buffer
  submitter: Buffer
}

const columns = `id, agency, owner, shared, submitted_on AS "submittedOn", batch_id AS "batchId",
  wrapped_key AS "wrappedKey", body, signature`

/** A report that never lay in the box. */
export interface NewSubmittedReport
  extends Pick<SealedReportRow, 'id' | 'receivedOn' | 'batchId' | 'wrappedKey' | 'body'> {
  category: string
  priority: number
  leadAgency: string
  supportAgencies: readonly string[]
  restricted: boolean
  originAgency: string
}

/** Puts a report that an agency submitted beside those that have left the box, with its mailbox. As triage. */
export async function insertSubmittedReport(
  query: Query,
  report: NewSubmittedReport,
  mailbox: NewMailbox,
): Promise<void> {
  await query({
    name: 'insert-submitted-report',
    text: `INSERT INTO reports (id, received_on, category, priority, lead_agency, support_agencies, restricted, batch_id,
                                wrapped_key, body, attention_by, origin, origin_agency)
           VALUES ($1, $2::date, $3, $4::smallint, $5, $6, $7, $8, $9, $10, ${attentionBy('$4::smallint', '$2::date')},
                   'partner', $11)`,
    values: [
      report.id,
      report.receivedOn,
      report.category,
      report.priority,
      report.leadAgency,
      report.supportAgencies,
      report.restricted,
      report.batchId,
      report.wrappedKey,
      report.body,
      report.originAgency,
    ],
  })
  await query({
    name: 'insert-mailbox-of-submission',
    text: `INSERT INTO mailboxes (lookup_id, id, report_id, opened_on, sealing_key, signing_key, attachments_allowed)
           VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    values: [
      mailbox.lookupId,
      mailbox.id,
      report.id,
      report.receivedOn,
      mailbox.sealingKey,
      mailbox.signingKey,
      mailbox.attachmentsAllowed,
    ],
  })
  await query({
    name: 'queue-for-index',
    text: 'INSERT INTO unindexed (report_id) VALUES ($1) ON CONFLICT DO NOTHING',
    values: [report.id],
  })
}

export async function insertSubmission(query: Query, row: WholeSubmissionRow): Promise<void> {
  await query({
    name: 'insert-submission',
    text: `INSERT INTO submissions (id, report_id, agency, owner, shared, submitted_on, batch_id, wrapped_key, body,
                                    signature, submitter_batch_id, submitter_wrapped_key, submitter)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    values: [
      row.id,
      row.reportId,
      row.agency,
      row.owner,
      row.shared,
      row.submittedOn,
      row.batchId,
      row.wrappedKey,
      row.body,
      row.signature,
      row.submitterBatchId,
      row.submitterWrappedKey,
      row.submitter,
    ],
  })
}

/** The submission that a report came from, if it came from one. As triage. */
export async function submissionOfReport(
  query: Query,
  reportId: string,
): Promise<WholeSubmissionRow | undefined> {
  const rows = await query<WholeSubmissionRow>({
    name: 'submission-of-report',
    text: `SELECT ${columns}, report_id AS "reportId", submitter_batch_id AS "submitterBatchId",
                  submitter_wrapped_key AS "submitterWrappedKey", submitter
             FROM submissions WHERE report_id = $1`,
    values: [reportId],
  })
  return rows[0]
}

/** Ends a submission for its agency, where something keeps its report. As triage. */
export async function endSubmission(query: Query, id: string): Promise<void> {
  await query({
    name: 'end-submission',
    text: 'UPDATE submissions SET ended = true WHERE id = $1',
    values: [id],
  })
}

/** Keeps what the submission's agency was told of it, or forgets it. As triage. */
export async function keepToldBefore(query: Query, reportId: string, told: ToldBefore | null): Promise<void> {
  await query({
    name: 'keep-told-before',
    text: 'UPDATE submissions SET told_status = $2, told_graded = $3 WHERE report_id = $1',
    values: [reportId, told?.status ?? null, told?.graded ?? null],
  })
}

/** Whether anything of the report was sent to an agency, be it recalled. As triage. */
export async function wasDisseminated(query: Query, reportId: string): Promise<boolean> {
  const rows = await query({
    name: 'was-disseminated',
    text: 'SELECT FROM disseminations WHERE report_id = $1 LIMIT 1',
    values: [reportId],
  })
  return rows.length > 0
}

/** Names the person who acts, by the MACs that their own rows may have: row security goes by it. */
export async function actForOwner(query: Query, owners: readonly string[]): Promise<void> {
  await query({
    name: 'act-for-owner',
    text: `SELECT set_config('sotto.owner', $1, true)`,
    values: [owners.join(',')],
  })
}

export interface SubmissionPosition {
  submittedOn: string
  id: string
}

/** A page of what the partner may see, the newest day first. As partner. */
export function submissionsPage(
  query: Query,
  limit: number,
  after: SubmissionPosition | undefined,
): Promise<SubmissionRow[]> {
  return query<SubmissionRow>({
    name: 'submissions-page',
    text: `SELECT ${columns} FROM submissions
            WHERE agency = current_setting('sotto.agency', true)
              AND ($2::date IS NULL OR (submitted_on, id) < ($2, $3::uuid))
            ORDER BY submitted_on DESC, id DESC LIMIT $1`,
    values: [limit, after?.submittedOn, after?.id],
  })
}

/** One submission, if the partner may see it. As partner. */
export async function findSubmission(query: Query, id: string): Promise<SubmissionRow | undefined> {
  const rows = await query<SubmissionRow>({
    name: 'submission',
    text: `SELECT ${columns} FROM submissions WHERE id = $1`,
    values: [id],
  })
  return rows[0]
}

/** Batch keys of what the partner may see. As partner. */
export function submissionBatchKeys(query: Query, batchId: string): Promise<SealedBatchKey[]> {
  return query<SealedBatchKey>({
    name: 'submission-batch-keys',
    text: 'SELECT kid, enc, ciphertext FROM own_submission_batch_keys WHERE batch_id = $1',
    values: [batchId],
  })
}

/** How a report that was submitted stands, as far as its agency may be told. */
export interface Standing {
  status: string
  conflictOfInterest: string[]
  /** Whether the agency may learn that something of it was shared. */
  told: boolean
  /** What the agency was told last before it was in conflict; null where it is in none, or that was not kept. */
  toldBefore: ToldBefore | null
}

/** What an agency in conflict was told of its submission before: it stays so. */
export interface ToldBefore {
  status: 'received' | 'reviewed' | 'shared' | 'closed'
  /** Whether it was too late to take it back by then. */
  graded: boolean
}

const toldBefore = (of: string) =>
  `CASE WHEN ${of}.told_status IS NOT NULL
        THEN json_build_object('status', ${of}.told_status, 'graded', ${of}.told_graded) END AS "toldBefore"`

/** How these reports stand, by id; one that is gone is not there. */
export async function standingsOf(
  query: Query,
  reportIds: readonly string[],
): Promise<Map<string, Standing>> {
  const rows = await query<Standing & { id: string }>({
    name: 'submission-standings',
    text: `SELECT r.id, r.status, r.conflict_of_interest AS "conflictOfInterest", ${isToldOf('r.id')} AS told,
                  ${toldBefore('s')}
             FROM reports r LEFT JOIN submissions s ON s.report_id = r.id WHERE r.id = ANY ($1::uuid[])`,
    values: [reportIds],
  })
  return new Map(rows.map(({ id, ...standing }) => [id, standing]))
}
