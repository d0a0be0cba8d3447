import { dropAnswers, moveAnswers, renewAnswers } from '../../storage/idempotencyStore.ts'
import type { Pool } from '../../storage/pool.ts'
import { addDays } from '../../vocabulary/calendar.ts'
import { shortWaits } from './shortWaits.ts'
import { whenFree } from './whenFree.ts'

const atOnce = 500
/** Intake waits while so many are renewed, for a few tenths of a second. */
const renewedAtMost = 3_000

/**
 * Puts the answers kept on days that have ended in order of their hashes, and drops those whose time is over. They
 * share no transaction id with the reports. What was kept today stays, in order of the hashes too.
 */
export async function mixIdempotencyStore(
  pool: Pool<'sotto_triage'>,
  today: string,
  signal: AbortSignal,
): Promise<void> {
  await pool.transaction(async (query) => {
    await dropAnswers(query, addDays(today, -2))
    for (let last: Buffer | undefined; ; ) {
      signal.throwIfAborted()
      last = await moveAnswers(query, today, last, atOnce)
      if (last === undefined) return
    }
  })
  const policy = { signal, waits: shortWaits, intakeHolds: 1 }
  await whenFree(pool, policy, (query) => renewAnswers(query, today, renewedAtMost))
}
