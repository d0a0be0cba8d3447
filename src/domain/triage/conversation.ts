import { yieldToEventLoop } from '../../concurrency/yieldToEventLoop.ts'
import type { Approval } from '../../schemas/casework.ts'
import { caseworkVersion } from '../../storage/casework.ts'
import {
  type KeyedStaffMessageRow,
  type ReporterMessageRow,
  reporterMessages,
  staffMessages,
} from '../../storage/conversation.ts'
import { sealedKeysOf } from '../../storage/keysBeside.ts'
import type { RowOf } from '../envelope/associatedData.ts'
import { openSealed } from '../envelope/open.ts'
import type { SealedContent } from '../envelope/sealedReport.ts'
import { isFromReporter, isGenuine } from '../envelope/signing.ts'
import type { Work } from '../envelope/work.ts'
import { parseMessage } from '../mailbox/messageContent.ts'
import { statedOfDraft, statedOfSent } from '../mailbox/statedOf.ts'
import { read } from './casework.ts'

/** Both sides of the conversation about a report, opened: only what its reporter or this service signed. */
export interface OpenConversation {
  fromReporter: { row: ReporterMessageRow; text: string }[]
  fromStaff: OpenStaffMessage[]
  /** Rows that claim to be the reporter's and are not, or do not open. */
  strange: ReporterMessageRow[]
  /** How many the same holds of among those that claim to be this service's. */
  strangeOfStaff: number
}

export interface OpenStaffMessage extends OpenText {
  row: KeyedStaffMessageRow
  status: 'pending' | 'sent' | 'refused'
}

interface OpenText {
  text: string
  /** Everybody who counted as an author of a draft when it was written. */
  authors: string[]
}

/** By the mailbox inside the sealed report: without it, nothing is known to be anybody's. */
export async function openConversation(
  work: Work,
  reportId: string,
  mailbox: SealedMailbox | undefined,
): Promise<OpenConversation> {
  const conversation: OpenConversation = { fromReporter: [], fromStaff: [], strange: [], strangeOfStaff: 0 }
  for (const row of await reporterMessages(work.query, reportId)) {
    const text = mailbox && (await textFromReporter(work, row, mailbox))
    if (text === undefined) conversation.strange.push(row)
    else conversation.fromReporter.push({ row, text })
    await yieldToEventLoop()
  }
  for (const row of await staffMessages(work.query, reportId)) {
    const message = mailbox && (await messageFromStaff(work, row, mailbox))
    if (message === undefined) conversation.strangeOfStaff += 1
    else conversation.fromStaff.push(message)
    await yieldToEventLoop()
  }
  return conversation
}

type SealedMailbox = SealedContent['mailbox']

/** By the key inside the sealed report, not that of the mailbox row: who re-points a row can sign for nobody. */
async function textFromReporter(
  work: Work,
  row: ReporterMessageRow,
  mailbox: SealedMailbox,
): Promise<string | undefined> {
  if (row.mailboxId !== mailbox.id) return undefined
  const key = Buffer.from(mailbox.signingKey, 'base64url')
  if (!isFromReporter(key, 'reporterMessage', row, mailbox.id, row.body, row.signature)) return undefined
  return (await openText(work, 'reporterMessage', row))?.text
}

async function messageFromStaff(
  work: Work,
  row: KeyedStaffMessageRow,
  mailbox: SealedMailbox,
): Promise<OpenStaffMessage | undefined> {
  if (row.mailboxId !== mailbox.id) return undefined
  const { number, sentOn, signature } = row
  if (row.status === 'sent') {
    if (number === null || sentOn === null) return undefined
    const stated = { ...statedOfSent({ ...row, number, sentOn }), signature }
    if (!isGenuine(work.keyring, 'staffMessage', stated)) return undefined
    const opened = await openText(work, 'staffMessage', row)
    return opened && { row, ...opened, status: 'sent' }
  }
  if (!isGenuine(work.keyring, 'draft', { ...statedOfDraft(row), signature })) return undefined
  const opened = await openText(work, 'draft', row)
  const decision = opened && (await decisionOn(work, row, opened.authors))
  // Approved, and yet a draft: somebody put back what was sent. It is not sent again.
  if (opened === undefined || decision?.approved) return undefined
  return { row, ...opened, status: decision === undefined ? 'pending' : 'refused' }
}

async function decisionOn(
  work: Work,
  { id, reportId, version, author }: KeyedStaffMessageRow,
  authors: readonly string[],
): Promise<Approval | undefined> {
  const row = await caseworkVersion(work.query, reportId, 'message-decision', id, version)
  const isOwn = row !== undefined && [author, ...authors].includes(row.author)
  return isOwn ? undefined : read(work, row)
}

async function openText<Name extends 'reporterMessage' | 'staffMessage' | 'draft'>(
  work: Work,
  name: Name,
  row: RowOf<Name> & (ReporterMessageRow | KeyedStaffMessageRow),
): Promise<OpenText | undefined> {
  const content = await openSealed(work, name, row, parseMessage, async () => sealedKeysOf(row))
  return content && { text: content.text, authors: content.authors ?? [] }
}
