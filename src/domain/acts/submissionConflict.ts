import { mayTellShared } from '../../storage/disseminations.ts'
import type { Query } from '../../storage/pool.ts'
import type { ReportRow } from '../../storage/reports.ts'
import { keepToldBefore, wasDisseminated } from '../../storage/submissions.ts'
import { refusal } from '../../vocabulary/faults.ts'
import type { ReportStatus } from '../../vocabulary/statuses.ts'
import { coarseStatus } from '../../vocabulary/transitions.ts'

const beforeGrading: readonly string[] = ['received', 'screening', 'sanitising']

/** Whether it is too late to take it back. */
export async function isGraded(
  query: Query,
  { id, status }: Pick<ReportRow, 'id' | 'status'>,
): Promise<boolean> {
  return !beforeGrading.includes(status) || (await wasDisseminated(query, id))
}

type OfAgency = Pick<ReportRow, 'originAgency' | 'conflictOfInterest'>

function isInConflict({ originAgency, conflictOfInterest }: OfAgency): boolean {
  return originAgency !== null && conflictOfInterest.includes(originAgency)
}

/**
 * Lets an agency that comes into conflict with what it submitted itself go on seeing what it was told until then: what
 * vanished or went back would tell it. To be called with the report as it was, under its lock.
 */
export async function keepWhatWasTold(
  query: Query,
  before: ReportRow,
  conflictOfInterest: readonly string[] | undefined,
): Promise<void> {
  if (conflictOfInterest === undefined) return
  const now = isInConflict({ ...before, conflictOfInterest: [...conflictOfInterest] })
  if (now === isInConflict(before)) return
  const status = coarseStatus(before.status as ReportStatus, await mayTellShared(query, before.id))
  const told = { status, graded: await isGraded(query, before) }
  await keepToldBefore(query, before.id, now ? told : null)
}

/** Throws where the report is of an agency that may be told nothing more of it. */
export function refuseToTell(report: OfAgency): void {
  if (isInConflict(report)) {
    throw refusal(
      'not-in-this-state',
      'The agency that submitted it has a conflict of interest in it: nothing is sent to it. It is not told that, either.',
    )
  }
}
