import { type Counts, clearHalf, closeHalf, countHalf, type Half } from '../../storage/boxHalves.ts'
import { boxKindNames } from '../../storage/boxKinds.ts'
import { countDoubts } from '../../storage/doubtfulReports.ts'
import { noteMixing } from '../../storage/mixings.ts'
import { placeMailboxes } from '../../storage/placedRows.ts'
import { settleMailboxes } from '../acts/settling.ts'
import { beginBatch } from '../envelope/batch.ts'
import { batchKeysOf } from '../envelope/batchKeys.ts'
import { organisationRecipient } from '../envelope/organisationKeys.ts'
import { storeCommon } from '../envelope/rewrap.ts'
import type { Work } from '../envelope/work.ts'
import { emptyTally, type Move, settle, type Tally } from './move.ts'
import { moveInMailbox } from './moveInMailbox.ts'
import { moveReports } from './moveReports.ts'

export interface HalfDeps extends Work {
  signal: AbortSignal
  half: Half
  /** The day that it is noted under. */
  day: string
  today: string
}

const mailboxesAtOnce = 5_000

/**
 * Moves every row of one half of the box, of whatever day, to the main tables in order of random ids, its data key
 * under a new batch key. Part of one transaction, whose begin and end must not be far from this: writers wait.
 */
export async function moveHalf({ query, keyring, signal, half, day, today }: HalfDeps): Promise<Tally> {
  await closeHalf(query, half)
  const there = await countHalf(query, half)
  const organisation = organisationRecipient(keyring)
  const move: Move = {
    query,
    half,
    today,
    signal,
    organisation,
    batchKeys: batchKeysOf({ query, keyring }),
    common: await beginBatch({ organisation: [organisation] }),
    oldBatches: new Set(),
    imageless: [],
    tally: emptyTally(),
  }
  try {
    // Reports go after what belongs to them: until then each is found in one place only.
    await moveInMailbox(move, 'messages')
    await moveInMailbox(move, 'attachments')
    if (there.reports > 0) await storeCommon(query, move.batchKeys, move.common)
    await moveReports(move)
    await moveMailboxes(move)
    await settleMailboxes(query, move.imageless)
  } finally {
    move.batchKeys.forget()
    move.common.end()
  }
  requireSame(there, move.tally)
  requireSame(await clearHalf(query, half), move.tally)
  Object.assign(move.tally, await countDoubts(query))
  await noteMixing(query, day, today, move.tally)
  return move.tally
}

async function moveMailboxes(move: Move): Promise<void> {
  for (let after: Buffer | undefined; ; ) {
    move.signal.throwIfAborted()
    const { last, seen, taken } = await placeMailboxes(move.query, move.half, after, mailboxesAtOnce)
    if (last === undefined) return
    after = last
    await settle(move, 'mailboxes', seen, taken)
  }
}

/** No row may be missing or one too many. */
function requireSame(counts: Counts, tally: Tally): void {
  for (const kind of boxKindNames) {
    if (counts[kind] !== tally[kind]) throw new TypeError(`the mixing has miscounted the ${kind}`)
  }
}
