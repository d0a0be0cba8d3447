import { deleteEvents, forgetArrivals } from '../../storage/events.ts'
import type { Pool } from '../../storage/pool.ts'
import { addDays } from '../calendar.ts'

const keptDays = 30
const atATime = 1_000

/**
 * Deletes events that are older than 30 days, and at which hours of days before `today` something came: after the mixing,
 * nothing may tell the time of a day's reports. For the nightly pass.
 */
export async function forgetEvents(pool: Pool<'sotto_triage'>, today: string): Promise<void> {
  const before = new Date(`${addDays(today, -keptDays)}T00:00:00Z`)
  while ((await deleteEvents(pool.query, before, atATime)) === atATime);
  await pool.transaction((query) => forgetArrivals(query, new Date(`${today}T00:00:00Z`)))
}
