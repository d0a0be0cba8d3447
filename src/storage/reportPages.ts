import { createHash } from 'node:crypto'
import { type Origin, origins } from '../vocabulary/origins.ts'
import { imageDestructionLapsesAfterDays } from '../vocabulary/periods.ts'
import type { Pool, Statement } from './pool.ts'
import { clearColumns, countsOf, type ReportRow, stateOf } from './reports.ts'
import { type Viewer, visibleNamed, visibleNames, visibleOpen } from './visibility.ts'

export interface ListFilters {
  status?: readonly string[] | undefined
  priority?: readonly number[] | undefined
  category?: readonly string[] | undefined
  agency?: readonly string[] | undefined
  assignee?: readonly string[] | undefined
  unassigned: boolean
  receivedFrom?: string | undefined
  receivedTo?: string | undefined
  /** Whether something waits for a second supervisor. */
  pending?: boolean | undefined
  origin?: readonly Origin[] | undefined
  originAgency?: readonly string[] | undefined
}

export type ListOrder = 'priority' | 'received'

/** Where a page ended. */
export interface Position {
  priority: number
  receivedOn: string
  id: string
}

const orders = {
  priority: { columns: '(priority, received_on, id)', by: 'priority DESC, "receivedOn" DESC, id DESC' },
  received: { columns: '(received_on, id)', by: '"receivedOn" DESC, id DESC' },
} as const

/** One page of what the viewer may see, in one query. */
export function listReports(
  pool: Pool<'sotto_triage'>,
  viewer: Viewer,
  filters: ListFilters,
  order: ListOrder,
  limit: number,
  after: Position | undefined,
): Promise<ReportRow[]> {
  return pool.page<ReportRow>(listStatement(viewer, filters, order, limit, after))
}

/** The page, and beside each of its reports what is counted for it. */
export function listStatement(...page: Parameters<typeof pageStatement>): Statement {
  const { name, text, values } = pageStatement(...page)
  const { by } = orders[page[2]]
  return {
    name: `list-${name}`,
    text: `SELECT page.*, ${stateOf('page')}, ${countsOf('page')} FROM (${text}) page ORDER BY ${by}`,
    values,
  }
}

/**
 * The statement for one page. However many reports there are, it reads about as many as it shows: every index on
 * reports is led by one column and goes on with priority, day and id, so rows come from it in order once that column,
 * and for order by day or a range of days the priority too, is one value. So filters of several values become several
 * branches, each of which stops when it has a page, and Postgres merges those pages. `beside` are further columns.
 */
export function pageStatement(
  viewer: Viewer,
  filters: ListFilters,
  order: ListOrder,
  limit: number,
  after: Position | undefined,
  beside = '',
): Statement {
  const values: unknown[] = [viewer.personId, viewer.agency, viewer.seesUnnamedRestricted]
  const parameter = (value: unknown, type: string) => `$${values.push(value)}::${type}`
  const { columns, by } = orders[order]
  const from = keyset(columns, order, after, parameter)
  const page = `ORDER BY ${by} LIMIT ${wholeNumber(limit)}`
  const pageWhere = (conditions: readonly string[], priority: string | undefined) =>
    `(SELECT ${clearColumns}${beside} FROM listed_reports WHERE ${[...conditions, ...from(priority)].join(' AND ')} ${page})`
  const open = conditionsOf(filters, order, parameter, branchesAtMost)
  const branches = open.fixed.map(({ conditions, priority }) =>
    pageWhere([visibleOpen, ...conditions, ...open.others], priority),
  )
  // What is restricted is little, or a flood of which the viewer sees all or nothing: one branch serves all filters.
  const { fixed, others } = conditionsOf(filters, order, parameter, 1)
  const ofNames = [visibleNamed, 'priority = one', ...others]
  for (const { conditions } of fixed) {
    branches.push(`(SELECT named.* FROM sets_of_names() names CROSS JOIN unnest(ARRAY[1, 2, 3]::smallint[]) priorities (one)
      CROSS JOIN LATERAL ${pageWhere([...ofNames, ...conditions], 'one')} named WHERE ${visibleNames})`)
  }
  const text = `${branches.join(' UNION ALL ')} ${page}`
  return { name: `reports-${createHash('sha256').update(text).digest('hex').slice(0, 24)}`, text, values }
}

/**
 * As it stands in the statement and not as a parameter: Postgres takes a tenth of all rows for a limit that it does not know,
 * and so made a plan anew each time, which took longer than the page.
 */
function wholeNumber(limit: number): number {
  if (!Number.isSafeInteger(limit) || limit < 0) throw new RangeError('a limit is a whole number')
  return limit
}

type Parameter = (value: unknown, type: string) => string

/**
 * What lies beyond the position, of all or of one priority. Of one it is said by day and id alone: compared as a whole, the index is
 * read from where that priority begins.
 */
