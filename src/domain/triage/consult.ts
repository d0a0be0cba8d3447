import type { OpenedReport } from '../../schemas/triage.ts'
import type { Periods } from '../../vocabulary/periods.ts'
import type { Person } from '../../vocabulary/person.ts'
import type { TriageDeps } from '../acts/begin.ts'
import { openedReport } from '../acts/openReport.ts'
import { consulted } from '../audit/deeds.ts'
import { transact } from '../calls/act.ts'
import { refuseWithoutKey } from '../envelope/organisationKeys.ts'
import { caseView, namesAmong, readCase } from './case.ts'
import { movesOf } from './moves.ts'

/** Opens one report for one person, and records that they read it, in one transaction. */
export function consult(
  deps: TriageDeps & { periods: Periods },
  person: Person,
  id: string,
  reason: string | undefined,
): Promise<OpenedReport> {
  const { audit, periods } = deps

  return transact(deps, person, async (act) => {
    const { row, content: opened } = await openedReport(act, id)
    if (opened === undefined) await refuseWithoutKey(act, row.batchId)
    const { content } = await readCase(act, row)
    await audit.record(act, consulted(`report/${id}`), reason)
    const { report, proposals, source } = opened ?? { report: null, proposals: [], source: undefined }
    const nameOf = await namesAmong(act.query, [row], [content])
    const moves = await movesOf(act, { report: row, content })
    return { ...caseView(row, content, nameOf, periods), moves, proposals, report, ...(source && { source }) }
  })
}
