import { yieldToEventLoop } from '../../concurrency/yieldToEventLoop.ts'
import type { WrappedKey } from '../../storage/batchKeys.ts'
import { placeRows } from '../../storage/placedRows.ts'
import { keepBatches, type Move, settle } from './move.ts'

interface Row {
  id: string
  keys: readonly WrappedKey[]
}

/** How one kind of row is moved. */
export interface Way<R extends Row> {
  kind: 'messages' | 'attachments' | 'reports'
  /** The next rows after that one, in an order by random ids; none at the end. */
  next: (after: R | undefined) => Promise<R[]>
  /** Its keys under new batches; undefined where one of them, or for whom it is, is in doubt: it stays under its old. */
  rewrap: (row: R) => Promise<readonly WrappedKey[] | undefined>
  /** What else is to be done before rows are read one by one, before they are placed, and with those that were. */
  begin?: (rows: readonly R[]) => Promise<void>
  beforePlacing?: () => Promise<void>
  placed?: (rows: readonly R[]) => Promise<void>
}

/** Moves every row of one kind in the stretch, in order of their random ids. Those whose id is taken are kept apart. */
export async function moveKind<R extends Row>(move: Move, way: Way<R>): Promise<void> {
  const { query, half, signal, batchKeys, tally } = move
  for (let after: R | undefined; ; ) {
    signal.throwIfAborted()
    const rows = await way.next(after)
    if (rows.length === 0) return
    after = rows.at(-1)
    await way.begin?.(rows)
    await batchKeys.open(rows.flatMap(({ keys }) => keys.map(({ batchId }) => batchId)))
    const anew: Row[] = []
    for (const row of rows) {
      const keys = await way.rewrap(row)
      if (keys === undefined) {
        tally.unopened++
        keepBatches(move, [row])
      }
      anew.push({ id: row.id, keys: keys ?? row.keys })
      await yieldToEventLoop()
    }
    await way.beforePlacing?.()
    const taken = new Set(await placeRows(query, half, way.kind, anew))
    keepBatches(
      move,
      rows.filter(({ id }) => taken.has(id)),
    )
    await way.placed?.(rows.filter(({ id }) => !taken.has(id)))
    await settle(move, way.kind, rows.length, [...taken])
  }
}
