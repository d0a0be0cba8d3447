import { countSoon } from '../../storage/boxHalves.ts'
import { dropAnswers, moveAnswers, renewAnswers, walkAnswers } from '../../storage/idempotencyStore.ts'
import type { Pool } from '../../storage/pool.ts'
import { addDays } from '../../vocabulary/calendar.ts'
import { shortWaits } from './shortWaits.ts'
import { whenFree } from './whenFree.ts'

/** A statement's worth, since intake may have kept as many as it likes, of up to a MiB each. */
const atOnce = 100
/** Intake waits while so many are renewed, for a few tenths of a second. */
const renewedAtMost = 3_000
const bytesRenewedAtMost = 64 * 1024 * 1024

/**
 * Puts the answers kept on days that have ended in order of their hashes, and drops those whose time is over. They
 * share no transaction id with the reports. What was kept today stays, in order of the hashes too.
 */
export async function mixIdempotencyStore(
  pool: Pool<'sotto_triage'>,
  today: string,
  signal: AbortSignal,
): Promise<void> {
  const isOver = addDays(today, -2)
  await pool.transaction(async (query) => {
    await walkAnswers(query)
    await byStretches(signal, (after) => dropAnswers(query, isOver, after, atOnce))
    await byStretches(signal, (after) => moveAnswers(query, today, after, atOnce))
    await countSoon(query)
  })
  const policy = { signal, waits: shortWaits, intakeHolds: 1 }
  await whenFree(pool, policy, (query) => renewAnswers(query, today, renewedAtMost, bytesRenewedAtMost))
}

/** Goes on from the last of one stretch to the next, until there is none. */
async function byStretches(
  signal: AbortSignal,
  next: (after: Buffer | undefined) => Promise<Buffer | undefined>,
): Promise<void> {
  let last = await next(undefined)
  while (last !== undefined) {
    signal.throwIfAborted()
    last = await next(last)
  }
}
