import { deleteEvents, forgetArrivals } from '../../storage/events.ts'
import type { Pool } from '../../storage/pool.ts'
import { addDays } from '../../vocabulary/calendar.ts'

const keptDays = 30
const atATime = 1_000

/** Deletes events that are older than 30 days. For the nightly pass, while no clock is in doubt. */
export async function forgetEvents(pool: Pool<'sotto_triage'>, today: string): Promise<void> {
  const before = new Date(`${addDays(today, -keptDays)}T00:00:00Z`)
  while ((await deleteEvents(pool.query, before, atATime)) === atATime);
}

/**
 * Forgets at which hours of days before `today` something came: after the mixing, nothing may tell the time of a day's
 * reports. It waits for no clock.
 */
export function forgetArrivedHours(pool: Pool<'sotto_triage'>, today: string): Promise<void> {
  return pool.transaction((query) => forgetArrivals(query, new Date(`${today}T00:00:00Z`)))
}
