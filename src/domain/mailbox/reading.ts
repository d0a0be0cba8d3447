import type { BatchKeyPair } from '../../crypto/seal.ts'
import type { MailboxAttachment, MailboxMessage } from '../../schemas/mailbox.ts'
import type { MailboxAttachmentRow, MailboxMessageRow } from '../../storage/mailbox.ts'
import { openWith } from '../envelope/open.ts'
import { isFromReporter, isGenuineBy } from '../envelope/signing.ts'
import { readFacts } from './imageFacts.ts'
import { parseMessage } from './messageContent.ts'
import type { OpenMailbox } from './openMailbox.ts'
import { statedOfSent } from './statedOf.ts'

/** Opens one message with the receipt; undefined if it was forged, changed or moved, or is no message: then it is not shown. */
export async function readMessage(
  mailbox: OpenMailbox,
  message: MailboxMessageRow,
  staffSigningKeys: readonly Uint8Array[],
): Promise<MailboxMessage | undefined> {
  const { id, number, sentOn, sender } = message
  const row = { ...message, reportId: mailbox.row.reportId, kid: mailbox.row.id }
  if (!isGenuine(mailbox, row, staffSigningKeys)) return undefined
  const name = sender === 'reporter' ? 'reporterMessage' : 'staffMessage'
  const content = await openWith(pairOf(mailbox), 'mailbox', name, row, parseMessage)
  return content && { id, number, from: sender, sentOn, text: content.text }
}

function isGenuine(
  { row: { id: mailboxId }, keys }: OpenMailbox,
  message: MailboxMessageRow & { reportId: string },
  staffSigningKeys: readonly Uint8Array[],
): boolean {
  const { body, signature, author } = message
  if (message.sender === 'reporter') {
    return isFromReporter(keys.ed25519.publicKey, 'reporterMessage', message, mailboxId, body, signature)
  }
  if (author === null) return false
  const stated = { ...statedOfSent({ ...message, author }), signature }
  return isGenuineBy(staffSigningKeys, 'staffMessage', stated)
}

/** Type and size of one image; undefined if the row was forged, changed or moved. */
export async function readAttachment(
  mailbox: OpenMailbox,
  attachment: MailboxAttachmentRow,
): Promise<MailboxAttachment | undefined> {
  const { id: mailboxId, reportId } = mailbox.row
  const row = { ...attachment, reportId, body: attachment.meta, kid: mailboxId }
  const facts = await openWith(pairOf(mailbox), 'mailbox', 'imageFacts', row, (opened) =>
    readFacts(opened, mailbox.keys.ed25519.publicKey, mailboxId, row),
  )
  return facts && { id: attachment.id, ...facts }
}

/** By the receipt's keys, whatever the mailbox's row says. */
function pairOf({ row: { id: kid }, keys }: OpenMailbox): BatchKeyPair {
  return { kid, ...keys.x25519 }
}
