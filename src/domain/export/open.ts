import type { Keyring } from '../../crypto/keyring.ts'
import { type BatchKeyPair, openBatchKey, openBody, SealBroken, unwrapDataKey } from '../../crypto/seal.ts'
import { Fault } from '../../faults.ts'
import type { Case, CaseView } from '../../schemas/casework.ts'
import { newestCases } from '../../storage/casework.ts'
import type { Query } from '../../storage/pool.ts'
import type { ReportRow } from '../../storage/reports.ts'
import type { ScannedRow } from '../../storage/scan.ts'
import { placeOfReport, type SealedContent } from '../sealedReport.ts'
import { caseView, newCase } from '../triage/case.ts'
import { read } from '../triage/casework.ts'
import type { ExportedReport } from './exported.ts'

const batchesAtMost = 10_000

/** Opens many reports one after the other, each batch key once. What does not open is null, and hides no other. */
export function opener(pairs: readonly BatchKeyPair[]) {
  const batchKeys = new Map<string, Buffer>()

  async function batchKeyOf({ batchId, kid, enc, ciphertext }: ScannedRow): Promise<Buffer> {
    const known = batchKeys.get(batchId)
    if (known !== undefined) return known
    const pair = pairs.find((one) => one.kid === kid)
    if (pair === undefined) throw new SealBroken()
    const batchKey = await openBatchKey(pair, batchId, { kid, enc, ciphertext }, 'organisation')
    if (batchKeys.size >= batchesAtMost) batchKeys.clear()
    batchKeys.set(batchId, batchKey)
    return batchKey
  }

  return async (row: ScannedRow): Promise<Pick<ExportedReport, 'proposals' | 'report'>> => {
    const { id, receivedOn, batchId, wrappedKey, body } = row
    try {
      const dataKey = unwrapDataKey(await batchKeyOf(row), batchId, 'report', id, wrappedKey)
      const opened = openBody(dataKey, placeOfReport(id, receivedOn), body)
      const { proposals, report } = JSON.parse(opened.toString()) as SealedContent
      return { proposals, report }
    } catch (error) {
      if (error instanceof SealBroken) return { proposals: [], report: null }
      throw error
    }
  }
}

/** How staff see each of these reports, with its sealed fields as they are now. */
export async function casesOf(
  query: Query,
  keyring: Keyring,
  reports: readonly ReportRow[],
): Promise<(report: ReportRow) => CaseView> {
  const cases = new Map<string, Case>()
  const rows = await newestCases(
    query,
    reports.map(({ id }) => id),
  )
  for (const row of rows) {
    const content = await read<Case>(query, keyring, row).catch(unlessGone)
    if (content !== undefined) cases.set(row.reportId, content)
  }
  return (report) => caseView(report, cases.get(report.id) ?? newCase(report))
}

function unlessGone(error: unknown): undefined {
  if (error instanceof SealBroken || (error instanceof Fault && error.kind === 'key-gone')) return undefined
  throw error
}
