import { createHash } from 'node:crypto'
import { lengthPrefixed } from '../../crypto/lengthPrefixed.ts'
import type { Place } from '../../crypto/seal.ts'

/** Where messages and images belong, and what is signed of them. Triage opens by the same places. */

export const smallestMessage = 1024
export const smallestImage = 65_536
export const smallestMeta = 256

export interface ReporterMessagePlace {
  id: string
  reportId: string
  number: number
  sentOn: string
}

export function placeOfReporterMessage({ id, reportId, number, sentOn }: ReporterMessagePlace): Place {
  return {
    kind: 'message-from-reporter',
    column: 'body',
    objectId: id,
    reportId,
    receivedOn: sentOn,
    version: number,
    sender: 'reporter',
  }
}

/** A draft lies elsewhere than what is sent of it: the one can never be shown for the other. */
export function placeOfDraft(message: { id: string; reportId: string; writtenOn: string }): Place {
  return { ...placeOfStaffMessage(message), column: 'draft' }
}

/** A message that is sent keeps the day on which it was written; the signature binds number and day of sending. */
export function placeOfStaffMessage(message: { id: string; reportId: string; writtenOn: string }): Place {
  return {
    kind: 'message-from-staff',
    column: 'body',
    objectId: message.id,
    reportId: message.reportId,
    receivedOn: message.writtenOn,
    version: 1,
    sender: 'staff',
  }
}

export function placeOfAttachment(
  attachment: { id: string; reportId: string; receivedOn: string },
  column: 'body' | 'meta',
): Place {
  return {
    kind: 'attachment',
    column,
    objectId: attachment.id,
    reportId: attachment.reportId,
    receivedOn: attachment.receivedOn,
    version: 1,
    sender: 'reporter',
  }
}

/** What a reporter signs of what they send: its place in full, and its content: of a body, the ciphertext. */
export function signedByReporter(mailboxId: string, place: Place, content: Uint8Array): Buffer {
  const { kind, column, objectId, reportId, receivedOn, version } = place
  const hash = createHash('sha256').update(content).digest()
  return lengthPrefixed(
    'sotto/1/reporter',
    kind,
    column,
    objectId,
    reportId,
    mailboxId,
    receivedOn,
    String(version),
    hash,
  )
}

/** What staff sign of a message that goes out. */
export function signedByStaff(message: {
  id: string
  reportId: string
  version: number
  author: string
  number: number
  sentOn: string
  body: Uint8Array
}) {
  const { id, reportId, version, author, number, sentOn, body } = message
  return {
    kind: 'message-from-staff',
    id,
    reportId,
    version,
    author,
    decision: `sent ${number} ${sentOn}`,
    hash: createHash('sha256').update(body).digest(),
  }
}

/** What is signed of a message that has not gone out. */
export function signedOfDraft(message: {
  id: string
  reportId: string
  version: number
  author: string
  body: Uint8Array
}) {
  const { id, reportId, version, author, body } = message
  const hash = createHash('sha256').update(body).digest()
  return { kind: 'message-from-staff', id, reportId, version, author, decision: 'draft', hash }
}
