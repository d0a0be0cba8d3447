import { randomUUID } from 'node:crypto'
import { activeKey, type Keyring } from '../../crypto/keyring.ts'
import { signStatement } from '../../crypto/sign.ts'
import { Fault } from '../../faults.ts'
import { insertBatchKeys, insertMailboxBatchKey } from '../../storage/batchKeys.ts'
import { lockMailbox } from '../../storage/mailbox.ts'
import type { Query } from '../../storage/pool.ts'
import { insertStaffMessage, type MailboxOfReport, mailboxOfReport } from '../../storage/staffMessages.ts'
import type { SealedContent } from '../sealedReport.ts'
import { organisationRecipient } from '../triage/organisationKeys.ts'
import { sealAlone } from './ownBatch.ts'
import { placeOfStaffMessage, signedByStaff, smallestMessage } from './places.ts'

export interface StaffMessage {
  reportId: string
  author: string
  text: string
  today: string
}

/**
 * Sends a message to the reporter: sealed to the organisation and to the mailbox key that lies inside the sealed
 * report, signed with the sign key. A mailbox row that says otherwise was re-pointed: nothing is sent.
 * Throws `key-gone` (shown as gone) once the reporter has ended contact.
 */
export async function sendStaffMessage(
  query: Query,
  keyring: Keyring,
  { mailbox }: SealedContent,
  { reportId, author, text, today }: StaffMessage,
): Promise<{ id: string; number: number }> {
  const row = await mailboxOfReport(query, reportId)
  if (row === undefined) throw new Fault('key-gone')
  if (!isSameMailbox(row, mailbox)) throw new Fault('not-in-this-state')
  const fill = await lockMailbox(query, row.lookupId)
  if (fill === undefined) throw new Fault('key-gone')

  const id = randomUUID()
  const number = fill.lastNumber + 1
  const to = { kid: mailbox.id, publicKey: Buffer.from(mailbox.sealingKey, 'base64url') }
  const place = placeOfStaffMessage({ id, reportId, writtenOn: today })
  const sealed = await sealAlone(
    place,
    Buffer.from(JSON.stringify({ text })),
    smallestMessage,
    [organisationRecipient(keyring)],
    to,
  )
  const { batch, wrappedKey, body } = sealed
  const version = 1
  const { privateKey = '' } = activeKey(keyring, 'sign')
  const statement = signedByStaff({ id, reportId, version, author, number, sentOn: today, body })
  await insertBatchKeys(query, batch.batchId, batch.organisation)
  if (batch.mailbox !== undefined)
    await insertMailboxBatchKey(query, batch.batchId, mailbox.id, batch.mailbox)
  await insertStaffMessage(query, {
    id,
    reportId,
    mailboxId: mailbox.id,
    number,
    sentOn: today,
    status: 'sent',
    author,
    version,
    writtenOn: today,
    batchId: batch.batchId,
    wrappedKey,
    body,
    signature: signStatement(Buffer.from(privateKey, 'base64url'), statement),
  })
  return { id, number }
}

function isSameMailbox(row: MailboxOfReport, sealed: SealedContent['mailbox']): boolean {
  return (
    row.id === sealed.id &&
    row.sealingKey.toString('base64url') === sealed.sealingKey &&
    row.signingKey.toString('base64url') === sealed.signingKey
  )
}
