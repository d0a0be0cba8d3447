import type { Person } from '../../auth/person.ts'
import type { OpenedReport } from '../../schemas/triage.ts'
import type { TriageDeps } from './act.ts'
import { caseView, readCase } from './case.ts'
import { openReport, visibleReport } from './openReport.ts'

/** Opens one report for one person, and records that they read it, in one transaction. */
export function consult(
  { pool, keyring, audit }: TriageDeps,
  person: Person,
  id: string,
  reason: string | undefined,
): Promise<OpenedReport> {
  return pool.transaction(async (query) => {
    const row = await visibleReport(query, person, id)
    const { report, proposals } = await openReport(query, keyring, row)
    const { content } = await readCase(query, keyring, row)
    await audit.record(query, person, 'consultation', `report/${id}`, reason)
    return { ...caseView(row, content), proposals: proposals.map((proposal) => ({ ...proposal })), report }
  })
}
