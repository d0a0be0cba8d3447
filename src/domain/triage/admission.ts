import type { Keyring } from '../../crypto/keyring.ts'
import { newBatch, sealBatchKey, wrapDataKey } from '../../crypto/seal.ts'
import { findBoxedReport, moveAttachment, moveReport } from '../../storage/admission.ts'
import type { AttachmentRow } from '../../storage/attachments.ts'
import { insertBatchKeys, insertMailboxBatchKey } from '../../storage/batchKeys.ts'
import { moveReporterMessage, type ReporterMessageRow, sealedKeysOf } from '../../storage/conversation.ts'
import type { Query } from '../../storage/pool.ts'
import type { SealedContent } from '../sealedReport.ts'
import { dataKeyOf, organisationRecipient } from './organisationKeys.ts'

/**
 * Takes a report out of the box on the first act of staff: its data key goes under a new batch key, so that
 * nothing ties it to what was committed with it. Does nothing if it has left the box before.
 */
export async function admitReport(query: Query, keyring: Keyring, id: string): Promise<void> {
  const boxed = await findBoxedReport(query, id)
  if (boxed === undefined) return
  const dataKey = await dataKeyOf(query, keyring, boxed, 'report', id)
  const { batchId, batchKey, sealedKeys } = await newBatch([organisationRecipient(keyring)], 'organisation')
  if (await moveReport(query, id, batchId, wrapDataKey(batchKey, batchId, 'report', id, dataKey))) {
    await insertBatchKeys(query, batchId, sealedKeys)
  }
}

/** Takes an image out of the box, the same way. Its type and size stay open to the mailbox. */
export async function admitAttachment(
  query: Query,
  keyring: Keyring,
  attachment: AttachmentRow,
  mailbox: SealedContent['mailbox'],
): Promise<void> {
  if (!attachment.boxed) return
  const { id, metaBatchId, metaWrappedKey } = attachment
  const imageKey = await dataKeyOf(query, keyring, attachment, 'attachment', id)
  const metaKey = await dataKeyOf(
    query,
    keyring,
    { batchId: metaBatchId, wrappedKey: metaWrappedKey },
    'attachment',
    id,
  )
  const recipient = organisationRecipient(keyring)
  const image = await newBatch([recipient], 'organisation')
  const meta = await newBatch([recipient], 'organisation')
  const toMailbox = await sealBatchKey(
    meta.batchId,
    meta.batchKey,
    { kid: mailbox.id, publicKey: Buffer.from(mailbox.sealingKey, 'base64url') },
    'mailbox',
  )
  const moved = await moveAttachment(query, id, {
    batchId: image.batchId,
    wrappedKey: wrapDataKey(image.batchKey, image.batchId, 'attachment', id, imageKey),
    metaBatchId: meta.batchId,
    metaWrappedKey: wrapDataKey(meta.batchKey, meta.batchId, 'attachment', id, metaKey),
  })
  if (!moved) return
  await insertBatchKeys(query, image.batchId, image.sealedKeys)
  await insertBatchKeys(query, meta.batchId, meta.sealedKeys)
  await insertMailboxBatchKey(query, meta.batchId, mailbox.id, toMailbox)
}

/** Takes a message of the reporter out of the box, the same way. Its reporter opens it as before. */
export async function admitMessage(
  query: Query,
  keyring: Keyring,
  row: ReporterMessageRow,
  mailbox: SealedContent['mailbox'],
): Promise<void> {
  if (!row.boxed) return
  const kind = 'message-from-reporter'
  const dataKey = await dataKeyOf(query, keyring, row, kind, row.id, async () => sealedKeysOf(row))
  const { batchId, batchKey, sealedKeys } = await newBatch([organisationRecipient(keyring)], 'organisation')
  const to = { kid: mailbox.id, publicKey: Buffer.from(mailbox.sealingKey, 'base64url') }
  const toMailbox = await sealBatchKey(batchId, batchKey, to, 'mailbox')
  const wrappedKey = wrapDataKey(batchKey, batchId, kind, row.id, dataKey)
  if (!(await moveReporterMessage(query, row.id, { batchId, wrappedKey }))) return
  await insertBatchKeys(query, batchId, sealedKeys)
  await insertMailboxBatchKey(query, batchId, mailbox.id, toMailbox)
}
