import type { Keyring } from '../../crypto/keyring.ts'
import { newBatch, type SealedBatchKey, sealBatchKey, wrapDataKey } from '../../crypto/seal.ts'
import { type BoxedReport, findBoxedReport, moveAttachment, moveReport } from '../../storage/admission.ts'
import type { AttachmentRow } from '../../storage/attachments.ts'
import { insertBatchKeys, insertMailboxBatchKey } from '../../storage/batchKeys.ts'
import { moveReporterMessage, type ReporterMessageRow } from '../../storage/conversation.ts'
import { endDoubt, restrictReport } from '../../storage/doubtfulReports.ts'
import { sealedKeysOf } from '../../storage/keysBeside.ts'
import { keepOldBatches } from '../../storage/mixedBatches.ts'
import type { Query } from '../../storage/pool.ts'
import { sealedReport } from '../../storage/reports.ts'
import { openContent } from '../envelope/content.ts'
import { dataKeyIfAny, dataKeyOf, organisationRecipient } from '../envelope/organisationKeys.ts'
import { parseReport, placeOfReport, type SealedContent } from '../envelope/sealedReport.ts'
import { readReport } from './openReport.ts'
import { settle } from './proposed.ts'
import { agenciesNow, settleMailboxes, settleReports, withoutImages } from './settling.ts'

/**
 * Takes a report out of the box on the first act of staff: its data key goes under a new batch key, so that
 * nothing ties it to what was committed with it. What does not open moves as it is, under its old one. What intake
 * said of it in the clear is settled by what it holds.
 */
export async function admitReport(query: Query, keyring: Keyring, id: string): Promise<void> {
  const boxed = await findBoxedReport(query, id)
  if (boxed === undefined) return checkAgain(query, keyring, id)
  const dataKey = await dataKeyIfAny(query, keyring, boxed, { kind: 'report', objectId: id })
  const isOurs = await (dataKey === undefined
    ? moveAsItIs(query, boxed)
    : moveUnderNewKey(query, keyring, boxed, dataKey))
  if (!isOurs) return
  const place = placeOfReport(id, boxed.receivedOn)
  const content = dataKey && openContent(dataKey, place, boxed.body, parseReport)
  const opened = [{ clear: boxed, report: content?.report }]
  await settleReports(query, opened)
  await settleMailboxes(query, withoutImages(opened))
}

async function moveUnderNewKey(
  query: Query,
  keyring: Keyring,
  { id }: BoxedReport,
  dataKey: Buffer,
): Promise<boolean> {
  const { batchId, batchKey, sealedKeys } = await newBatch([organisationRecipient(keyring)], 'organisation')
  const wrappedKey = wrapDataKey(batchKey, batchId, 'report', id, dataKey)
  if (!(await moveReport(query, id, batchId, wrappedKey))) return false
  await insertBatchKeys(query, batchId, sealedKeys)
  return true
}

async function moveAsItIs(query: Query, { id, batchId, wrappedKey }: BoxedReport): Promise<boolean> {
  await keepOldBatches(query, [batchId])
  return moveReport(query, id, batchId, wrappedKey)
}

/** What could not be read when it left the box may be readable since: then it is settled now. */
async function checkAgain(query: Query, keyring: Keyring, id: string): Promise<void> {
  const row = await sealedReport(query, id)
  if (row?.unreadable !== true) return
  const content = await readReport(query, keyring, row)
  if (content === undefined) return
  await endDoubt(query, id)
  // Of all else, staff may have decided meanwhile.
  if (settle(row, content.report, await agenciesNow(query))?.restricted) await restrictReport(query, id)
  await settleMailboxes(query, withoutImages([{ clear: row, report: content.report }]))
}

/**
 * Takes an image out of the box, the same way. Its type and size stay open to the mailbox. It moves as it is where any of
 * its keys is in doubt: an image must be put away all the same.
 */
export async function admitAttachment(
  query: Query,
  keyring: Keyring,
  attachment: AttachmentRow,
  mailbox: SealedContent['mailbox'],
): Promise<void> {
  if (!attachment.boxed) return
  const { id, batchId, wrappedKey, metaBatchId, metaWrappedKey } = attachment
  const place = { kind: 'attachment', objectId: id } as const
  const metaWrap = { batchId: metaBatchId, wrappedKey: metaWrappedKey }
  const imageKey = await dataKeyIfAny(query, keyring, attachment, place)
  const metaKey = await dataKeyIfAny(query, keyring, metaWrap, place)
  const recipient = organisationRecipient(keyring)
  const image = await newBatch([recipient], 'organisation')
  const meta = await newBatch([recipient], 'organisation')
  const toMailbox = await sealToMailbox(meta, mailbox)
  if (imageKey === undefined || metaKey === undefined || toMailbox === undefined) {
    await keepOldBatches(query, [batchId, metaBatchId])
    await moveAttachment(query, id, { batchId, wrappedKey, metaBatchId, metaWrappedKey })
    return
  }
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
  const batch = await newBatch([organisationRecipient(keyring)], 'organisation')
  const { batchId, batchKey, sealedKeys } = batch
  const toMailbox = await sealToMailbox(batch, mailbox)
  // Nothing can be sealed to its key: the mixing moves it, as it is.
  if (toMailbox === undefined) return
  const wrappedKey = wrapDataKey(batchKey, batchId, kind, row.id, dataKey)
  if (!(await moveReporterMessage(query, row.id, { batchId, wrappedKey }))) return
  await insertBatchKeys(query, batchId, sealedKeys)
  await insertMailboxBatchKey(query, batchId, mailbox.id, toMailbox)
}

/** Undefined where nothing can be sealed to the mailbox's key: it is the sealed report's word alone. */
function sealToMailbox(
  { batchId, batchKey }: { batchId: string; batchKey: Buffer },
  { id, sealingKey }: SealedContent['mailbox'],
): Promise<SealedBatchKey | undefined> {
  const to = { kid: id, publicKey: Buffer.from(sealingKey, 'base64url') }
  return sealBatchKey(batchId, batchKey, to, 'mailbox').catch(() => undefined)
}
