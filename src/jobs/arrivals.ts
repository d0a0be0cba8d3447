import { lockTrail } from '../storage/auditTrail.ts'
import { appendArrival, arrivedSince } from '../storage/events.ts'
import type { Pool } from '../storage/pool.ts'

const hour = 3_600_000

/**
 * Tells staff on each full hour, UTC, that something came from reporters since the hour before, if it did: no sooner,
 * not what, not how much, so that nobody can tell whose report it was by when it came. Any number of instances tell it
 * once. What an instance has seen before it was started it does not know: then anything in the box is new to it.
 */
export function arrivals(pool: Pool<'sotto_triage'>) {
  let before: string | undefined

  return {
    async tell(now: Date): Promise<void> {
      const onTheHour = new Date(Math.round(now.getTime() / hour) * hour)
      const { seen, came } = await arrivedSince(pool.query, before)
      if (came) {
        await pool.transaction(async (query) => {
          await lockTrail(query)
          await appendArrival(query, onTheHour)
        })
      }
      before = seen
    },
  }
}
