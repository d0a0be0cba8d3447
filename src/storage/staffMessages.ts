import type { Query } from './pool.ts'

export interface StaffMessageRow {
  id: string
  reportId: string
  mailboxId: string
  number: number | null
  sentOn: string | null
  status: 'pending' | 'sent' | 'refused'
  author: string
  version: number
  writtenOn: string
  batchId: string
  wrappedKey: Buffer
  body: Buffer
  signature: Buffer
}

/** A message that is new: with its moment, which only staff see. */
export type NewStaffMessage = StaffMessageRow & { writtenAt: Date }

export async function insertStaffMessage(query: Query, message: NewStaffMessage): Promise<void> {
  await query({
    name: 'insert-staff-message',
    text: `INSERT INTO staff_messages (id, report_id, mailbox_id, number, sent_on, status, author, version, written_on,
                                       batch_id, wrapped_key, body, signature, written_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    values: [
      message.id,
      message.reportId,
      message.mailboxId,
      message.number,
      message.sentOn,
      message.status,
      message.author,
      message.version,
      message.writtenOn,
      message.batchId,
      message.wrappedKey,
      message.body,
      message.signature,
      message.writtenAt,
    ],
  })
}

/** What a draft becomes when it goes out. */
export type SentColumns = Pick<
  StaffMessageRow,
  'number' | 'sentOn' | 'batchId' | 'wrappedKey' | 'body' | 'signature'
>

/** Turns a draft into a message that the reporter sees, and destroys the batch key that the draft lay under. */
export async function sendDraft(query: Query, id: string, sent: SentColumns): Promise<void> {
  await query({
    name: 'destroy-draft-key',
    text: `DELETE FROM batch_keys k USING staff_messages s
            WHERE s.id = $1 AND s.status <> 'sent' AND k.batch_id = s.batch_id
              AND NOT EXISTS (SELECT FROM staff_messages o WHERE o.batch_id = s.batch_id AND o.id <> s.id)`,
    values: [id],
  })
  await query({
    name: 'send-draft',
    text: `UPDATE staff_messages
              SET status = 'sent', number = $2, sent_on = $3, batch_id = $4, wrapped_key = $5, body = $6, signature = $7
            WHERE id = $1 AND status <> 'sent'`,
    values: [id, sent.number, sent.sentOn, sent.batchId, sent.wrappedKey, sent.body, sent.signature],
  })
}

/** Notes that a draft was refused. The signed decision is what counts. */
export async function refuseDraft(query: Query, id: string): Promise<void> {
  await query({
    name: 'refuse-draft',
    text: `UPDATE staff_messages SET status = 'refused' WHERE id = $1 AND status = 'pending'`,
    values: [id],
  })
}

/** How many messages staff wrote to the reporter of a report. */
export async function countStaffMessages(query: Query, reportId: string): Promise<number> {
  const rows = await query<{ count: number }>({
    name: 'count-staff-messages',
    text: 'SELECT count(*)::integer AS count FROM staff_messages WHERE report_id = $1',
    values: [reportId],
  })
  return rows[0]?.count ?? 0
}

export interface MailboxOfReport {
  id: string
  lookupId: Buffer
  sealingKey: Buffer
  signingKey: Buffer
}

/** The mailbox of a report; undefined once its reporter has ended contact. */
export async function mailboxOfReport(query: Query, reportId: string): Promise<MailboxOfReport | undefined> {
  const rows = await query<MailboxOfReport>({
    name: 'mailbox-of-report',
    text: `SELECT id, lookup_id AS "lookupId", sealing_key AS "sealingKey", signing_key AS "signingKey"
             FROM listed_mailboxes WHERE report_id = $1 LIMIT 1`,
    values: [reportId],
  })
  return rows[0]
}
