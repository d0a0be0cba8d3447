import type { SealedBatchKey } from '../crypto/seal.ts'
import type { Pool, Query } from './pool.ts'

export interface MailboxRow {
  id: string
  reportId: string
  openedOn: string
  sealingKey: Buffer
  signingKey: Buffer
  attachmentsAllowed: boolean
  status: 'received' | 'reviewed' | 'shared' | 'closed'
}

/** The mailbox with this lookup id, if there is one. */
export async function openMailbox(
  pool: Pool<'sotto_intake'>,
  lookupId: Buffer,
): Promise<MailboxRow | undefined> {
  const rows = await pool.query<MailboxRow>({
    name: 'open-mailbox',
    text: `SELECT id, report_id AS "reportId", opened_on AS "openedOn", sealing_key AS "sealingKey",
                  signing_key AS "signingKey", attachments_allowed AS "attachmentsAllowed", status
             FROM open_mailbox($1)`,
    values: [lookupId],
  })
  return rows[0]
}

/** One thing that lies in a mailbox, sealed, with its batch key as sealed to the mailbox. */
interface InMailbox {
  id: string
  batchId: string
  enc: Buffer
  ciphertext: Buffer
  wrappedKey: Buffer
}

export interface MailboxMessageRow extends InMailbox {
  sender: 'reporter' | 'staff'
  number: number
  sentOn: string
  writtenOn: string
  author: string | null
  version: number
  body: Buffer
  signature: Buffer
}

export interface MailboxAttachmentRow extends InMailbox {
  receivedOn: string
  meta: Buffer
}

/** What both sides said, at most 1,000. */
export function mailboxMessages(pool: Pool<'sotto_intake'>, lookupId: Buffer): Promise<MailboxMessageRow[]> {
  return pool.query<MailboxMessageRow>({
    name: 'mailbox-messages',
    text: `SELECT sender, id, number, sent_on AS "sentOn", written_on AS "writtenOn", author, version,
                  batch_id AS "batchId", enc, ciphertext, wrapped_key AS "wrappedKey", body, signature
             FROM mailbox_messages($1)`,
    values: [lookupId],
  })
}

/** Type and size, sealed, of the images sent through the mailbox. */
export function mailboxAttachments(
  pool: Pool<'sotto_intake'>,
  lookupId: Buffer,
): Promise<MailboxAttachmentRow[]> {
  return pool.query<MailboxAttachmentRow>({
    name: 'mailbox-attachments',
    text: `SELECT id, received_on AS "receivedOn", batch_id AS "batchId", enc, ciphertext,
                  wrapped_key AS "wrappedKey", meta
             FROM mailbox_attachments($1)`,
    values: [lookupId],
  })
}

export interface MailboxFill {
  messages: number
  lastNumber: number
  attachments: number
}

/** Keeps others from adding to the mailbox to the end of the transaction; undefined if it is gone. */
export async function lockMailbox(query: Query, lookupId: Buffer): Promise<MailboxFill | undefined> {
  const rows = await query<MailboxFill>({
    name: 'lock-mailbox',
    text: 'SELECT messages, last_number AS "lastNumber", attachments FROM lock_mailbox($1)',
    values: [lookupId],
  })
  return rows[0]
}

/** Destroys the mailbox and what both sides said; tells whether there was one. */
export async function endMailbox(pool: Pool<'sotto_intake'>, lookupId: Buffer): Promise<boolean> {
  const rows = await pool.query<{ ended: boolean }>({
    name: 'end-mailbox',
    text: 'SELECT end_mailbox($1) AS ended',
    values: [lookupId],
  })
  return rows[0]?.ended ?? false
}

/** A batch of one object that organisation and mailbox may open, or the organisation alone. */
export interface OwnBatch {
  batchId: string
  organisation: readonly SealedBatchKey[]
  mailbox: SealedBatchKey | undefined
}

export interface NewReporterMessage {
  parity: 0 | 1
  id: string
  reportId: string
  mailboxId: string
  number: number
  sentOn: string
  batch: OwnBatch
  wrappedKey: Buffer
  body: Buffer
  signature: Buffer
}

export async function insertReporterMessage(query: Query, message: NewReporterMessage): Promise<void> {
  await insertOwnBatch(query, message.parity, message.mailboxId, message.batch)
  await query({
    name: 'insert-reporter-message',
    text: `INSERT INTO box_reporter_messages (parity, id, report_id, mailbox_id, number, sent_on, batch_id, wrapped_key,
                                              body, signature)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    values: [
      message.parity,
      message.id,
      message.reportId,
      message.mailboxId,
      message.number,
      message.sentOn,
      message.batch.batchId,
      message.wrappedKey,
      message.body,
      message.signature,
    ],
  })
}

export interface NewAttachment {
  parity: 0 | 1
  id: string
  reportId: string
  mailboxId: string
  receivedOn: string
  batch: OwnBatch
  wrappedKey: Buffer
  body: Buffer
  signature: Buffer
  metaBatch: OwnBatch
  metaWrappedKey: Buffer
  meta: Buffer
}

export async function insertAttachment(query: Query, attachment: NewAttachment): Promise<void> {
  await insertOwnBatch(query, attachment.parity, attachment.mailboxId, attachment.batch)
  await insertOwnBatch(query, attachment.parity, attachment.mailboxId, attachment.metaBatch)
  await query({
    name: 'insert-attachment',
    text: `INSERT INTO box_attachments (parity, id, report_id, mailbox_id, received_on, batch_id, wrapped_key, body,
                                        signature, meta_batch_id, meta_wrapped_key, meta)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    values: [
      attachment.parity,
      attachment.id,
      attachment.reportId,
      attachment.mailboxId,
      attachment.receivedOn,
      attachment.batch.batchId,
      attachment.wrappedKey,
      attachment.body,
      attachment.signature,
      attachment.metaBatch.batchId,
      attachment.metaWrappedKey,
      attachment.meta,
    ],
  })
}

async function insertOwnBatch(
  query: Query,
  parity: 0 | 1,
  mailboxId: string,
  batch: OwnBatch,
): Promise<void> {
  const { batchId, organisation, mailbox } = batch
  await query({
    name: 'put-batch-keys',
    text: `INSERT INTO box_batch_keys (parity, batch_id, kid, enc, ciphertext)
           SELECT $1::smallint, $2::uuid, * FROM unnest($3::text[], $4::bytea[], $5::bytea[])`,
    values: [
      parity,
      batchId,
      organisation.map((key) => key.kid),
      organisation.map((key) => key.enc),
      organisation.map((key) => key.ciphertext),
    ],
  })
  if (mailbox === undefined) return
  await query({
    name: 'put-mailbox-batch-key',
    text: `INSERT INTO box_mailbox_batch_keys (parity, batch_id, mailbox_id, enc, ciphertext)
           VALUES ($1, $2, $3, $4, $5)`,
    values: [parity, batchId, mailboxId, mailbox.enc, mailbox.ciphertext],
  })
}
