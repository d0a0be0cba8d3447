import { findReport, type SealedReportRow } from '../../storage/reports.ts'
import { Fault, refusal } from '../../vocabulary/faults.ts'
import type { Act } from '../calls/act.ts'
import { openSealed } from '../envelope/open.ts'
import { refuseWithoutKey } from '../envelope/organisationKeys.ts'
import { parseReport, type SealedContent } from '../envelope/sealedReport.ts'
import type { Work } from '../envelope/work.ts'
import { agenciesNow, asOpened, isUnchecked } from './settling.ts'

/** The report that this person asks for. Throws `not-found` if there is none, or none that they may see. */
export async function visibleReport(act: Act, id: string): Promise<SealedReportRow> {
  const row = await findReport(act.query, { personId: act.person.id, agency: act.person.agency }, id)
  if (row === undefined) throw new Fault('not-found')
  return row
}

/**
 * The same, opened: as it stands once that is known which intake cannot lie about. Content is undefined where it cannot
 * be read. Throws `not-found` too where only its content says that it is restricted.
 */
export async function openedReport(
  act: Act,
  id: string,
): Promise<{ row: SealedReportRow; content: SealedContent | undefined }> {
  const found = await visibleReport(act, id)
  const content = await readReport(act, found)
  const agencies = isUnchecked(found) ? await agenciesNow(act.query) : new Set<string>()
  const row = asOpened(found, content?.report, agencies)
  if (row === undefined) throw new Fault('not-found')
  return { row, content }
}

/** Opens a report's sealed body; undefined if anything about it was changed or moved, or if it is no report. */
export function readReport(work: Work, row: SealedReportRow): Promise<SealedContent | undefined> {
  return openSealed(work, 'report', row, parseReport)
}

/** The same, for what cannot be done without its content. Throws `not-in-this-state` where it cannot be read. */
export async function openReport(work: Work, row: SealedReportRow): Promise<SealedContent> {
  const content = await readReport(work, row)
  if (content !== undefined) return content
  await refuseWithoutKey(work, row.batchId)
  throw refusal(
    'not-in-this-state',
    'What the reporter wrote cannot be read here, and without it this cannot be done. Tell whoever runs the service.',
  )
}
