import { databaseDay, isForAnotherDay } from '../../storage/box.ts'
import type { Pool } from '../../storage/pool.ts'
import { dayOf } from '../../vocabulary/calendar.ts'
import { Fault } from '../../vocabulary/faults.ts'

export type ForToday = ReturnType<typeof forTodayOf>

const attemptsAtMost = 4

/**
 * The day that what comes now is sealed for. The database's clock decides, since a day is bound into what is sealed and
 * the half of the box follows from it: at midnight, or where the clocks differ, it refuses, and the work is done anew.
 */
export function forTodayOf(pool: Pool<'sotto_intake' | 'sotto_partner'>, clock: () => Date) {
  /** What the database calls the day that is today by the clock of this host. */
  let known: { own: string; database: string } | undefined

  return async function forToday<T>(work: (day: string) => Promise<T>): Promise<T> {
    for (let attempt = 1; attempt <= attemptsAtMost; attempt++) {
      const own = dayOf(clock())
      try {
        return await work(known?.own === own ? known.database : own)
      } catch (error) {
        if (!isForAnotherDay(error)) throw error
        known = { own, database: await databaseDay(pool) }
      }
    }
    throw new Fault('overloaded')
  }
}
