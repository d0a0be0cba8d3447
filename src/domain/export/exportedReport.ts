import type { CaseView } from '../../schemas/casework.ts'
import type { Report } from '../../schemas/report.ts'
import type { SealedContent } from '../envelope/sealedReport.ts'

/**
 * One line of an export: a report as `GET /v1/triage/reports/{id}` opens it, without where it may go; null where its seal
 * did not open.
 */
export type ExportedReport = Omit<CaseView, 'moves'> & {
  proposals: SealedContent['proposals']
  report: Report | null
}
