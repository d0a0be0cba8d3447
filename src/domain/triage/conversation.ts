import type { Keyring } from '../../crypto/keyring.ts'
import type { Approval } from '../../schemas/casework.ts'
import { caseworkVersion } from '../../storage/casework.ts'
import {
  type KeyedStaffMessageRow,
  type ReporterMessageRow,
  reporterMessages,
  staffMessages,
} from '../../storage/conversation.ts'
import { sealedKeysOf } from '../../storage/keysBeside.ts'
import type { Query } from '../../storage/pool.ts'
import { openSealed } from '../envelope/open.ts'
import type { RowOf } from '../envelope/place.ts'
import type { SealedContent } from '../envelope/sealedReport.ts'
import { isFromReporter, isGenuine } from '../envelope/signing.ts'
import { parseMessage } from '../mailbox/messageContent.ts'
import { statedOfDraft, statedOfSent } from '../mailbox/statedOf.ts'
import { read } from './casework.ts'

/** Both sides of the conversation about a report, opened: only what its reporter or this service signed. */
export interface OpenConversation {
  fromReporter: { row: ReporterMessageRow; text: string }[]
  fromStaff: OpenStaffMessage[]
  /** Rows that claim to be the reporter's and are not, or do not open. */
  strange: ReporterMessageRow[]
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
  query: Query,
  keyring: Keyring,
  reportId: string,
  mailbox: SealedMailbox | undefined,
): Promise<OpenConversation> {
  const conversation: OpenConversation = { fromReporter: [], fromStaff: [], strange: [] }
  for (const row of await reporterMessages(query, reportId)) {
    const text = mailbox && (await textFromReporter(query, keyring, row, mailbox))
    if (text === undefined) conversation.strange.push(row)
    else conversation.fromReporter.push({ row, text })
  }
  for (const row of await staffMessages(query, reportId)) {
    const message = mailbox && (await messageFromStaff(query, keyring, row, mailbox))
    if (message !== undefined) conversation.fromStaff.push(message)
  }
  return conversation
}

type SealedMailbox = SealedContent['mailbox']

/** By the key inside the sealed report, not that of the mailbox row: who re-points a row can sign for nobody. */
async function textFromReporter(
  query: Query,
  keyring: Keyring,
  row: ReporterMessageRow,
  mailbox: SealedMailbox,
): Promise<string | undefined> {
  if (row.mailboxId !== mailbox.id) return undefined
  const key = Buffer.from(mailbox.signingKey, 'base64url')
  if (!isFromReporter(key, 'reporterMessage', row, mailbox.id, row.body, row.signature)) return undefined
  return (await openText(query, keyring, 'reporterMessage', row))?.text
}

async function messageFromStaff(
  query: Query,
  keyring: Keyring,
  row: KeyedStaffMessageRow,
  mailbox: SealedMailbox,
): Promise<OpenStaffMessage | undefined> {
  if (row.mailboxId !== mailbox.id) return undefined
  const { number, sentOn, signature } = row
  if (row.status === 'sent') {
    if (number === null || sentOn === null) return undefined
    const stated = { ...statedOfSent({ ...row, number, sentOn }), signature }
    if (!isGenuine(keyring, 'staffMessage', stated)) return undefined
    const opened = await openText(query, keyring, 'staffMessage', row)
    return opened && { row, ...opened, status: 'sent' }
  }
  if (!isGenuine(keyring, 'draft', { ...statedOfDraft(row), signature })) return undefined
  const opened = await openText(query, keyring, 'draft', row)
  const decision = opened && (await decisionOn(query, keyring, row, opened.authors))
  // Approved, and yet a draft: somebody put back what was sent. It is not sent again.
  if (opened === undefined || decision?.approved) return undefined
  return { row, ...opened, status: decision === undefined ? 'pending' : 'refused' }
}

async function decisionOn(
  query: Query,
  keyring: Keyring,
  { id, reportId, version, author }: KeyedStaffMessageRow,
  authors: readonly string[],
): Promise<Approval | undefined> {
  const row = await caseworkVersion(query, reportId, 'message-decision', id, version)
  const isOwn = row !== undefined && [author, ...authors].includes(row.author)
  return isOwn ? undefined : read(query, keyring, row)
}

async function openText<Name extends 'reporterMessage' | 'staffMessage' | 'draft'>(
  query: Query,
  keyring: Keyring,
  name: Name,
  row: RowOf<Name> & (ReporterMessageRow | KeyedStaffMessageRow),
): Promise<OpenText | undefined> {
  const content = await openSealed(query, keyring, name, row, parseMessage, async () => sealedKeysOf(row))
  return content && { text: content.text, authors: content.authors ?? [] }
}
