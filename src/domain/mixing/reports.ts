import { pause } from '../../concurrency/pause.ts'
import { wrapDataKey } from '../../crypto/seal.ts'
import type { BoxedReport } from '../../storage/admission.ts'
import { nextBoxedReports } from '../../storage/boxedRows.ts'
import { placeReports, type Rewrapped } from '../../storage/placedRows.ts'
import { type Opened, settleReports, withoutImages } from '../acts/settling.ts'
import { openContent } from '../envelope/content.ts'
import { parseReport, placeOfReport } from '../envelope/sealedReport.ts'
import { keepBatches, type Move, settle } from './move.ts'

const atOnce = 500

/**
 * Moves the reports, in order of their random ids, their data keys under the common batch. Each is opened: what intake
 * said of it in the clear is settled by what it holds.
 */
export async function moveReports(move: Move): Promise<void> {
  const { query, half, signal, batchKeys, imageless } = move
  for (let after: string | undefined; ; ) {
    signal.throwIfAborted()
    const rows = await nextBoxedReports(query, half, after, atOnce)
    if (rows.length === 0) return
    after = rows.at(-1)?.id
    await batchKeys.open(rows.map(({ batchId }) => batchId))
    const rewrapped: Rewrapped[] = []
    const opened: Opened[] = []
    for (const row of rows) {
      const { wrap, report } = rewrap(move, row)
      rewrapped.push(wrap)
      opened.push({ clear: row, report })
      await pause()
    }
    const taken = await placeReports(query, half, rewrapped)
    keepBatches(move, rows, taken)
    const apart = new Set(taken)
    const placed = opened.filter(({ clear }) => !apart.has(clear.id))
    await settleReports(query, placed)
    imageless.push(...withoutImages(placed))
    await settle(move, 'reports', rows.length, taken)
  }
}

/** Its key under the common batch, and what it holds; neither where it does not open. */
function rewrap({ batchKeys, common, oldBatches, tally }: Move, row: BoxedReport) {
  const dataKey = batchKeys.dataKey(row, 'report', row.id)
  if (dataKey === undefined) {
    tally.unopened++
    oldBatches.add(row.batchId)
    return { wrap: row, report: undefined }
  }
  const { batchId, batchKey } = common
  const wrappedKey = wrapDataKey(batchKey, batchId, 'report', row.id, dataKey)
  const content = openContent(dataKey, placeOfReport(row.id, row.receivedOn), row.body, parseReport)
  dataKey.fill(0)
  return { wrap: { id: row.id, batchId, wrappedKey }, report: content?.report }
}
