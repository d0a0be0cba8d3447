import type { Waiting } from '../../schemas/approvals.ts'
import { type WaitingPosition, type WaitingRow, waitingRows } from '../../storage/approvals.ts'
import { dayOf } from '../../vocabulary/calendar.ts'
import { Fault } from '../../vocabulary/faults.ts'
import type { Person } from '../../vocabulary/person.ts'
import type { TriageDeps } from '../acts/begin.ts'
import { visibleReport } from '../acts/openReport.ts'
import { type Act, transact } from '../calls/act.ts'
import { keysetPage, type Paging, pageOf } from '../calls/pages.ts'
import { type Unnamed, withNames } from '../staff/named.ts'
import { readCase } from './case.ts'
import { isWaiting } from './closureRules.ts'

type Unread = Unnamed<Waiting, 'by'>

/**
 * One page of what waits for a second person, of the reports that this person may open. It says that something waits, and
 * not what: whoever decides it reads it first, and that is recorded.
 */
export function waitingPage(
  deps: TriageDeps,
  person: Person,
  paging: Paging,
): Promise<{ items: Waiting[]; nextCursor?: string }> {
  return transact(deps, person, async (act) => {
    const viewer = { personId: person.id, agency: person.agency }
    const page = await keysetPage(
      deps.keyring,
      'approvals',
      paging,
      (limit, after: WaitingPosition | undefined) => waitingRows(act.query, viewer, limit, after),
      ({ kind, place, id }) => ({ kind, place, id }),
    )
    const items: Unread[] = []
    for (const row of page.rows) items.push(...(await viewOf(act, row)))
    return pageOf(await withNames<Waiting, 'by'>(act.query, items, ['by']), page)
  })
}

async function viewOf(act: Act, row: WaitingRow): Promise<Unread[]> {
  const { kind, id, author, at, reviewBy, reports } = row
  const [report] = reports
  if (report === undefined) return []
  if (author === null) return closureOf(act, row)
  const by = { by: author, on: dayOf(at) }
  return [{ kind, id, report, ...by, ...(reviewBy === null ? {} : { reviewBy: reviewBy.toISOString() }) }]
}

/** A selection waits if one of its reports says so, sealed and signed. */
async function closureOf(act: Act, { kind, id, reports }: WaitingRow): Promise<Unread[]> {
  for (const report of reports) {
    try {
      const row = await visibleReport(act, report)
      const { content } = await readCase(act, row)
      const { closure } = content
      if (closure?.id === id && isWaiting(row, closure))
        return [{ kind, id, report, by: closure.by, on: closure.on }]
    } catch (error) {
      if (!(error instanceof Fault && error.kind === 'not-found')) throw error
    }
  }
  return []
}
