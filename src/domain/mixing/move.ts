import type { BatchRecipient, newBatch } from '../../crypto/seal.ts'
import { keepOldBatches } from '../../storage/mixedBatches.ts'
import type { Half, Kind } from '../../storage/mixing.ts'
import { setAside } from '../../storage/placedRows.ts'
import type { Query } from '../../storage/pool.ts'
import type { BatchKeys } from '../envelope/mixedBatchKeys.ts'

/** One transaction's way to empty one half of the box. */
export interface Move {
  query: Query
  half: Half
  today: string
  signal: AbortSignal
  batchKeys: BatchKeys
  organisation: BatchRecipient
  /** The one batch of everything that is not a batch of its own. */
  common: Awaited<ReturnType<typeof newBatch>>
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
})

export function addTally(total: Tally, more: Tally): void {
  for (const key of Object.keys(total) as (keyof Tally)[]) total[key] += more[key]
}

/** Counts rows as moved, keeps those apart that met another of the same id, and takes old batches along. */
export async function settle(
  { query, half, today, tally, oldBatches }: Move,
  kind: Kind,
  seen: number,
  taken: readonly (string | Buffer)[],
): Promise<void> {
  const apart = await setAside(query, half, kind, taken, today)
  tally[kind] += seen - taken.length + apart
  tally.unplaced += apart
  await keepOldBatches(query, [...oldBatches])
  oldBatches.clear()
}

/** Takes the old batches of these rows along: what is kept apart stays as it was. */
export function keepBatches(
  { oldBatches }: Move,
  rows: readonly { id: string; batchId: string; metaBatchId?: string }[],
  ids: readonly string[],
): void {
  const kept = new Set(ids)
  for (const { id, batchId, metaBatchId } of rows) {
    if (!kept.has(id)) continue
    oldBatches.add(batchId)
    if (metaBatchId !== undefined) oldBatches.add(metaBatchId)
  }
}