function keyset(
  columns: string,
  order: ListOrder,
  after: Position | undefined,
  parameter: Parameter,
): (priority: string | undefined) => string[] {
  if (after === undefined) return () => []
  const ended = order === 'priority' ? parameter(after.priority, 'smallint') : undefined
  const day = parameter(after.receivedOn, 'date')
  const id = parameter(after.id, 'uuid')
  return (priority) => {
    if (ended === undefined) return [`${columns} < (${day}, ${id})`]
    if (priority === undefined) return [`${columns} < (${ended}, ${day}, ${id})`]
    const from = `CASE WHEN ${priority} = ${ended} THEN ${day} ELSE 'infinity' END`
    return [`${priority} <= ${ended}`, `(received_on, id) < (${from}, ${id})`]
  }
}

/** Stands for nobody, in the index as here. */
const nobody = '00000000-0000-0000-0000-000000000000'
const priorities = [1, 2, 3]

interface Choice {
  column: string
  type: string
  values: readonly unknown[]
}

function choicesOf(filters: ListFilters, order: ListOrder): Choice[] {
  const { status, priority, category, agency, assignee, unassigned, receivedFrom, receivedTo } = filters
  const needsPriority = order === 'received' || receivedFrom !== undefined || receivedTo !== undefined
  const assignees = [...(assignee ?? []), ...(unassigned ? [nobody] : [])]
  const chosen: [string, string, readonly unknown[] | undefined][] = [
    ['priority', 'smallint', some(priority) ?? (needsPriority ? priorities : undefined)],
    [`coalesce(assignee, '${nobody}')`, 'uuid', some(assignees)],
    ['status', 'text', some(status)],
    ['category', 'text', some(category)],
    ['lead_agency', 'text', some(agency)],
  ]
  return chosen.flatMap(([column, type, values]) =>
    values === undefined ? [] : [{ column, type, values: [...new Set(values)] }],
  )
}

/** A filter that lists nothing is none. */
function some<T>(values: readonly T[] | undefined): readonly T[] | undefined {
  return values?.length === 0 ? undefined : values
}

/** Reports of which an image is to be destroyed, once a second supervisor agrees. Few are at a time. */
const imagesWaiting = (where = 'true') =>
  `SELECT report_id FROM image_destructions
    WHERE ${where} AND asked_at > now() - make_interval(days => ${imageDestructionLapsesAfterDays})`

/** Beyond so many branches the rest is filtered row by row: filters of so many values let most rows pass. */
const branchesAtMost = 32

interface Branch {
  conditions: readonly string[]
  /** Its priority, where it is of one. */
  priority?: string
}

interface Conditions {
  fixed: readonly Branch[]
  others: readonly string[]
}

/** The conditions of each branch, and those that all share. */
function conditionsOf(
  filters: ListFilters,
  order: ListOrder,
  parameter: Parameter,
  atMost: number,
): Conditions {
  let fixed: Branch[] = [{ conditions: [] }]
  const others: string[] = []
  for (const { column, type, values } of choicesOf(filters, order)) {
    if (fixed.length * values.length > atMost) {
      others.push(`${column} = ANY (${parameter(values, `${type}[]`)})`)
      continue
    }
    const named = values.map((value) => parameter(value, type))
    fixed = fixed.flatMap((branch) =>
      named.map((value) => ({
        ...branch,
        conditions: [...branch.conditions, `${column} = ${value}`],
        ...(column === 'priority' && { priority: value }),
      })),
    )
  }
  if (filters.receivedFrom !== undefined)
    others.push(`received_on >= ${parameter(filters.receivedFrom, 'date')}`)
  if (filters.receivedTo !== undefined) others.push(`received_on <= ${parameter(filters.receivedTo, 'date')}`)
  others.push(...ofOrigin(filters, parameter))
  if (filters.pending === true) {
    const ways = ['pending', `NOT pending AND id = ANY (ARRAY(${imagesWaiting()}))`]
    fixed = fixed.flatMap((branch) =>
      ways.map((way) => ({ ...branch, conditions: [...branch.conditions, way] })),
    )
  }
  if (filters.pending === false) {
    others.push(`NOT pending AND NOT EXISTS (${imagesWaiting('report_id = listed_reports.id')})`)
  }
  return { fixed, others }
}

/** As it stands in the statement and not as a parameter: those of partners are few, and have an index of their own. */
function ofOrigin({ origin, originAgency }: ListFilters, parameter: Parameter): string[] {
  const agencies = some(originAgency)
  const asked = new Set(some(origin) ?? origins)
  return [
    ...(agencies === undefined
      ? []
      : [`origin = 'partner' AND origin_agency = ANY (${parameter(agencies, 'text[]')})`]),
    ...(asked.size === 1 ? [`origin = '${asked.has('partner') ? 'partner' : 'public'}'`] : []),
  ]
}
