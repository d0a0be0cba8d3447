import { verifyReporter } from '../../crypto/receipt.ts'
import { openBatchKey, openBody, type Place, SealBroken, unwrapDataKey } from '../../crypto/seal.ts'
import { verifyStatement } from '../../crypto/sign.ts'
import type { MailboxAttachment, MailboxMessage } from '../../schemas/mailbox.ts'
import type { MailboxAttachmentRow, MailboxMessageRow } from '../../storage/mailbox.ts'
import {
  placeOfAttachment,
  placeOfReporterMessage,
  placeOfStaffMessage,
  signedByReporter,
  signedByStaff,
} from '../envelope/mailboxPlaces.ts'
import { readFacts } from './imageFacts.ts'
import type { OpenMailbox } from './mailbox.ts'
import { parseMessage } from './messageContent.ts'

/** Opens one message with the receipt; undefined if it was forged, changed or moved, or is no message: then it is not shown. */
export async function readMessage(
  mailbox: OpenMailbox,
  message: MailboxMessageRow,
  staffSigningKeys: readonly Uint8Array[],
): Promise<MailboxMessage | undefined> {
  const { reportId } = mailbox.row
  const { id, number, sentOn, sender } = message
  const place =
    sender === 'reporter'
      ? placeOfReporterMessage({ id, reportId, number, sentOn })
      : placeOfStaffMessage({ id, reportId, writtenOn: message.writtenOn })
  if (!isGenuine(mailbox, message, place, staffSigningKeys)) return undefined
  const opened = await openWithReceipt(mailbox, message, place, message.body)
  if (opened === undefined) return undefined
  const content = parseMessage(opened)
  return content && { id, number, from: sender, sentOn, text: content.text }
}

function isGenuine(
  { row, keys }: OpenMailbox,
  message: MailboxMessageRow,
  place: Place,
  staffSigningKeys: readonly Uint8Array[],
): boolean {
  const { body, signature, author } = message
  if (message.sender === 'reporter') {
    return verifyReporter(keys.ed25519.publicKey, signedByReporter(row.id, place, body), signature)
  }
  if (author === null) return false
  const statement = signedByStaff({ ...message, author, reportId: row.reportId })
  return staffSigningKeys.some((key) => verifyStatement(key, statement, signature))
}

/** Type and size of one image; undefined if the row was forged, changed or moved. */
export async function readAttachment(
  mailbox: OpenMailbox,
  attachment: MailboxAttachmentRow,
): Promise<MailboxAttachment | undefined> {
  const { row, keys } = mailbox
  const { id, receivedOn, meta } = attachment
  const place = placeOfAttachment({ id, reportId: row.reportId, receivedOn }, 'meta')
  const opened = await openWithReceipt(mailbox, attachment, place, meta)
  const facts = opened && readFacts(opened, keys.ed25519.publicKey, row.id, place)
  return facts && { id, ...facts }
}

async function openWithReceipt(
  { row, keys }: OpenMailbox,
  sealed: Pick<MailboxMessageRow, 'batchId' | 'enc' | 'ciphertext' | 'wrappedKey'>,
  place: Place,
  body: Buffer,
): Promise<Buffer | undefined> {
  const { batchId, enc, ciphertext, wrappedKey } = sealed
  try {
    const pair = { kid: row.id, ...keys.x25519 }
    const batchKey = await openBatchKey(pair, batchId, { kid: row.id, enc, ciphertext }, 'mailbox')
    const dataKey = unwrapDataKey(batchKey, batchId, place.kind, place.objectId, wrappedKey)
    return openBody(dataKey, place, body)
  } catch (error) {
    if (error instanceof SealBroken) return undefined
    throw error
  }
}
