import type { BatchRecipient } from '../../crypto/seal.ts'
import { keepOldBatches } from '../../storage/batchKeys.ts'
import type { Half } from '../../storage/boxHalves.ts'
import type { BoxKindName } from '../../storage/boxKinds.ts'
import type { Stretch } from '../../storage/boxStretches.ts'
import { setAside } from '../../storage/placedRows.ts'
import type { Query } from '../../storage/pool.ts'
import type { Batch } from '../envelope/batch.ts'
import type { BatchKeys } from '../envelope/batchKeys.ts'

/** One half of the box, emptied in many transactions, each of which moves a stretch of it. */
export interface Pass {
  half: Half
  /** The day that it is noted under. */
  day: string
  today: string
  signal: AbortSignal
  batchKeys: BatchKeys
  organisation: BatchRecipient
}

/** One transaction's way to move one stretch. */
export interface Move extends Pass {
  query: Query
  stretch: Stretch
  /** The batch of its reports. Its keys are stored together with them: a key that nothing names yet may be deleted by others. */
  common: Batch
  /** Old batches that something of the rows under way stays under. */
  oldBatches: Set<string>
  /** Reports about what takes no images, whose mailboxes follow. */
  imageless: string[]
  tally: Tally
}

export interface Tally {
  reports: number
  messages: number
  attachments: number
  mailboxes: number
  /** Rows of these that did not open: moved under their old batch keys. */
  unopened: number
  /** Rows of these that met another of the same id: kept apart. */
  unplaced: number
  /** Reports that cannot be read, of those that have left the box since the last mixing. */
  unreadable: number
  /** Of those, reports of which intake said something else than what they hold: the stricter holds. */
  differing: number
  /** Messages and images that are not their reporter's, or hold something else: nobody is shown them. */
  strange: number
}

export const emptyTally = (): Tally => ({
  reports: 0,
  messages: 0,
  attachments: 0,
  mailboxes: 0,
  unopened: 0,
  unplaced: 0,
  unreadable: 0,
  differing: 0,
  strange: 0,
})

export function addTally(total: Tally, more: Tally): void {
  for (const key of Object.keys(total) as (keyof Tally)[]) total[key] += more[key]
}

/** Counts rows as moved, keeps those apart that met another of the same id, and takes old batches along. */
export async function settle(
  { query, half, today, tally, oldBatches }: Move,
  kind: BoxKindName,
  seen: number,
  taken: readonly (string | Buffer)[],
): Promise<void> {
  const apart = await setAside(query, half, kind, taken, today)
  tally[kind] += seen - taken.length + apart
  tally.unplaced += apart
  await keepOldBatches(query, [...oldBatches])
  oldBatches.clear()
}

/** Takes the old batches of these rows along: what is kept apart, or does not open, stays as it was. */
export function keepBatches(
  { oldBatches }: Move,
  rows: readonly { keys: readonly { batchId: string }[] }[],
): void {
  for (const { batchId } of rows.flatMap(({ keys }) => keys)) oldBatches.add(batchId)
}
