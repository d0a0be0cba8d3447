import type { BatchKeyPair } from '../../crypto/seal.ts'
import type { Case, CaseView } from '../../schemas/casework.ts'
import { newestCases } from '../../storage/casework.ts'
import type { ReportRow } from '../../storage/reports.ts'
import type { CountedRow } from '../../storage/scan.ts'
import type { Periods } from '../../vocabulary/periods.ts'
import { asOpened } from '../acts/settling.ts'
import { reportOpener } from '../envelope/reportOpener.ts'
import type { Work } from '../envelope/work.ts'
import { caseView, namesAmong, newCase } from '../triage/case.ts'
import { read } from '../triage/casework.ts'
import type { ExportedReport } from './exported.ts'

const batchesAtMost = 10_000

/** A report with what was opened of it. */
export interface OpenedRow {
  row: CountedRow
  content: Pick<ExportedReport, 'proposals' | 'report'>
}

/**
 * Opens many reports one after the other, each batch key once. What cannot be read is null, and hides no other; what its
 * content alone says is restricted is left out.
 */
export function opener(pairs: readonly BatchKeyPair[]) {
  const open = reportOpener(pairs, batchesAtMost)
  async function openRow(found: CountedRow, agencies: ReadonlySet<string>): Promise<OpenedRow | undefined> {
    const content = await open(found)
    const row = asOpened(found, content?.report, agencies)
    if (row === undefined) return undefined
    const { proposals, report } = content ?? { proposals: [], report: null }
    return { row, content: { proposals, report } }
  }
  return Object.assign(openRow, { forget: open.forget })
}

/** How staff see each of these reports, with its sealed fields as they are now. */
export async function casesOf(
  work: Work,
  periods: Pick<Periods, 'graceDays'>,
  reports: readonly ReportRow[],
): Promise<(report: ReportRow) => Omit<CaseView, 'moves'>> {
  const cases = new Map<string, Case>()
  const rows = await newestCases(
    work.query,
    reports.map(({ id }) => id),
  )
  for (const row of rows) {
    const content = await read(work, row)
    if (content !== undefined) cases.set(row.reportId, content)
  }
  const nameOf = await namesAmong(work.query, reports, [...cases.values()])
  return (report) => caseView(report, cases.get(report.id) ?? newCase(report), nameOf, periods)
}
