import { createHash } from 'node:crypto'
import { mayDo } from '../../auth/permissions.ts'
import { canonicalJson } from '../../crypto/chain.ts'
import type { Keyring } from '../../crypto/keyring.ts'
import type { ReportFilters, ReportSummary, RestrictedReport } from '../../schemas/triage.ts'
import { type ListFilters, type ListOrder, listReports, type Position } from '../../storage/reportPages.ts'
import type { ReportRow } from '../../storage/reports.ts'
import type { Person } from '../../vocabulary/person.ts'
import { rankOf } from '../../vocabulary/priority.ts'
import type { TriageDeps } from '../acts/begin.ts'
import { badCursor, readCursor, writeCursor } from '../calls/pages.ts'
import type { Work } from '../envelope/work.ts'
import { namesAmong, newCase, readCases } from './case.ts'
import { isStub, stubOf, summaryOf } from './summary.ts'

const usualLimit = 50

export interface ReportPage {
  items: (ReportSummary | RestrictedReport)[]
  nextCursor?: string
}

/** One page of the reports that this person may see. The cursor is signed, and good for these filters only. */
export async function listPage(
  { pool, keyring }: TriageDeps,
  person: Person,
  { cursor, limit = usualLimit, sort = 'priority', ...filters }: ReportFilters,
): Promise<ReportPage> {
  const hash = createHash('sha256')
    .update(canonicalJson({ ...filters, sort }))
    .digest('base64url')
  const after = cursor === undefined ? undefined : positionIn(keyring, cursor, hash)
  // One more than asked for tells whether there is a next page.
  const rows = await listReports(
    pool,
    viewerOf(person, filters),
    storedFilters(filters),
    sort,
    limit + 1,
    after,
  )
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  const stub = await stubsAmong({ query: pool.query, keyring }, items, person)
  const nameOf = await namesAmong(pool.query, items)
  return {
    items: items.map((row) => (isStub(row, person) ? stub(row) : summaryOf(row, nameOf))),
    ...(rows.length > limit && last ? { nextCursor: writeCursor(keyring, cursorAt(last, hash, sort)) } : {}),
  }
}

function viewerOf(person: Person, filters: Omit<ReportFilters, 'cursor' | 'limit' | 'sort'>) {
  const { status, priority, agency, assignee, origin, originAgency } = filters
  // A stub shows none of these: to answer by them would tell them.
  const tells = status ?? priority ?? agency ?? assignee ?? origin ?? originAgency
  return {
    personId: person.id,
    agency: person.agency,
    seesUnnamedRestricted: mayDo(person.role, 'reports.see-unnamed') && tells === undefined,
  }
}

/** The filters as they are stored. */
export function storedFilters(filters: Omit<ReportFilters, 'cursor' | 'limit' | 'sort'>): ListFilters {
  const { status, priority, category, agency, assignee, receivedFrom, receivedTo, pending } = filters
  const { origin, originAgency } = filters
  return {
    status,
    priority: priority?.map(rankOf),
    category,
    agency,
    assignee: assignee?.filter((one) => one !== 'none'),
    unassigned: assignee?.includes('none') ?? false,
    receivedFrom,
    receivedTo,
    pending,
    origin,
    originAgency,
  }
}

/** How the stubs of a page are shown, with what waits for a second supervisor. */
async function stubsAmong(
  work: Work,
  rows: readonly ReportRow[],
  person: Person,
): Promise<(row: ReportRow) => RestrictedReport> {
  const waiting = rows.filter((row) => row.pending && isStub(row, person))
  const read = await readCases(
    work,
    waiting.map(({ id }) => id),
  )
  const cases = new Map(waiting.map((row) => [row.id, read.get(row.id) ?? newCase(row)]))
  const nameOf = await namesAmong(work.query, [], [...cases.values()])
  return (row) => stubOf(row, cases.get(row.id), nameOf)
}

function cursorAt({ priority, receivedOn, id }: ReportRow, filters: string, sort: ListOrder) {
  // By day the priority plays no part, and must not travel with a stub.
  return { priority: sort === 'priority' ? priority : 0, receivedOn, id, filters }
}

function positionIn(keyring: Keyring, cursor: string, filters: string): Position {
  const opened = readCursor(keyring, cursor) as (Position & { filters: string }) | undefined
  if (opened === undefined || opened.filters !== filters) throw badCursor()
  return opened
}
