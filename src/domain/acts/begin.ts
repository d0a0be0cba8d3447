import { mayDo } from '../../auth/permissions.ts'
import { lockReport } from '../../storage/reportChanges.ts'
import { findReport, type SealedReportRow } from '../../storage/reports.ts'
import { Fault } from '../../vocabulary/faults.ts'
import type { AuditTrail } from '../audit/trail.ts'
import type { Act, ActDeps } from '../calls/act.ts'
import { admitReport } from './admission.ts'

export interface TriageDeps extends ActDeps {
  audit: AuditTrail
}

/**
 * Begins an act of staff on a report: it leaves the box, and nobody else changes it to the end of the transaction.
 * Throws `not-found`, with nothing changed, if there is none, or none that this person may see. With `namesPeople`, a
 * supervisor also reaches a restricted report that names nobody yet.
 */
export async function beginAct(act: Act, id: string, { namesPeople = false } = {}): Promise<SealedReportRow> {
  const viewer = {
    personId: act.person.id,
    agency: act.person.agency,
    seesUnnamedRestricted: namesPeople && mayDo(act.person.role, 'reports.see-unnamed'),
  }
  if ((await findReport(act.query, viewer, id)) === undefined) throw new Fault('not-found')
  await admitReport(act, id)
  await lockReport(act.query, id)
  // Read again under the lock: another may have changed it, or whom it is shown to.
  const report = await findReport(act.query, viewer, id)
  if (report === undefined) throw new Fault('not-found')
  return report
}
