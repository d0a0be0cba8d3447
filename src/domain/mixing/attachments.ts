import { pause } from '../../concurrency/pause.ts'
import { type BoxedAttachment, nextBoxed } from '../../storage/boxedRows.ts'
import { insertOwnBatches, type NewOwnBatch } from '../../storage/mixedBatches.ts'
import { placeAttachments, type RewrappedAttachment } from '../../storage/placedRows.ts'
import { type MailboxOf, mailboxKeysOf } from '../envelope/mailboxKeys.ts'
import { wrapAlone } from '../envelope/mixedBatch.ts'
import { keepBatches, type Move, settle } from './move.ts'

/** Each may be 8 MiB, which the database copies. */
const atOnce = 8

/**
 * Moves the images, in order of their random ids. An image is a batch of its own, as after admission, since its
 * destruction begins with its batch key; so is its type and size, which the mailbox may open.
 */
export async function moveAttachments(move: Move): Promise<void> {
  const { query, half, signal, batchKeys } = move
  for (let after: string | undefined; ; ) {
    signal.throwIfAborted()
    const rows = await nextBoxed(query, half, 'attachments', after, atOnce)
    if (rows.length === 0) return
    after = rows.at(-1)?.id
    const mailboxOf = await mailboxKeysOf(
      query,
      batchKeys,
      rows.map(({ reportId }) => reportId),
    )
    await batchKeys.open(rows.flatMap(({ batchId, metaBatchId }) => [batchId, metaBatchId]))
    const rewrapped: RewrappedAttachment[] = []
    const batches: NewOwnBatch[] = []
    for (const row of rows) {
      const own = await rewrap(move, row, mailboxOf)
      if (own === undefined) {
        move.tally.unopened++
        keepBatches(move, [row], [row.id])
      } else batches.push(...own.batches)
      rewrapped.push(own?.row ?? row)
      await pause()
    }
    await insertOwnBatches(query, batches)
    const taken = await placeAttachments(query, half, rewrapped)
    keepBatches(move, rows, taken)
    await settle(move, 'attachments', rows.length, taken)
  }
}

/** Undefined where either key, or whose mailbox it is, is in doubt. */
async function rewrap({ batchKeys, organisation }: Move, row: BoxedAttachment, mailboxOf: MailboxOf) {
  const { id, metaBatchId, metaWrappedKey } = row
  const imageKey = batchKeys.dataKey(row, 'attachment', id)
  const metaKey = batchKeys.dataKey({ batchId: metaBatchId, wrappedKey: metaWrappedKey }, 'attachment', id)
  const mailbox = mailboxOf(row)
  if (imageKey === undefined || metaKey === undefined || mailbox === 'unsure') return undefined
  const image = await wrapAlone(imageKey, 'attachment', id, organisation)
  const to = mailbox === 'ended' ? undefined : mailbox
  const meta = await wrapAlone(metaKey, 'attachment', id, organisation, to)
  if (image === undefined || meta === undefined) return undefined
  return {
    batches: [image.batch, meta.batch],
    row: {
      id,
      batchId: image.batch.batchId,
      wrappedKey: image.wrappedKey,
      metaBatchId: meta.batch.batchId,
      metaWrappedKey: meta.wrappedKey,
    },
  }
}
