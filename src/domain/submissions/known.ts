import type { SealedSubmission } from '../../schemas/sealed.ts'
import type { Standing, SubmissionRow } from '../../storage/submissions.ts'

/** A submission that a partner may see, with what leads to its report. */
export interface Known {
  row: SubmissionRow
  inside: SealedSubmission
  /** Whether this partner submitted it. */
  mine: boolean
}

/** Whether the agency may not know of what it submitted itself. */
export function hasConflict(
  { agency }: SubmissionRow,
  report: Pick<Standing, 'conflictOfInterest'>,
): boolean {
  return report.conflictOfInterest.includes(agency)
}
