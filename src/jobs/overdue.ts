import { lockTrail } from '../storage/auditTrail.ts'
import { appendOverdue } from '../storage/events.ts'
import type { Pool } from '../storage/pool.ts'
import { dayOf } from '../vocabulary/calendar.ts'

/** At a time: acts of staff wait meanwhile. */
const reportsAtOnce = 200

/**
 * Tells staff which open reports wanted attention before today, each once. A report that still lies in the box is told
 * of after the mixing, with all others of its day: days alone decide, so nothing is told of when it came.
 */
export async function tellOverdue(pool: Pool<'sotto_triage'>, onTheHour: Date): Promise<void> {
  const tellSome = () =>
    pool.transaction(async (query) => {
      await lockTrail(query)
      return appendOverdue(query, onTheHour, dayOf(onTheHour), reportsAtOnce)
    })
  while ((await tellSome()) === reportsAtOnce);
}
