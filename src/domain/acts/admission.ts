import { type BoxedReport, findBoxedReport, moveFromMailbox, moveReport } from '../../storage/admission.ts'
import type { AttachmentRow } from '../../storage/attachments.ts'
import { insertBatchKeys, keepOldBatches } from '../../storage/batchKeys.ts'
import type { ReporterMessageRow } from '../../storage/conversation.ts'
import { endDoubt, restrictReport } from '../../storage/doubtfulReports.ts'
import { sealedKeysOf } from '../../storage/keysBeside.ts'
import type { Query } from '../../storage/pool.ts'
import { sealedReport } from '../../storage/reports.ts'
import { associatedDataOf } from '../envelope/associatedData.ts'
import { openContent } from '../envelope/content.ts'
import { withDataKey } from '../envelope/open.ts'
import { organisationRecipient } from '../envelope/organisationKeys.ts'
import { type Rewrapped, rewrap, wrapOf } from '../envelope/rewrap.ts'
import { mailboxRecipient, parseReport, type SealedContent } from '../envelope/sealedReport.ts'
import type { Work } from '../envelope/work.ts'
import { readReport } from './openReport.ts'
import { settle } from './proposed.ts'
import { agenciesNow, settleMailboxes, settleReports, withoutImages } from './settling.ts'

/**
 * Takes a report out of the box on the first act of staff: its data key goes under a new batch key, so that
 * nothing ties it to what was committed with it. What does not open moves as it is, under its old one. What intake
 * said of it in the clear is settled by what it holds.
 */
export async function admitReport(work: Work, id: string): Promise<void> {
  const boxed = await findBoxedReport(work.query, id)
  if (boxed === undefined) return checkAgain(work, id)
  const organisation = [organisationRecipient(work.keyring)]
  const opened = await withDataKey(work, 'report', boxed, async (dataKey) => ({
    ...(await rewrap('report', id, dataKey, { organisation })),
    content: openContent(dataKey, associatedDataOf('report', boxed), boxed.body, parseReport),
  }))
  if (!(await moveUnderNewKey(work.query, boxed, opened))) return
  const settled = [{ clear: boxed, report: opened?.content?.report }]
  await settleReports(work.query, settled)
  await settleMailboxes(work.query, withoutImages(settled))
}

async function moveUnderNewKey(
  query: Query,
  { id, batchId, wrappedKey }: BoxedReport,
  anew: Rewrapped | undefined,
): Promise<boolean> {
  if (anew === undefined) {
    await keepOldBatches(query, [batchId])
    return moveReport(query, id, { batchId, wrappedKey })
  }
  if (!(await moveReport(query, id, wrapOf(anew)))) return false
  await insertBatchKeys(query, [anew.batch])
  return true
}

/** What could not be read when it left the box may be readable since: then it is settled now. */
async function checkAgain(work: Work, id: string): Promise<void> {
  const row = await sealedReport(work.query, id)
  if (row?.unreadable !== true) return
  const content = await readReport(work, row)
  if (content === undefined) return
  await endDoubt(work.query, id)
  // Of all else, staff may have decided meanwhile.
  if (settle(row, content.report, await agenciesNow(work.query))?.restricted)
    await restrictReport(work.query, id)
  await settleMailboxes(work.query, withoutImages([{ clear: row, report: content.report }]))
}

/**
 * Takes an image out of the box, the same way. Its type and size stay open to the mailbox. It moves as it is where any of
 * its keys is in doubt: an image must be put away all the same.
 */
export async function admitAttachment(
  work: Work,
  attachment: AttachmentRow,
  mailbox: SealedContent['mailbox'],
): Promise<void> {
  if (!attachment.boxed) return
  const { id, batchId, wrappedKey, metaBatchId, metaWrappedKey } = attachment
  const organisation = [organisationRecipient(work.keyring)]
  const to = { organisation, mailbox: mailboxRecipient(mailbox) }
  const metaWrap = { id, batchId: metaBatchId, wrappedKey: metaWrappedKey }
  const image = await withDataKey(work, 'image', attachment, (dataKey) =>
    rewrap('image', id, dataKey, { organisation }),
  )
  const meta = await withDataKey(work, 'imageFacts', metaWrap, (dataKey) =>
    rewrap('imageFacts', id, dataKey, to),
  )
  if (image === undefined || meta?.batch.mailbox === undefined) {
    await keepOldBatches(work.query, [batchId, metaBatchId])
    await moveFromMailbox(work.query, 'attachments', id, [{ batchId, wrappedKey }, metaWrap])
    return
  }
  const moved = await moveFromMailbox(work.query, 'attachments', id, [wrapOf(image), wrapOf(meta)])
  if (moved) await insertBatchKeys(work.query, [image.batch, meta.batch])
}

/** Takes a message of the reporter out of the box, the same way. Its reporter opens it as before. */
export async function admitMessage(
  work: Work,
  row: ReporterMessageRow,
  mailbox: SealedContent['mailbox'],
): Promise<void> {
  if (!row.boxed) return
  const to = { organisation: [organisationRecipient(work.keyring)], mailbox: mailboxRecipient(mailbox) }
  const anew = await withDataKey(
    work,
    'reporterMessage',
    row,
    (dataKey) => rewrap('reporterMessage', row.id, dataKey, to),
    async () => sealedKeysOf(row),
  )
  // Nothing can be sealed to its key: the mixing moves it, as it is.
  if (anew?.batch.mailbox === undefined) return
  if (!(await moveFromMailbox(work.query, 'messages', row.id, [wrapOf(anew)]))) return
  await insertBatchKeys(work.query, [anew.batch])
}
