import { blindToken } from '../../crypto/blindIndex.ts'
import type { WatchedItem } from '../../schemas/links.ts'
import { type LinkRow, linksOfThing, type WatchedThing, watchedThings } from '../../storage/links.ts'
import { findReport, type SealedReportRow } from '../../storage/reports.ts'
import type { LinkKind } from '../../vocabulary/linkKinds.ts'
import type { Person } from '../../vocabulary/person.ts'
import type { TriageDeps } from '../acts/begin.ts'
import { readReport } from '../acts/openReport.ts'
import { combined } from '../audit/deeds.ts'
import { type Act, transact } from '../calls/act.ts'
import { keysetPage, type Paging, pageOf } from '../calls/pages.ts'
import type { Work } from '../envelope/work.ts'
import { gradesOf } from '../triage/items.ts'
import { confirmedByReport } from './confirmed.ts'
import { asDecided } from './links.ts'
import { type Name, namesIn } from './names.ts'

/** Premises, vehicles, handles and phones; never grounds for action by itself. */
const watched: readonly LinkKind[] = ['address', 'uprn', 'registration', 'handle', 'phone']

/** Things named by two or more independent reports. Rewards no repetition: only what people confirmed counts. */
export function watchList(deps: TriageDeps) {
  const { audit } = deps

  return {
    list: (person: Person, paging: Paging) =>
      transact(deps, person, async (act) => {
        const page = await keysetPage(
          act.keyring,
          'watchlist',
          paging,
          (limit, after: { kind: string; token: string } | undefined) =>
            watchedThings(act.query, person.id, person.agency, watched, limit, after),
          ({ kind, token }) => ({ kind, token: token.toString('base64') }),
        )
        const items: WatchedItem[] = []
        for (const thing of page.rows) {
          const item = await itemOf(act, thing)
          if (item !== undefined) items.push(item)
        }
        await audit.record(act, combined('watchlist'))
        return pageOf(items, page)
      }),
  }
}

export type WatchList = ReturnType<typeof watchList>

async function itemOf(act: Act, thing: WatchedThing): Promise<WatchedItem | undefined> {
  const links = (await linksOfThing(act.query, thing))
    .map((row) => asDecided(act.keyring, row))
    .filter(counts)
  const ids = new Set(links.flatMap(({ first, second }) => [first, second]))
  const reports: SealedReportRow[] = []
  for (const id of ids) {
    const row = await findReport(act.query, { personId: act.person.id, agency: act.person.agency }, id)
    if (row !== undefined && !row.suspectedMalicious) reports.push(row)
  }
  const [first] = reports
  if (first === undefined || reports.length < 2) return undefined
  const grades = await Promise.all(reports.map(({ id }) => gradesOf(act, id)))
  return {
    kind: thing.kind as LinkKind,
    value: await spellingOf(act, reports, thing),
    reports: reports.length,
    grades: [...new Set(grades.flat())].sort(),
    agencies: [...new Set(reports.map(({ leadAgency }) => leadAgency))].sort(),
    lastDay:
      reports
        .map(({ receivedOn }) => receivedOn)
        .sort()
        .at(-1) ?? first.receivedOn,
  }
}

function counts({ status, independence }: LinkRow): boolean {
  return status === 'confirmed' && independence !== 'unknown'
}

/** The thing in clear, out of the first report that can be read and names it. */
async function spellingOf(
  work: Work,
  rows: readonly SealedReportRow[],
  { kind, token }: WatchedThing,
): Promise<string> {
  const secrets = work.keyring.keys.filter(({ purpose }) => purpose === 'index')
  const isThing = (name: Name) =>
    name.kind === kind &&
    secrets.some(({ secret = '' }) =>
      blindToken(Buffer.from(secret, 'base64url'), kind, name.value).equals(token),
    )
  for (const row of rows) {
    const content = await readReport(work, row)
    const confirmed = await confirmedByReport(work, [row.id])
    const found = content && namesIn(content.report, confirmed.get(row.id)).find(isThing)
    if (found !== undefined) return found.value
  }
  return ''
}
