import type { Query } from './pool.ts'

/** What one transaction does at a time, whichever instance it belongs to. Intake cannot lock these rows. */
export type Turn = 'trail' | 'mixing' | 'retention' | 'links' | 'statistics'

/** Waits for its turn, and holds it to the end of the transaction. */
export async function takeTurn(query: Query, turn: Turn): Promise<void> {
  await query({ name: 'take-turn', text: 'SELECT FROM turns WHERE name = $1 FOR UPDATE', values: [turn] })
}

/** Takes its turn to the end of the transaction, unless another has it; tells whether it did. */
export async function tryTurn(query: Query, turn: Turn): Promise<boolean> {
  const rows = await query({
    name: 'try-turn',
    text: 'SELECT name FROM turns WHERE name = $1 FOR UPDATE SKIP LOCKED',
    values: [turn],
  })
  return rows.length > 0
}
