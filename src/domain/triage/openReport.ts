import type { Person } from '../../auth/person.ts'
import type { Keyring } from '../../crypto/keyring.ts'
import { openBody } from '../../crypto/seal.ts'
import { Fault } from '../../faults.ts'
import type { Query } from '../../storage/pool.ts'
import { findReport, type SealedReportRow } from '../../storage/reports.ts'
import { placeOfReport, type SealedContent } from '../sealedReport.ts'
import { dataKeyOf } from './organisationKeys.ts'

/** The report that this person asks for. Throws `not-there` if there is none, or none that they may see. */
export async function visibleReport(query: Query, person: Person, id: string): Promise<SealedReportRow> {
  const row = await findReport(query, { personId: person.id, agency: person.agency }, id)
  if (row === undefined) throw new Fault('not-there')
  return row
}

/** Opens a report's sealed body. Throws SealBroken if anything about it was changed or moved. */
export async function openReport(
  query: Query,
  keyring: Keyring,
  row: SealedReportRow,
): Promise<SealedContent> {
  const dataKey = await dataKeyOf(query, keyring, row, 'report', row.id)
  return JSON.parse(openBody(dataKey, placeOfReport(row.id, row.receivedOn), row.body).toString())
}
