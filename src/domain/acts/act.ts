import type { Keyring } from '../../crypto/keyring.ts'
import type { Pool, Query } from '../../storage/pool.ts'
import { lockReport } from '../../storage/reportChanges.ts'
import { findReport, type SealedReportRow } from '../../storage/reports.ts'
import { Fault } from '../../vocabulary/faults.ts'
import type { Person } from '../../vocabulary/person.ts'
import type { AuditTrail } from '../audit/trail.ts'
import { admitReport } from './admission.ts'

export interface TriageDeps {
  pool: Pool<'sotto_triage'>
  keyring: Keyring
  audit: AuditTrail
  clock: () => Date
}

/**
 * Begins an act of staff on a report: it leaves the box, and nobody else changes it to the end of the transaction.
 * Throws `not-there`, with nothing changed, if there is none, or none that this person may see. With `namesPeople`, a
 * supervisor also reaches a restricted report that names nobody yet.
 */
export async function beginAct(
  query: Query,
  keyring: Keyring,
  person: Person,
  id: string,
  { namesPeople = false } = {},
): Promise<SealedReportRow> {
  const viewer = {
    personId: person.id,
    agency: person.agency,
    seesUnnamedRestricted: namesPeople && person.role === 'supervisor',
  }
  if ((await findReport(query, viewer, id)) === undefined) throw new Fault('not-there')
  await admitReport(query, keyring, id)
  await lockReport(query, id)
  // Read again under the lock: another may have changed it, or whom it is shown to.
  const report = await findReport(query, viewer, id)
  if (report === undefined) throw new Fault('not-there')
  return report
}
