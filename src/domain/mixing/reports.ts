import { wrapDataKey } from '../../crypto/seal.ts'
import { type BoxedReport, nextBoxed } from '../../storage/boxedRows.ts'
import { placeReports, type Rewrapped } from '../../storage/placedRows.ts'
import { keepBatches, type Move, settle } from './move.ts'
import { pause } from './pause.ts'

const atOnce = 500

/** Moves the reports, in order of their random ids, their data keys under the common batch. */
export async function moveReports(move: Move): Promise<void> {
  const { query, half, signal, batchKeys } = move
  for (let after: string | undefined; ; ) {
    signal.throwIfAborted()
    const rows = await nextBoxed(query, half, 'reports', after, atOnce)
    if (rows.length === 0) return
    after = rows.at(-1)?.id
    await batchKeys.open(rows.map(({ batchId }) => batchId))
    const rewrapped: Rewrapped[] = []
    for (const row of rows) {
      rewrapped.push(rewrap(move, row))
      await pause()
    }
    const taken = await placeReports(query, half, rewrapped)
    keepBatches(move, rows, taken)
    await settle(move, 'reports', rows.length, taken)
  }
}

function rewrap({ batchKeys, common, oldBatches, tally }: Move, row: BoxedReport): Rewrapped {
  const dataKey = batchKeys.dataKey(row, 'report', row.id)
  if (dataKey === undefined) {
    tally.unopened++
    oldBatches.add(row.batchId)
    return row
  }
  const { batchId, batchKey } = common
  const wrappedKey = wrapDataKey(batchKey, batchId, 'report', row.id, dataKey)
  dataKey.fill(0)
  return { id: row.id, batchId, wrappedKey }
}
