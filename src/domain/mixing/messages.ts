import { pause } from '../../concurrency/pause.ts'
import { type BoxedMessage, nextBoxed } from '../../storage/boxedRows.ts'
import { insertOwnBatches, type NewOwnBatch } from '../../storage/mixedBatches.ts'
import { placeMessages, type Rewrapped } from '../../storage/placedRows.ts'
import { type MailboxOf, mailboxKeysOf } from '../envelope/mailboxKeys.ts'
import { wrapAlone } from '../envelope/mixedBatch.ts'
import { keepBatches, type Move, settle } from './move.ts'

/** Their reports are opened, each of which may be as large as a request. */
const atOnce = 100

/** Moves the reporters' messages, in order of their random ids, each under a new batch of its own. */
export async function moveMessages(move: Move): Promise<void> {
  const { query, half, signal, batchKeys, oldBatches } = move
  for (let after: string | undefined; ; ) {
    signal.throwIfAborted()
    const rows = await nextBoxed(query, half, 'messages', after, atOnce)
    if (rows.length === 0) return
    after = rows.at(-1)?.id
    const mailboxOf = await mailboxKeysOf(
      query,
      batchKeys,
      rows.map(({ reportId }) => reportId),
    )
    await batchKeys.open(rows.map(({ batchId }) => batchId))
    const rewrapped: Rewrapped[] = []
    const batches: NewOwnBatch[] = []
    for (const row of rows) {
      const own = await rewrap(move, row, mailboxOf)
      if (own === undefined) {
        move.tally.unopened++
        oldBatches.add(row.batchId)
      } else batches.push(own.batch)
      rewrapped.push(
        own === undefined ? row : { id: row.id, batchId: own.batch.batchId, wrappedKey: own.wrappedKey },
      )
      await pause()
    }
    await insertOwnBatches(query, batches)
    const taken = await placeMessages(query, half, rewrapped)
    keepBatches(move, rows, taken)
    await settle(move, 'messages', rows.length, taken)
  }
}

/** Undefined where the key, or whose mailbox it is, is in doubt. */
async function rewrap({ batchKeys, organisation }: Move, row: BoxedMessage, mailboxOf: MailboxOf) {
  const kind = 'message-from-reporter'
  const dataKey = batchKeys.dataKey(row, kind, row.id)
  const mailbox = mailboxOf(row)
  if (dataKey === undefined || mailbox === 'unsure') return undefined
  return wrapAlone(dataKey, kind, row.id, organisation, mailbox === 'ended' ? undefined : mailbox)
}
