import type { Pool } from '../../storage/pool.ts'
import { deleteDeliveries, forgetArrivalDeliveries } from '../../storage/webhookDeliveries.ts'
import { addDays } from '../calendar.ts'

const keptDays = 30
const atATime = 1_000

/**
 * Deletes deliveries of events that are older than 30 days, and those of hours that are forgotten. For the nightly pass,
 * after the events themselves.
 */
export async function forgetDeliveries(pool: Pool<'sotto_triage'>, today: string): Promise<void> {
  const before = new Date(`${addDays(today, -keptDays)}T00:00:00Z`)
  while ((await deleteDeliveries(pool.query, before, atATime)) === atATime);
  await pool.transaction(forgetArrivalDeliveries)
}
