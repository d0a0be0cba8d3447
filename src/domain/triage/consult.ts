import type { OpenedReport } from '../../schemas/triage.ts'
import type { Periods } from '../../vocabulary/periods.ts'
import type { Person } from '../../vocabulary/person.ts'
import type { TriageDeps } from '../acts/act.ts'
import { openedReport } from '../acts/openReport.ts'
import { consulted } from '../audit/deeds.ts'
import { refuseWithoutKey } from '../envelope/organisationKeys.ts'
import { caseView, namesAmong, readCase } from './case.ts'
import { movesOf } from './moves.ts'

/** Opens one report for one person, and records that they read it, in one transaction. */
export function consult(
  { pool, keyring, audit, periods }: TriageDeps & { periods: Periods },
  person: Person,
  id: string,
  reason: string | undefined,
): Promise<OpenedReport> {
  return pool.transaction(async (query) => {
    const { row, content: opened } = await openedReport(query, keyring, person, id)
    if (opened === undefined) await refuseWithoutKey(query, keyring, row.batchId)
    const { content } = await readCase(query, keyring, row)
    await audit.record(query, person, consulted(`report/${id}`), reason)
    const { report, proposals } = opened ?? { report: null, proposals: [] }
    const nameOf = await namesAmong(query, [row], [content])
    const moves = await movesOf(query, keyring, person, { report: row, content })
    return { ...caseView(row, content, nameOf, periods), moves, proposals, report }
  })
}
