import { randomUUID } from 'node:crypto'
import { canAgreeWith } from '../../crypto/rawKeys.ts'
import { lockMailbox, type MailboxFill } from '../../storage/mailbox.ts'
import type { Query } from '../../storage/pool.ts'
import {
  insertStaffMessage,
  type MailboxOfReport,
  mailboxOfReport,
  type SentColumns,
  sendDraft,
} from '../../storage/staffMessages.ts'
import { type Fault, refusal } from '../../vocabulary/faults.ts'
import { sealStored } from '../envelope/seal.ts'
import { mailboxRecipient, type SealedContent } from '../envelope/sealedReport.ts'
import { signSealed } from '../envelope/signing.ts'
import type { Work } from '../envelope/work.ts'
import { statedOfDraft, statedOfSent } from './statedOf.ts'

/** Nobody edits a message once it is written. */
export const messageVersion = 1

export interface StaffMessage {
  reportId: string
  author: string
  text: string
  today: string
  /** Everybody who counts as an author; its author alone if it is not said. Never told to the reporter. */
  authors?: readonly string[]
  /** When it was written; the start of the day if it is not said. */
  at?: Date
}

type SealedMailbox = SealedContent['mailbox']

/**
 * The mailbox to write to, locked to the end of the transaction. Throws `gone` once the reporter has
 * ended contact; `not-in-this-state` where the row is not that of the sealed report, since it was re-pointed, or
 * nothing can be sealed to its key.
 */
export async function mailboxToWrite(
  query: Query,
  reportId: string,
  sealed: SealedMailbox,
): Promise<MailboxFill> {
  const row = await mailboxOfReport(query, reportId)
  if (row === undefined) throw contactEnded()
  if (!isSameMailbox(row, sealed) || !canAgreeWith(row.sealingKey)) {
    throw refusal(
      'not-in-this-state',
      'The mailbox in the database is not the one that the report names, so nothing is written to it. Tell whoever runs the service.',
    )
  }
  const fill = await lockMailbox(query, row.lookupId)
  if (fill === undefined) throw contactEnded()
  return fill
}

export function contactEnded(): Fault {
  return refusal('gone', 'The reporter ended contact: nothing can be sent to them any more.')
}

/** Writes a draft: sealed to the organisation alone, so that its reporter cannot open what was not approved. */
export async function insertDraft(
  work: Work,
  mailbox: SealedMailbox,
  message: StaffMessage,
): Promise<string> {
  const id = randomUUID()
  const { author, authors = [author], text } = message
  const row = { ...newRow(id, mailbox, message), number: null, sentOn: null }
  const sealed = await sealStored(work, 'draft', row, { text, authors })
  const stated = statedOfDraft({ ...row, ...sealed })
  await insertStaffMessage(work.query, {
    ...row,
    ...sealed,
    status: 'pending',
    signature: signSealed(work.keyring, 'draft', stated),
  })
  return id
}

/**
 * Sends a message at once, without a draft: sealed to the organisation and to the mailbox key that lies inside the
 * sealed report, signed with the sign key.
 */
export async function sendStaffMessage(
  work: Work,
  { mailbox }: SealedContent,
  message: StaffMessage,
): Promise<{ id: string; number: number }> {
  const fill = await mailboxToWrite(work.query, message.reportId, mailbox)
  const id = randomUUID()
  const number = fill.lastNumber + 1
  const sent = await sealToReporter(work, mailbox, {
    ...message,
    id,
    number,
    writtenOn: message.today,
  })
  await insertStaffMessage(work.query, { ...newRow(id, mailbox, message), ...sent, status: 'sent' })
  return { id, number }
}

/** Sends a draft, with this text. The mailbox must be locked: `fill` says what is in it. */
export async function sendWrittenMessage(
  work: Work,
  mailbox: SealedMailbox,
  fill: MailboxFill,
  message: StaffMessage & { id: string; writtenOn: string },
): Promise<void> {
  const number = fill.lastNumber + 1
  await sendDraft(work.query, message.id, await sealToReporter(work, mailbox, { ...message, number }))
}

async function sealToReporter(
  work: Work,
  mailbox: SealedMailbox,
  message: StaffMessage & { id: string; number: number; writtenOn: string },
): Promise<SentColumns> {
  const { id, reportId, author, text, today, number, writtenOn } = message
  const row = { id, reportId, writtenOn }
  const to = { mailbox: mailboxRecipient(mailbox) }
  const sealed = await sealStored(work, 'staffMessage', row, { text }, to)
  const sent = { number, sentOn: today, ...sealed }
  const stated = statedOfSent({ id, reportId, version: messageVersion, author, ...sent })
  return { ...sent, signature: signSealed(work.keyring, 'staffMessage', stated) }
}

function newRow(id: string, mailbox: SealedMailbox, { reportId, author, today, at }: StaffMessage) {
  return {
    id,
    reportId,
    mailboxId: mailbox.id,
    author,
    version: messageVersion,
    writtenOn: today,
    writtenAt: at ?? new Date(`${today}T00:00:00Z`),
  }
}

export function isSameMailbox(row: MailboxOfReport, sealed: SealedMailbox): boolean {
  return (
    row.id === sealed.id &&
    row.sealingKey.toString('base64url') === sealed.sealingKey &&
    row.signingKey.toString('base64url') === sealed.signingKey
  )
}
