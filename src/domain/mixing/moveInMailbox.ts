import { insertBatchKeys, type NewBatch, type WrappedKey } from '../../storage/batchKeys.ts'
import { type BoxedRow, nextBoxed } from '../../storage/boxedRows.ts'
import { boxOf } from '../../storage/boxKinds.ts'
import { wrappedKeyColumns } from '../../vocabulary/sealedKinds.ts'
import { mailboxKeysOf, type SealedMailboxes } from '../envelope/mailboxKeys.ts'
import { type Rewrapped, rewrap, wrapOf } from '../envelope/rewrap.ts'
import type { Move } from './move.ts'
import { moveKind } from './moveKind.ts'
import { isReadable } from './readable.ts'

/** Of messages, reports are opened, each of which may be as large as a request. Of images, each may be 8 MiB, which the database copies. */
const atOnce = { messages: 100, attachments: 8 }

/**
 * Moves what reporters added to their mailboxes. Whatever the table of sealed kinds says lies in a row gets a batch of its
 * own, as after admission: whoever opens one must not open its neighbours, and destruction begins with its batch key.
 */
export function moveInMailbox(move: Move, kind: 'messages' | 'attachments'): Promise<void> {
  const { query, half, stretch, batchKeys, organisation } = move
  const columns = wrappedKeyColumns.filter(({ box }) => box === boxOf(kind))
  let mailboxes: SealedMailboxes = { recipientOf: () => 'unsure', contentOf: () => undefined }
  let batches: NewBatch[] = []

  async function rewrapAll(row: BoxedRow): Promise<WrappedKey[] | undefined> {
    const mailbox = mailboxes.recipientOf(row)
    if (mailbox === 'unsure') return undefined
    const all: Rewrapped[] = []
    for (const [index, { sealedAs, alsoTo }] of columns.entries()) {
      const key = row.keys[index]
      const to = alsoTo === 'mailbox' && mailbox !== 'ended' ? mailbox : undefined
      const anew =
        key &&
        (await batchKeys.withDataKey(sealedAs, { id: row.id, ...key }, (dataKey) =>
          rewrap(sealedAs, row.id, dataKey, { organisation: [organisation], mailbox: to }),
        ))
      // Nor where nothing can be sealed to the mailbox's key.
      if (anew === undefined || (to !== undefined && anew.batch.mailbox === undefined)) return undefined
      all.push(anew)
    }
    batches.push(...all.map(({ batch }) => batch))
    return all.map(wrapOf)
  }

  return moveKind<BoxedRow>(move, {
    kind,
    next: (after) => nextBoxed(query, half, kind, stretch, after, atOnce[kind]),
    begin: async (rows) => {
      const reports = rows.map(({ reportId }) => reportId)
      mailboxes = await mailboxKeysOf(query, batchKeys, reports)
      batches = []
    },
    rewrap: rewrapAll,
    beforePlacing: () => insertBatchKeys(query, batches),
    placed: async (rows) => {
      for (const row of rows) {
        if (!(await isReadable(move, kind, row, mailboxes.contentOf(row)))) move.tally.strange++
      }
    },
  })
}
