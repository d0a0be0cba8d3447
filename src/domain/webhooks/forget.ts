import type { Pool } from '../../storage/pool.ts'
import { deleteDeliveries, forgetArrivalDeliveries } from '../../storage/webhookDeliveries.ts'
import { addDays } from '../../vocabulary/calendar.ts'

const keptDays = 30
const atATime = 1_000

/** Deletes deliveries of events that are older than 30 days. For the nightly pass, while no clock is in doubt. */
export async function forgetDeliveries(pool: Pool<'sotto_triage'>, today: string): Promise<void> {
  const before = new Date(`${addDays(today, -keptDays)}T00:00:00Z`)
  while ((await deleteDeliveries(pool.query, before, atATime)) === atATime);
}

/** Deletes deliveries of hours that are forgotten, after the hours themselves. It waits for no clock. */
export function forgetDeliveredHours(pool: Pool<'sotto_triage'>): Promise<void> {
  return pool.transaction(forgetArrivalDeliveries)
}
