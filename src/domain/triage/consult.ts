import type { Person } from '../../auth/person.ts'
import { type Keyring, keyByKid } from '../../crypto/keyring.ts'
import { openBatchKey, openBody, unwrapDataKey } from '../../crypto/seal.ts'
import { Fault } from '../../faults.ts'
import type { OpenedReport } from '../../schemas/triage.ts'
import { findBatchKeys } from '../../storage/batchKeys.ts'
import type { Pool, Query } from '../../storage/pool.ts'
import { findReport, type SealedReportRow } from '../../storage/reports.ts'
import { placeOfReport, type SealedContent } from '../sealedReport.ts'
import type { AuditTrail } from '../staff/audit.ts'
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
    const row = await findReport(query, { personId: person.id, agency: person.agency }, id)
    if (row === undefined) throw new Fault('not-there')
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

/** Opens a report's sealed body. Throws SealBroken if anything about it was changed or moved. */
export async function openReport(
  query: Query,
  keyring: Keyring,
  row: SealedReportRow,
): Promise<SealedContent> {
  const batchKey = await organisationBatchKey(query, keyring, row.batchId)
  const dataKey = unwrapDataKey(batchKey, row.batchId, 'report', row.id, row.wrappedKey)
  return JSON.parse(openBody(dataKey, placeOfReport(row.id, row.receivedOn), row.body).toString())
}

/** The key of a batch that is sealed to the organisation. */
async function organisationBatchKey(query: Query, keyring: Keyring, batchId: string): Promise<Buffer> {
  for (const sealed of await findBatchKeys(query, batchId)) {
    const key = keyByKid(keyring, sealed.kid)
    if (key?.privateKey === undefined || key.publicKey === undefined) continue
    const pair = {
      kid: key.kid,
      publicKey: Buffer.from(key.publicKey, 'base64url'),
      privateKey: Buffer.from(key.privateKey, 'base64url'),
    }
    return openBatchKey(pair, batchId, sealed, 'organisation')
  }
  throw new Fault('key-gone')
}

function openedReport(row: SealedReportRow, { report, proposals }: SealedContent): OpenedReport {
  return {
    ...summaryOf(row),
    conflictOfInterest: row.conflictOfInterest,
    restrictedTo: row.restrictedTo,
    reviewGroup: row.reviewGroup as OpenedReport['reviewGroup'],
    deconfliction: row.priority === rankOfHigh ? 'pending' : 'not-needed',
    proposals: proposals.map((proposal) => ({ ...proposal })),
    referrals: [],
    disclosureRequests: [],
    proceedingsKnown: false,
    report,
  }
}

const rankOfHigh = 3
