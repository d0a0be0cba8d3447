import type { Keyring } from '../../crypto/keyring.ts'
import type { Query } from '../../storage/pool.ts'
import { findReport, type SealedReportRow } from '../../storage/reports.ts'
import { Fault, refusal } from '../../vocabulary/faults.ts'
import type { Person } from '../../vocabulary/person.ts'
import { openSealed } from '../envelope/open.ts'
import { refuseWithoutKey } from '../envelope/organisationKeys.ts'
import { parseReport, type SealedContent } from '../envelope/sealedReport.ts'
import { agenciesNow, asOpened, isUnchecked } from './settling.ts'

/** The report that this person asks for. Throws `not-there` if there is none, or none that they may see. */
export async function visibleReport(query: Query, person: Person, id: string): Promise<SealedReportRow> {
  const row = await findReport(query, { personId: person.id, agency: person.agency }, id)
  if (row === undefined) throw new Fault('not-there')
  return row
}

/**
 * The same, opened: as it stands once that is known which intake cannot lie about. Content is undefined where it cannot
 * be read. Throws `not-there` too where only its content says that it is restricted.
 */
export async function openedReport(
  query: Query,
  keyring: Keyring,
  person: Person,
  id: string,
): Promise<{ row: SealedReportRow; content: SealedContent | undefined }> {
  const found = await visibleReport(query, person, id)
  const content = await readReport(query, keyring, found)
  const agencies = isUnchecked(found) ? await agenciesNow(query) : new Set<string>()
  const row = asOpened(found, content?.report, agencies)
  if (row === undefined) throw new Fault('not-there')
  return { row, content }
}

/** Opens a report's sealed body; undefined if anything about it was changed or moved, or if it is no report. */
export function readReport(
  query: Query,
  keyring: Keyring,
  row: SealedReportRow,
): Promise<SealedContent | undefined> {
  return openSealed(query, keyring, 'report', row, parseReport)
}

/** The same, for what cannot be done without its content. Throws `not-in-this-state` where it cannot be read. */
export async function openReport(
  query: Query,
  keyring: Keyring,
  row: SealedReportRow,
): Promise<SealedContent> {
  const content = await readReport(query, keyring, row)
  if (content !== undefined) return content
  await refuseWithoutKey(query, keyring, row.batchId)
  throw refusal(
    'not-in-this-state',
    'What the reporter wrote cannot be read here, and without it this cannot be done. Tell whoever runs the service.',
  )
}
