import type { SealedBatchKey } from '../crypto/seal.ts'
import { byteaArray } from './byteaArray.ts'
import type { Pool } from './pool.ts'

/** A report as it goes into the box: what lists need, and ciphertext. */
export interface SealedReport {
  id: string
  category: string
  priority: number
  leadAgency: string
  supportAgencies: readonly string[]
  restricted: boolean
  wrappedKey: Buffer
  body: Buffer
}

export interface NewMailbox {
  id: string
  reportId: string
  lookupId: Buffer
  sealingKey: Buffer
  signingKey: Buffer
  attachmentsAllowed: boolean
}

/** An answer kept for repeats of the call. */
export interface KeptAnswer {
  keyHash: Buffer
  answer: Buffer
}

/** All that one commit puts into the box, of one day. */
export interface SealedBatch {
  day: string
  parity: 0 | 1
  batchId: string
  batchKeys: readonly SealedBatchKey[]
  reports: readonly SealedReport[]
  mailboxes: readonly NewMailbox[]
  answers: readonly KeptAnswer[]
}

/** A list within a row goes as one delimited text: arrays of arrays would be flattened. No slug holds a comma. */
const putBatch = `
  WITH put_keys AS (
    INSERT INTO box_batch_keys (parity, batch_id, kid, enc, ciphertext)
    SELECT $1::smallint, $3::uuid, * FROM unnest($4::text[], $5::bytea[], $6::bytea[])
  ), put_mailboxes AS (
    INSERT INTO box_mailboxes (parity, opened_on, id, report_id, lookup_id, sealing_key, signing_key, attachments_allowed)
    SELECT $1::smallint, $2::date, *
      FROM unnest($7::uuid[], $8::uuid[], $9::bytea[], $10::bytea[], $11::bytea[], $12::boolean[])
  ), put_answers AS (
    INSERT INTO kept_answers (kept_on, key_hash, answer)
    SELECT $2::date, * FROM unnest($13::bytea[], $14::bytea[])
  )
  INSERT INTO box_reports (parity, received_on, batch_id, id, category, priority, lead_agency, support_agencies,
                           restricted, wrapped_key, body)
  SELECT $1::smallint, $2::date, $3::uuid, r.id, r.category, r.priority, r.lead_agency,
         string_to_array(r.support_agencies, ','), r.restricted, r.wrapped_key, r.body
    FROM unnest($15::uuid[], $16::text[], $17::smallint[], $18::text[], $19::text[], $20::boolean[], $21::bytea[],
                $22::bytea[])
      AS r (id, category, priority, lead_agency, support_agencies, restricted, wrapped_key, body)`

/**
 * Stores one batch in one statement. Resolves after it is durable; rejects with nothing stored.
 * Rows go in by their random ids, so that their places tell nothing of who came first; kept answers by
 * the hash of their keys, since two writers of the same keys in different orders would deadlock.
 */
export async function insertBatch(pool: Pool<'sotto_intake'>, batch: SealedBatch): Promise<void> {
  const reports = batch.reports.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const mailboxes = batch.mailboxes.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const answers = batch.answers.toSorted((a, b) => a.keyHash.compare(b.keyHash))
  const keys = batch.batchKeys
  await pool.query({
    name: 'put-batch',
    text: putBatch,
    values: [
      batch.parity,
      batch.day,
      batch.batchId,
      keys.map((key) => key.kid),
      byteaArray(keys.map((key) => key.enc)),
      byteaArray(keys.map((key) => key.ciphertext)),
      mailboxes.map((mailbox) => mailbox.id),
      mailboxes.map((mailbox) => mailbox.reportId),
      byteaArray(mailboxes.map((mailbox) => mailbox.lookupId)),
      byteaArray(mailboxes.map((mailbox) => mailbox.sealingKey)),
      byteaArray(mailboxes.map((mailbox) => mailbox.signingKey)),
      mailboxes.map((mailbox) => mailbox.attachmentsAllowed),
      byteaArray(answers.map((answer) => answer.keyHash)),
      byteaArray(answers.map((answer) => answer.answer)),
      reports.map((report) => report.id),
      reports.map((report) => report.category),
      reports.map((report) => report.priority),
      reports.map((report) => report.leadAgency),
      reports.map((report) => report.supportAgencies.join(',')),
      reports.map((report) => report.restricted),
      byteaArray(reports.map((report) => report.wrappedKey)),
      byteaArray(reports.map((report) => report.body)),
    ],
  })
}
