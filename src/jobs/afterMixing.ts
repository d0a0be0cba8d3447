import type { Keyring } from '../crypto/keyring.ts'
import { rollUpCollection } from '../domain/audit/collection.ts'
import type { AuditTrail } from '../domain/audit/trail.ts'
import { eraseByLaw } from '../domain/retention/erasure.ts'
import { purge } from '../domain/retention/purge.ts'
import { clockDoubt, noteNight } from '../domain/retention/steadiness.ts'
import { rematchSearches } from '../domain/search/rematch.ts'
import { freezeEndedMonths } from '../domain/statistics/freeze.ts'
import type { Log } from '../log.ts'
import type { Pool } from '../storage/pool.ts'
import { dayOf } from '../vocabulary/calendar.ts'
import type { Periods } from '../vocabulary/periods.ts'
import { forgetEvents, forgetHours } from './forget.ts'

export interface NightlyDeps {
  pool: Pool<'sotto_triage'>
  keyring: Keyring
  audit: AuditTrail
  clock: () => Date
  log: Log
  periods: Periods
}

/**
 * What is due once a day has ended and is mixed. Each part is done again, without harm, if a later one fails. What cannot
 * be undone waits while a clock is in doubt.
 */
export async function afterMixing(deps: NightlyDeps, today: string): Promise<void> {
  const { pool, keyring, audit, clock, log } = deps
  await rollUpCollection(pool, audit, today)
  await forgetHours(pool, today)
  const { unread } = await rematchSearches({ pool, keyring, audit, log }, today)
  if (unread > 0) log.warn('searches on record could not be read, to be matched again', { count: unread })
  await pool.transaction((query) => noteNight(query, dayOf(clock())))
  const erased = await eraseByLaw(deps)
  if (erased.reports > 0) log.info('erased by law', { count: erased.reports })
  if (erased.held > 0) log.warn('erasures by law wait: the reports are held', { count: erased.held })
  const doubt = await pool.transaction((query) => clockDoubt(query, clock()))
  if (doubt !== undefined) {
    log.warn('a clock is in doubt: nothing is purged, forgotten or frozen', {
      code: doubt.why,
      ...(doubt.why === 'clock-jumped' ? { count: doubt.nightsLeft } : {}),
    })
    return
  }
  await forgetEvents(pool, today)
  await freezeEndedMonths(pool, today)
  const { reports, waiting } = await purge(deps)
  if (reports > 0) log.info('purged', { count: reports })
  if (waiting > 0) log.warn('more is due than goes in one night', { count: waiting })
}
