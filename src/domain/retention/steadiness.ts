import { databaseNow, nightWatch, noteNight as note } from '../../storage/nightWatch.ts'
import type { Query } from '../../storage/pool.ts'
import { dayOf } from '../../vocabulary/calendar.ts'

/** Why nothing is destroyed for now: which clock says what day is in doubt. */
export type Doubt = { why: 'clocks-differ' } | { why: 'clock-jumped'; nightsLeft: number }

/** Days from one nightly pass to the next: a missed night is no jump. */
const stepAtMost = 2
export const steadyEnough = 7
const apartAtMost = 60 * 60_000

/** Notes in the database that this night was seen. */
export function noteNight(query: Query, today: string): Promise<void> {
  return note(query, today, stepAtMost, steadyEnough)
}

/**
 * Whether a clock is in doubt: host and database are more than an hour apart, or the clock jumped by more than two days
 * and has not been steady for seven nights since. A wrong clock makes everything due; so nothing that cannot be undone goes by it.
 */
export async function clockDoubt(query: Query, now: Date): Promise<Doubt | undefined> {
  const apart = Math.abs(now.getTime() - (await databaseNow(query)).getTime())
  if (apart > apartAtMost) return { why: 'clocks-differ' }
  const { lastNight, steadyNights } = await nightWatch(query)
  if (lastNight !== null && Math.abs(daysBetween(lastNight, dayOf(now))) > stepAtMost) {
    return { why: 'clock-jumped', nightsLeft: steadyEnough }
  }
  if (steadyNights < steadyEnough) return { why: 'clock-jumped', nightsLeft: steadyEnough - steadyNights }
  return undefined
}

/** The earlier of the two clocks: a day has ended once both say so. */
export async function earlierClock(query: Query, now: Date): Promise<Date> {
  const there = await databaseNow(query)
  return there < now ? there : now
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000
}
