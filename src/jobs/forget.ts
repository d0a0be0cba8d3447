import { countSoon, forgetCounters } from '../storage/boxHalves.ts'
import { deleteEvents, forgetArrivals } from '../storage/events.ts'
import type { Pool } from '../storage/pool.ts'
import { deleteDeliveries, forgetArrivalDeliveries } from '../storage/webhookDeliveries.ts'
import { addDays } from '../vocabulary/calendar.ts'

type TriagePool = Pool<'sotto_triage'>

const keptDays = 30
const atATime = 1_000

/** Deletes events, and deliveries of them, that are older than 30 days. For the nightly pass, while no clock is in doubt. */
export async function forgetEvents(pool: TriagePool, today: string): Promise<void> {
  const before = new Date(`${addDays(today, -keptDays)}T00:00:00Z`)
  for (const deleteSome of [deleteEvents, deleteDeliveries]) {
    while ((await deleteSome(pool.query, before, atATime)) === atATime);
  }
}

/**
 * Forgets at which hours of days before `today` something came, and then what was sent of these hours: after the mixing,
 * nothing may tell the time of a day's reports, nor how many rows were met in forgetting it. It waits for no clock.
 */
export async function forgetHours(pool: TriagePool, today: string): Promise<void> {
  await pool.transaction(async (query) => {
    await forgetArrivals(query, new Date(`${today}T00:00:00Z`))
    await countSoon(query)
  })
  await pool.transaction(async (query) => {
    await forgetArrivalDeliveries(query)
    await countSoon(query)
  })
  await pool.transaction(forgetCounters)
}
