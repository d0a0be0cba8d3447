import { collectionTarget } from '../../storage/auditTargets.ts'
import { lockTrail } from '../../storage/auditTrail.ts'
import { collectedOn, firstDayOfReports, lastCollection } from '../../storage/collection.ts'
import type { Pool, Query } from '../../storage/pool.ts'
import { addDays } from '../../vocabulary/calendar.ts'
import { collected } from './deeds.ts'
import type { AuditTrail } from './trail.ts'

/** Who collects, in the trail: nobody on the staff. */
export const publicIntake = 'public-intake'

/**
 * Records what reporters sent, a day in one record, for every day before `today` that has none yet: from the day after
 * the last recorded, or the day of the first report, days without anything too. Returns the days recorded. However
 * many instances do it, each day is recorded once.
 */
export async function rollUpCollection(
  pool: Pool<'sotto_triage'>,
  audit: AuditTrail,
  today: string,
): Promise<string[]> {
  const recorded: string[] = []
  for (;;) {
    const day = await pool.transaction((query) => rollUpNext(query, audit, today))
    if (day === undefined) return recorded
    recorded.push(day)
  }
}

async function rollUpNext(query: Query, audit: AuditTrail, today: string): Promise<string | undefined> {
  const seen = await nextDay(query)
  if (seen === undefined || seen >= today) return undefined
  const { reports, messages, attachments, idsHash } = await collectedOn(query, seen)
  // Counted before the lock, since staff's acts wait for it; another instance may have been first.
  await lockTrail(query)
  if ((await nextDay(query)) !== seen) return rollUpNext(query, audit, today)
  const counts = `reports=${reports},messages=${messages},attachments=${attachments}`
  await audit.append(query, {
    actor: publicIntake,
    role: publicIntake,
    ...collected(collectionTarget(seen, `${counts}/sha256=${idsHash.toString('hex')}`)),
  })
  return seen
}

async function nextDay(query: Query): Promise<string | undefined> {
  const last = await lastCollection(query)
  return last === undefined ? firstDayOfReports(query) : addDays(last, 1)
}
