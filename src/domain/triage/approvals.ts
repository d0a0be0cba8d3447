import type { Waiting } from '../../schemas/approvals.ts'
import { type WaitingPosition, type WaitingRow, waitingRows } from '../../storage/approvals.ts'
import { dayOf } from '../../vocabulary/calendar.ts'
import type { Person } from '../../vocabulary/person.ts'
import type { TriageDeps } from '../acts/begin.ts'
import { type Act, transact } from '../calls/act.ts'
import { keysetPage, type Paging, pageOf } from '../calls/pages.ts'
import { type Unnamed, withNames } from '../staff/named.ts'
import { readCases } from './case.ts'
import { isWaiting } from './closureRules.ts'

type Unread = Unnamed<Waiting, 'by'>

/** Reports whose sealed fields are read at once. */
const askedAtOnce = 500

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
    const closures = await waitingClosures(
      act,
      page.rows.filter(({ kind }) => kind === 'closure'),
    )
    const items = page.rows.flatMap(
      (row) => (row.kind === 'closure' ? closures.get(row.id) : viewOf(row)) ?? [],
    )
    return pageOf(await withNames<Waiting, 'by'>(act.query, items, ['by']), page)
  })
}

function viewOf({ kind, id, author, at, reviewBy, reports }: WaitingRow): Unread | undefined {
  const [report] = reports
  if (report === undefined || author === null) return undefined
  const by = { by: author, on: dayOf(at) }
  return { kind, id, report, ...by, ...(reviewBy === null ? {} : { reviewBy: reviewBy.toISOString() }) }
}

/** A report that may say, sealed and signed, that a selection waits. */
interface Witness {
  closure: string
  report: string
  version: number
}

/**
 * The selections of these that wait: of which one report says so. Each is asked by its first report, and by the next where
 * that says otherwise; many at a time.
 */
async function waitingClosures(act: Act, rows: readonly WaitingRow[]): Promise<ReadonlyMap<string, Unread>> {
  const waiting = new Map<string, Unread>()
  for (let left = witnesses(rows); left.length > 0; ) {
    const asked = left.slice(0, askedAtOnce)
    const cases = await readCases(act, [...new Set(asked.map(({ report }) => report))])
    for (const { closure: id, report, version } of asked) {
      const closure = cases.get(report)?.closure
      if (waiting.has(id) || closure?.id !== id || !isWaiting({ version }, closure)) continue
      waiting.set(id, { kind: 'closure', id, report, by: closure.by, on: closure.on })
    }
    left = left.slice(askedAtOnce).filter(({ closure }) => !waiting.has(closure))
  }
  return waiting
}

/** The first of each selection, then the second of each, and so on. */
function witnesses(rows: readonly WaitingRow[]): Witness[] {
  const most = Math.max(0, ...rows.map(({ reports }) => reports.length))
  return Array.from({ length: most }, (_, place) =>
    rows.flatMap(({ id, reports, versions }) => {
      const [report, version] = [reports[place], versions[place]]
      return report === undefined || version === undefined ? [] : [{ closure: id, report, version }]
    }),
  ).flat()
}
