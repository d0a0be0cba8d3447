import type { Keyring } from '../../../crypto/keyring.ts'
import type { AssessmentDraft, Case, ReportPatch } from '../../../schemas/casework.ts'
import { newestCasework } from '../../../storage/casework.ts'
import type { Query } from '../../../storage/pool.ts'
import type { SealedReportRow } from '../../../storage/reports.ts'
import { Fault } from '../../../vocabulary/faults.ts'
import type { Person } from '../../../vocabulary/person.ts'
import type { ReportStatus } from '../../../vocabulary/statuses.ts'
import { type Condition, transitionBetween } from '../../../vocabulary/transitions.ts'
import { read } from '../casework.ts'
import { hasApprovedItem } from '../items.ts'

/** Refuses a move of the status that is not listed, not this person's, or lacks something. */
export async function refuseMove(
  query: Query,
  keyring: Keyring,
  person: Person,
  report: SealedReportRow,
  merged: Case,
  patch: ReportPatch,
): Promise<void> {
  if (patch.status === undefined || patch.status === report.status) return
  const transition = transitionBetween(report.status as ReportStatus, patch.status)
  if (transition === undefined) throw new Fault('no-such-move')
  if (!transition.by.some((role) => role === person.role)) throw new Fault('not-permitted')
  for (const condition of transition.needs ?? []) {
    if (!(await holds(condition, query, keyring, report, merged, patch))) throw new Fault('no-such-move')
  }
}

async function holds(
  condition: Condition,
  query: Query,
  keyring: Keyring,
  report: SealedReportRow,
  merged: Case,
  patch: ReportPatch,
): Promise<boolean> {
  switch (condition) {
    case 'approved-item':
      return hasApprovedItem(query, keyring, report.id)
    case 'close-reason':
      return merged.closeReason !== null && (merged.closeReason !== 'out-of-remit' || wasReferred(merged))
    case 'assessed':
      return (await assessmentOf(query, keyring, report.id)) !== undefined
    case 'rationale':
      return patch.reason !== undefined || Boolean((await assessmentOf(query, keyring, report.id))?.rationale)
  }
}

/** What is out of remit is first referred on. */
function wasReferred({ referrals }: Case): boolean {
  return referrals.some(({ sent }) => sent !== undefined)
}

async function assessmentOf(
  query: Query,
  keyring: Keyring,
  reportId: string,
): Promise<AssessmentDraft | undefined> {
  const row = await newestCasework(query, reportId, 'assessment', reportId)
  return read(query, keyring, row)
}
