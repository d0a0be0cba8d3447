import type { Pool } from './pool.ts'

export interface EndedSessions {
  ended: number
  /** Whether the service may end sessions of intake at all. */
  allowed: boolean
}

/**
 * Ends sessions of intake whose transaction has held locks for so many seconds: whoever has taken intake over could
 * otherwise stand in the way for ever. A session that waits for the staff side is left alone.
 */
export async function endIntakeInTheWay(pool: Pool<'sotto_triage'>, seconds: number): Promise<EndedSessions> {
  // In a transaction, whose failure costs no connection.
  const rows = await pool.transaction((query) =>
    query<EndedSessions>({
      name: 'end-intake-in-the-way',
      text: 'SELECT ended, allowed FROM end_intake_in_the_way($1)',
      values: [seconds],
    }),
  )
  return rows[0] ?? { ended: 0, allowed: false }
}
