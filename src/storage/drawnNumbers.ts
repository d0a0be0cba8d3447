import { byteaArray } from './binaryArray.ts'
import type { Pool } from './pool.ts'

/**
 * Draws one number of those that the server gives to transactions, and one for each value of over 2 KB of those for what it keeps
 * out of line. Nothing remains of the values but that.
 */
export function drawNumbers(pool: Pool<'sotto_triage'>, values: readonly Buffer[]): Promise<void> {
  return pool.transaction(async (query) => {
    await query({
      name: 'draw-numbers',
      text: 'INSERT INTO drawn_numbers SELECT unnest($1::bytea[])',
      values: [byteaArray(values)],
    })
    await query({ name: 'drawn-numbers', text: 'DELETE FROM drawn_numbers', values: [] })
  })
}
