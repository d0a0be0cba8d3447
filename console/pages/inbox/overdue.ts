import type { components } from '../../../client/src/index.ts'
import { api } from '../../state/api.ts'
import { namesOf } from '../../state/words.ts'
import { type Filters, isOverdue, isStub, type Listed, queryOf, type Row } from './state.ts'

type Schemas = components['schemas']
type Cell = Schemas['WorkQueue']['items'][number]

/** As the contract names them; the figures name them as text. */
interface Named {
  status: Schemas['ReportStatus']
  category: Schemas['CategorySlug']
}

/** Reports whose day is over, as many as were looked for. */
export interface Overdue {
  items: readonly Row[]
  /** How many more there are than were found; `perhaps` where the figures do not tell what the filters ask for. */
  beyond: number | 'perhaps'
}

const pageSize = 200
/** So many calls at most, in all and for one stretch: where thousands wait, the first of them are enough to begin with. */
const pagesAtMost = 8
const pagesEach = 4
/** A query names no more agencies than this. */
const agenciesAtMost = 50
const none: Overdue = { items: [], beyond: 0 }
const priorities = ['high', 'medium', 'low'] as const
const dimensions = ['status', 'priority', 'category', 'agency', 'origin'] as const

/** A kind of report: what asks for it, how many of it are open, and how many overdue. */
interface Kind {
  query: Pick<Filters, 'priority' | 'status'> & { category: Schemas['CategorySlug'][]; agency?: string[] }
  size: number
  overdue: number
}

/**
 * The list has no filter for it. The figures of the work queue say of which kinds the overdue are, and how many: so only
 * those kinds are looked through, the short stretches of a priority before the long ones, and each only until all of it
 * are found. What came today is left out: no rule wants attention before the day of arrival.
 */
export async function seekOverdue(filters: Filters): Promise<Overdue> {
  const dayBefore = yesterday()
  const receivedTo =
    filters.receivedTo !== '' && filters.receivedTo < dayBefore ? filters.receivedTo : dayBefore
  if (filters.receivedFrom > receivedTo) return none
  const coarse = (await figures(['status', 'priority'])).filter((cell) => admits(filters, cell))
  if (!coarse.some(({ overdue }) => overdue > 0)) return none
  const cells = (await figures(dimensions)).filter((cell) => admits(filters, cell))
  const items: Row[] = []
  let [left, beyond] = [pagesAtMost, 0]
  for (const { query, overdue } of priorities.flatMap((priority) => stretchesOf(cells, priority))) {
    const pages = Math.min(left, pagesEach)
    const looked = await lookThrough({ ...queryOf(filters), ...query, receivedTo }, overdue, pages)
    left -= looked.pages
    items.push(...looked.items)
    if (!looked.isAll) beyond += Math.max(0, overdue - looked.items.length)
  }
  items.sort(filters.sort === 'received' ? byDay : byPriority)
  return { items, beyond: beyond > 0 && !isCounted(filters) ? 'perhaps' : beyond }
}

async function figures(by: readonly string[]): Promise<Cell[]> {
  const { body } = await api.get('/v1/triage/stats', { query: { by: [...by], live: true } })
  if (!body.live) throw new Error('asked for the work queue')
  return body.items
}

/** Reads pages of a query until so many overdue are found, or it ends, or so many pages are read. */
async function lookThrough(
  query: Kind['query'] & { receivedTo: string },
  wanted: number,
  pagesAtMost: number,
) {
  const items: Row[] = []
  let cursor: string | undefined
  for (let pages = 0; pages < pagesAtMost; pages += 1) {
    const { body } = await api.get('/v1/triage/reports', {
      query: { ...query, limit: pageSize, ...(cursor === undefined ? {} : { cursor }) },
    })
    items.push(...body.items.filter(isRowOverdue))
    cursor = body.nextCursor
    const isAll = cursor === undefined
    if (isAll || items.length >= wanted) return { items, pages: pages + 1, isAll }
  }
  return { items, pages: pagesAtMost, isAll: false }
}

/** Where of one priority the overdue are: statuses that fit a page stand together. No report is in two of them. */
function stretchesOf(cells: readonly Cell[], priority: Schemas['Priority']): Kind[] {
  const all = cells.filter((cell) => cell.priority === priority)
  const late = all.filter(({ overdue }) => overdue > 0)
  const alone = valuesOf(late, 'status')
    .map((status) => stretchOf(all, priority, [status]))
    .sort((one, other) => one.size - other.size)
  const together: Kind[] = []
  for (const one of alone) {
    const last = together.at(-1)
    const both = last && stretchOf(all, priority, [...last.query.status, ...one.query.status])
    if (both !== undefined && both.size <= pageSize) together.splice(-1, 1, both)
    else together.push(one)
  }
  return together
}

/** What asks for the overdue of these statuses, and as little else as the list can be asked for. */
function stretchOf(
  all: readonly Cell[],
  priority: Schemas['Priority'],
  status: Schemas['ReportStatus'][],
): Kind {
  const those = all.filter((cell) => admitsOne(status, cell.status))
  const late = those.filter(({ overdue }) => overdue > 0)
  const category = valuesOf(late, 'category')
  const agencies = [...new Set(late.flatMap(({ agency }) => agency ?? []))]
  const agency = agencies.length <= agenciesAtMost ? agencies : []
  const asked = those.filter((cell) => admitsOne(category, cell.category) && admitsOne(agency, cell.agency))
  return {
    query: { priority: [priority], status, category, ...(agency.length === 0 ? {} : { agency }) },
    size: asked.reduce((sum, { count }) => sum + count, 0),
    overdue: late.reduce((sum, { overdue }) => sum + overdue, 0),
  }
}

function valuesOf<Name extends 'status' | 'category'>(cells: readonly Cell[], name: Name) {
  const names: Readonly<Record<string, string>> = namesOf[name]
  const values = new Set(cells.flatMap((cell) => cell[name] ?? []))
  return [...values].filter((value): value is Named[Name] => Object.hasOwn(names, value))
}

/** Whether the filters let through what the cell counts, as far as it tells. */
function admits(filters: Filters, { status, priority, category, agency, origin }: Cell): boolean {
  const chosen = (value: string) => (value === '' ? [] : [value])
  return (
    admitsOne(filters.status, status) &&
    admitsOne(filters.priority, priority) &&
    admitsOne(chosen(filters.category), category) &&
    admitsOne(chosen(filters.agency), agency) &&
    admitsOne(chosen(filters.origin), origin)
  )
}

/** Nothing chosen lets through all; what is not told is let through. */
function admitsOne(chosen: readonly string[], one: string | undefined): boolean {
  return chosen.length === 0 || one === undefined || chosen.includes(one)
}

/** Whether the figures tell all of what the filters ask for. */
function isCounted({ assignee, receivedFrom, receivedTo, isPending }: Filters): boolean {
  return assignee === '' && receivedFrom === '' && receivedTo === '' && !isPending
}

function yesterday(): string {
  return new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
}

function isRowOverdue(row: Listed): row is Row {
  return !isStub(row) && isOverdue(row)
}

function byDay(one: Row, other: Row): number {
  return other.receivedOn.localeCompare(one.receivedOn)
}

function byPriority(one: Row, other: Row): number {
  return priorities.indexOf(one.priority) - priorities.indexOf(other.priority) || byDay(one, other)
}
