import type { Keyring } from '../../crypto/keyring.ts'
import {
  type Counts,
  clearKeys,
  closeHalf,
  countHalf,
  type Half,
  sizeOfHalf,
} from '../../storage/boxHalves.ts'
import { boxKindNames } from '../../storage/boxKinds.ts'
import {
  clearStretch,
  countStretch,
  firstId,
  lastId,
  nextStretch,
  type StretchLimits,
  stretchBytes,
} from '../../storage/boxStretches.ts'
import { noteMixing } from '../../storage/mixings.ts'
import { placeMailboxes } from '../../storage/placedRows.ts'
import type { Pool, Query } from '../../storage/pool.ts'
import { settleMailboxes } from '../acts/settling.ts'
import { type Batch, beginBatch } from '../envelope/batch.ts'
import { batchKeysOf } from '../envelope/batchKeys.ts'
import { organisationRecipient } from '../envelope/organisationKeys.ts'
import { storeCommon } from '../envelope/rewrap.ts'
import { addTally, emptyTally, type Move, type Pass, settle, type Tally } from './move.ts'
import { moveInMailbox } from './moveInMailbox.ts'
import { moveReports } from './moveReports.ts'

export interface HalfDeps {
  keyring: Keyring
  signal: AbortSignal
  half: Half
  /** The day that it is noted under. */
  day: string
  today: string
  /** Rows of each kind in one transaction. */
  limits: StretchLimits
}

/** What a second or two moves: who would change a row of the half waits no longer. An image may be of 8 MiB. */
export const usualLimits: StretchLimits = {
  reports: 5_000,
  mailboxes: 5_000,
  messages: 2_000,
  attachments: 100,
}
const mailboxesAtOnce = 5_000

/** Does one piece of work in one transaction, as soon as nobody is in the way; undefined if somebody always was. */
type InTransaction = <T>(work: (query: Query) => Promise<T>) => Promise<T | undefined>

/**
 * Moves every row of one half of the box, of whatever day, to the main tables in order of random ids, its data key
 * under a new batch key: a stretch of ids in each transaction, so that however much lies there, nobody who would change
 * any of it waits for long. Undefined if somebody was always in the way: what was moved before stays moved.
 */
export async function moveHalf(
  { keyring, limits, ...deps }: HalfDeps,
  pool: Pool<'sotto_triage'>,
  inTransaction: InTransaction,
): Promise<Tally | undefined> {
  const total = emptyTally()
  const size = await sizeOfHalf(pool.query, deps.half)
  let stretchesLeft = stretchesOf(await countHalf(pool.query, deps.half), size, limits)
  let from = firstId
  const pass = await beginPass(keyring, deps)
  try {
    // Where rows keep coming, what was there is moved, and the next pass takes the others.
    for (; stretchesLeft > 0; stretchesLeft--) {
      pass.signal.throwIfAborted()
      const moved = await inTransaction((query) => pass.move(query, from, limits))
      if (moved === undefined) return undefined
      addTally(total, moved.tally)
      if (moved.to === lastId) break
      from = moved.to
    }
    return total
  } finally {
    pass.end()
  }
}

/** So many at the most: each but the last is full of one kind, by rows or by bytes. */
function stretchesOf(counts: Counts, size: number, limits: StretchLimits): number {
  const byBytes = Math.ceil(size / stretchBytes)
  return boxKindNames.reduce((sum, kind) => sum + Math.ceil(counts[kind] / limits[kind]), 1 + byBytes)
}

async function beginPass(keyring: Keyring, deps: Omit<HalfDeps, 'keyring' | 'limits'>) {
  let current: Query | undefined
  // Keys once opened serve every transaction of the pass.
  const query: Query = (statement) => {
    if (current === undefined) throw new TypeError('outside of a transaction')
    return current(statement)
  }
  const organisation = organisationRecipient(keyring)
  const batchKeys = batchKeysOf({ query, keyring })
  const pass: Pass = { ...deps, organisation, batchKeys }
  return Object.assign(pass, {
    async move(of: Query, from: string, limits: StretchLimits) {
      current = of
      const common = await beginBatch({ organisation: [organisation] })
      try {
        return await moveStretch(pass, common, of, from, limits)
      } catch (error) {
        // What was being looked for is as if it had not been found.
        batchKeys.forget()
        throw error
      } finally {
        common.end()
      }
    },
    end: () => batchKeys.forget(),
  })
}

/** One transaction, whose begin and end must not be far from this: writers wait. */
async function moveStretch(pass: Pass, common: Batch, query: Query, from: string, limits: StretchLimits) {
  const { half, day, today, batchKeys } = pass
  await closeHalf(query, half)
  const stretch = await nextStretch(query, half, from, limits)
  const there = await countStretch(query, half, stretch)
  const tally = emptyTally()
  const move: Move = { ...pass, query, stretch, common, tally, oldBatches: new Set(), imageless: [] }
  // Reports go after what belongs to them: until then each is found in one place only.
  await moveInMailbox(move, 'messages')
  await moveInMailbox(move, 'attachments')
  if (there.reports > 0) await storeCommon(query, batchKeys, common)
  await moveReports(move)
  await moveMailboxes(move)
  await settleMailboxes(query, move.imageless)
  requireSame(there, tally)
  requireSame(await clearStretch(query, half, stretch), tally)
  if (stretch.to === lastId) await clearKeys(query, half)
  await noteMixing(query, day, today, tally)
  return { to: stretch.to, tally }
}

async function moveMailboxes(move: Move): Promise<void> {
  const { query, half, stretch, signal } = move
  for (let after: Buffer | undefined; ; ) {
    signal.throwIfAborted()
    const { last, seen, taken } = await placeMailboxes(query, half, stretch, after, mailboxesAtOnce)
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
