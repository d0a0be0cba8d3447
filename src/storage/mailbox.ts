import type { StoredAnswer } from '../crypto/storedAnswer.ts'
import type { NewBatch } from './batchKeys.ts'
import { byteaArray } from './binaryArray.ts'
import { answerArrays, keyArrays } from './box.ts'
import { answeredBefore, storedAnswersKey } from './idempotencyStore.ts'
import { type Pool, type Query, refusalOf, type Statement } from './pool.ts'

/** Whoever has a receipt: a reporter through intake, and the service for a partner who submitted something. */
export type MailboxPool = Pool<'sotto_intake' | 'sotto_partner'>

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
export async function openMailbox(pool: MailboxPool, lookupId: Buffer): Promise<MailboxRow | undefined> {
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
export function mailboxMessages(pool: MailboxPool, lookupId: Buffer): Promise<MailboxMessageRow[]> {
  return pool.query<MailboxMessageRow>({
    name: 'mailbox-messages',
    text: `SELECT sender, id, number, sent_on AS "sentOn", written_on AS "writtenOn", author, version,
                  batch_id AS "batchId", enc, ciphertext, wrapped_key AS "wrappedKey", body, signature
             FROM mailbox_messages($1)`,
    values: [lookupId],
  })
}

/** Those among these mailboxes in which the last message is staff's. Reads no body. */
export async function whereStaffSpokeLast(
  pool: MailboxPool,
  lookupIds: readonly Buffer[],
): Promise<Buffer[]> {
  if (lookupIds.length === 0) return []
  const rows = await pool.query<{ lookupId: Buffer }>({
    name: 'where-staff-spoke-last',
    text: `SELECT wanted AS "lookupId" FROM unnest($1::bytea[]) AS wanted
            WHERE (SELECT sender FROM mailbox_messages(wanted) ORDER BY number DESC LIMIT 1) = 'staff'`,
    values: [byteaArray(lookupIds)],
  })
  return rows.map(({ lookupId }) => lookupId)
}

/** Type and size, sealed, of the images sent through the mailbox. */
export function mailboxAttachments(pool: MailboxPool, lookupId: Buffer): Promise<MailboxAttachmentRow[]> {
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

/** How much is in the mailbox; undefined if it is gone. */
export async function mailboxFill(pool: MailboxPool, lookupId: Buffer): Promise<MailboxFill | undefined> {
  const rows = await pool.query<MailboxFill>({
    name: 'mailbox-fill',
    text: 'SELECT messages, last_number AS "lastNumber", attachments FROM mailbox_fill($1)',
    values: [lookupId],
  })
  return rows[0]
}

/** The same for staff, and keeps others from adding to the mailbox to the end of the transaction. */
export async function lockMailbox(query: Query, lookupId: Buffer): Promise<MailboxFill | undefined> {
  const rows = await query<MailboxFill>({
    name: 'lock-mailbox',
    text: 'SELECT messages, last_number AS "lastNumber", attachments FROM lock_mailbox($1)',
    values: [lookupId],
  })
  return rows[0]
}

const inTheWay = '55P03'

/**
 * The same for whoever only reads: where somebody else is at the mailbox for longer than `milliseconds`, the transaction goes
 * on without, and `busy` is told.
 */
export async function lockMailboxSoon(
  query: Query,
  lookupId: Buffer,
  milliseconds: number,
): Promise<MailboxFill | undefined | 'busy'> {
  const say = (name: string, text: string, values: unknown[] = []) =>
    query<{ before: string }>({ name, text, values })
  const [{ before } = { before: '0' }] = await say(
    'lock-timeout-before',
    `SELECT current_setting('lock_timeout') AS before`,
  )
  const wait = (time: string) =>
    say('wait-for-mailbox', `SELECT set_config('lock_timeout', $1, true) AS before`, [time])
  await say('before-mailbox', 'SAVEPOINT before_mailbox')
  try {
    await wait(`${milliseconds}ms`)
    const fill = await lockMailbox(query, lookupId)
    await wait(before)
    return fill
  } catch (error) {
    if (refusalOf(error)?.state !== inTheWay) throw error
    await say('without-mailbox', 'ROLLBACK TO SAVEPOINT before_mailbox')
    return 'busy'
  }
}

/** Destroys the mailbox and what both sides said; tells whether there was one. */
export async function endMailbox(pool: MailboxPool, lookupId: Buffer): Promise<boolean> {
  const rows = await pool.query<{ ended: boolean }>({
    name: 'end-mailbox',
    text: 'SELECT end_mailbox($1) AS ended',
    values: [lookupId],
  })
  return rows[0]?.ended ?? false
}

/** What came of putting something into a mailbox: not-next, if somebody was faster and took the number. */
export type Putting = 'put' | 'gone' | 'full' | 'not-next' | 'no-images'

export interface NewReporterMessage {
  id: string
  number: number
  sentOn: string
  batch: NewBatch
  wrappedKey: Buffer
  body: Buffer
  signature: Buffer
}

/** Puts a message into a mailbox, with an answer to keep. Throws `repeated` if the call succeeded before. */
export async function putReporterMessage(
  pool: MailboxPool,
  lookupId: Buffer,
  message: NewReporterMessage,
  answer: StoredAnswer | undefined,
): Promise<Putting> {
  const { batchId, organisation, mailbox } = message.batch
  const statement = {
    name: 'put-message',
    text: 'SELECT put_message($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) AS putting',
    values: [
      lookupId,
      message.id,
      message.number,
      message.sentOn,
      batchId,
      ...keyArrays(organisation),
      mailbox?.enc,
      mailbox?.ciphertext,
      message.wrappedKey,
      message.body,
      message.signature,
      ...answerArrays(answer === undefined ? [] : [answer]),
    ],
  }
  return put(pool, statement)
}

export interface NewAttachment {
  id: string
  receivedOn: string
  batch: NewBatch
  wrappedKey: Buffer
  body: Buffer
  signature: Buffer
  metaBatch: NewBatch
  metaWrappedKey: Buffer
  meta: Buffer
}

/** The same with an image. */
export async function putAttachment(
  pool: MailboxPool,
  lookupId: Buffer,
  attachment: NewAttachment,
  answer: StoredAnswer | undefined,
): Promise<Putting> {
  const { batch, metaBatch } = attachment
  const statement = {
    name: 'put-attachment',
    text: `SELECT put_attachment($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
                                 $20) AS putting`,
    values: [
      lookupId,
      attachment.id,
      attachment.receivedOn,
      batch.batchId,
      ...keyArrays(batch.organisation),
      attachment.wrappedKey,
      attachment.body,
      attachment.signature,
      metaBatch.batchId,
      ...keyArrays(metaBatch.organisation),
      metaBatch.mailbox?.enc,
      metaBatch.mailbox?.ciphertext,
      attachment.metaWrappedKey,
      attachment.meta,
      ...answerArrays(answer === undefined ? [] : [answer]),
    ],
  }
  return put(pool, statement)
}

async function put(pool: MailboxPool, statement: Statement): Promise<Putting> {
  try {
    const rows = await pool.query<{ putting: Putting }>(statement)
    return rows[0]?.putting ?? 'gone'
  } catch (error) {
    throw refusalOf(error)?.constraint === storedAnswersKey ? answeredBefore() : error
  }
}
