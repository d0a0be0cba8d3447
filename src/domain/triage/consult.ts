import type { Person } from '../../auth/person.ts'
import type { Keyring } from '../../crypto/keyring.ts'
import type { OpenedReport } from '../../schemas/triage.ts'
import type { Pool } from '../../storage/pool.ts'
import type { SealedReportRow } from '../../storage/reports.ts'
import { rankOf } from '../priority.ts'
import type { SealedContent } from '../sealedReport.ts'
import type { AuditTrail } from '../staff/audit.ts'
import { openReport, visibleReport } from './openReport.ts'
import { summaryOf } from './summary.ts'

/** Opens one report for one person, and records that they read it, in one transaction. */
export function consult(
  pool: Pool<'sotto_triage'>,
  keyring: Keyring,
  audit: AuditTrail,
  person: Person,
  id: string,
  reason: string | undefined,
): Promise<OpenedReport> {
  return pool.transaction(async (query) => {
    const row = await visibleReport(query, person, id)
    const content = await openReport(query, keyring, row)
    await audit.append(query, {
      actor: person.id,
      role: person.role,
      action: 'consultation',
      target: `report/${id}`,
      reason,
    })
    return openedReport(row, content)
  })
}

function openedReport(row: SealedReportRow, { report, proposals }: SealedContent): OpenedReport {
  return {
    ...summaryOf(row),
    conflictOfInterest: row.conflictOfInterest,
    restrictedTo: row.restrictedTo,
    reviewGroup: row.reviewGroup as OpenedReport['reviewGroup'],
    deconfliction: row.priority === rankOf('high') ? 'pending' : 'not-needed',
    proposals: proposals.map((proposal) => ({ ...proposal })),
    referrals: [],
    disclosureRequests: [],
    proceedingsKnown: false,
    report,
  }
}
