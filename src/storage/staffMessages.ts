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

export async function insertStaffMessage(query: Query, message: StaffMessageRow): Promise<void> {
  await query({
    name: 'insert-staff-message',
    text: `INSERT INTO staff_messages (id, report_id, mailbox_id, number, sent_on, status, author, version, written_on,
                                       batch_id, wrapped_key, body, signature)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
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
    ],
  })
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
