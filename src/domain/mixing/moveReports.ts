import type { BoxedReport } from '../../storage/admission.ts'
import type { WrappedKey } from '../../storage/batchKeys.ts'
import { nextBoxedReports } from '../../storage/boxedRows.ts'
import { type Opened, settleReports, withoutImages } from '../acts/settling.ts'
import { associatedDataOf } from '../envelope/associatedData.ts'
import { openContent } from '../envelope/content.ts'
import { parseReport } from '../envelope/sealedReport.ts'
import type { Move } from './move.ts'
import { moveKind } from './moveKind.ts'

const atOnce = 500

type Row = BoxedReport & { keys: WrappedKey[] }

/**
 * Moves the reports, their data keys under the batch of the stretch. Each is opened: what intake said of it in the clear is settled
 * by what it holds.
 */
export function moveReports(move: Move): Promise<void> {
  const { query, half, stretch, batchKeys, common, imageless } = move
  let opened = new Map<string, Opened>()

  async function rewrapAndOpen(row: Row): Promise<WrappedKey[] | undefined> {
    const anew = await batchKeys.withDataKey('report', row, (dataKey) => ({
      wrappedKey: common.wrap('report', row.id, dataKey),
      content: openContent(dataKey, associatedDataOf('report', row), row.body, parseReport),
    }))
    opened.set(row.id, { clear: row, report: anew?.content?.report })
    return anew && [{ batchId: common.keys.batchId, wrappedKey: anew.wrappedKey }]
  }

  return moveKind<Row>(move, {
    kind: 'reports',
    next: async (after) => (await nextBoxedReports(query, half, stretch, after?.id, atOnce)).map(withKeys),
    begin: async () => {
      opened = new Map()
    },
    rewrap: rewrapAndOpen,
    placed: async (rows) => {
      const placed = rows.flatMap(({ id }) => opened.get(id) ?? [])
      await settleReports(query, placed)
      imageless.push(...withoutImages(placed))
    },
  })
}

function withKeys(row: BoxedReport): Row {
  const { batchId, wrappedKey } = row
  return { ...row, keys: [{ batchId, wrappedKey }] }
}
