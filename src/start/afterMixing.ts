import type { Keyring } from '../crypto/keyring.ts'
import { rollUpCollection } from '../domain/audit/collection.ts'
import { forgetEvents } from '../domain/events/forget.ts'
import { purge } from '../domain/retention/purge.ts'
import type { AuditTrail } from '../domain/staff/audit.ts'
import { freezeEndedMonths } from '../domain/statistics/freeze.ts'
import { forgetDeliveries } from '../domain/webhooks/forget.ts'
import type { Log } from '../log.ts'
import type { Pool } from '../storage/pool.ts'

export interface NightlyDeps {
  pool: Pool<'sotto_triage'>
  keyring: Keyring
  audit: AuditTrail
  clock: () => Date
  log: Log
  retentionDays: number
}

/** What is due once a day has ended and is mixed. Each part is done again, without harm, if a later one fails. */
export async function afterMixing(deps: NightlyDeps, today: string): Promise<void> {
  const { pool, keyring, audit, clock, log, retentionDays } = deps
  await rollUpCollection(pool, audit, today)
  await forgetEvents(pool, today)
  await forgetDeliveries(pool, today)
  await freezeEndedMonths(pool, today)
  const { reports } = await purge({ pool, keyring, audit, clock, periods: { unassessedDays: retentionDays } })
  if (reports > 0) log.info('purged', { count: reports })
}
