import { randomUUID } from 'node:crypto'
import type { Statement } from '../../src/storage/pool.ts'
import {
  type ListFilters,
  type ListOrder,
  listStatement,
  type Position,
} from '../../src/storage/reportPages.ts'
import { madeUp } from './manyReports.ts'

/** A list as staff ask for it. */
export interface ListCase {
  name: string
  /** Whether staff ask for it daily. */
  isCommon: boolean
  order: ListOrder
  filters: Partial<ListFilters>
  /** Somewhere in the middle of the list. */
  after?: () => Position
}

const pick = <T>(values: readonly T[]): T => values[Math.floor(Math.random() * values.length)] as T
const dayBefore = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
const somewhere = (): Position => ({
  priority: pick([1, 2, 3]),
  receivedOn: dayBefore(Math.floor(Math.random() * 1000)),
  id: randomUUID(),
})

const [category = '', , , other = '', , rare = ''] = madeUp.categories
const [agency = ''] = madeUp.agencies
const [assignee = '', , , colleague = ''] = madeUp.assignees

const open = ['received', 'screening', 'sanitising', 'graded', 'development', 'awaiting-clarification']
const filters: Record<string, Partial<ListFilters>> = {
  'no filter': {},
  'status closed': { status: ['closed'] },
  'status graded': { status: ['graded'] },
  'status, three of them': { status: ['screening', 'sanitising', 'approved'] },
  'priority high': { priority: [3] },
  'priority medium or low': { priority: [2, 1] },
  'category, a frequent one': { category: [category] },
  'category, two rare ones': { category: [other, rare] },
  agency: { agency: [agency] },
  'agency, all of them': { agency: madeUp.agencies },
  assignee: { assignee: [assignee] },
  'assignee, two or nobody': { assignee: [assignee, colleague], unassigned: true },
  'nobody assigned': { unassigned: true },
  'what waits for a second supervisor': { pending: true },
  'what partners shared in': { origin: ['partner'] },
  'what one of them did': { originAgency: [agency] },
  'received, of an agency': { status: ['received'], agency: [agency] },
  'received, of a rare category': { status: ['received'], category: [rare] },
  'mine, and open': { status: open, assignee: [assignee] },
  'one month': { receivedFrom: dayBefore(400), receivedTo: dayBefore(370) },
  'all at once': {
    status: ['received', 'screening'],
    priority: [3, 2],
    category: [category, other],
    agency: [agency],
    unassigned: true,
    receivedFrom: dayBefore(700),
    receivedTo: dayBefore(1),
  },
}

/** Nobody works by these: they show what many filters cost together. */
const uncommon = ['all at once']

/** Every filter, in both orders, from the start and from the middle. */
export const listCases: readonly ListCase[] = Object.entries(filters).flatMap(([name, chosen]) =>
  (['priority', 'received'] as const).flatMap((order) => {
    const one = { order, filters: chosen, isCommon: !uncommon.includes(name) }
    return [
      { ...one, name: `${name}, by ${order}` },
      { ...one, name: `${name}, by ${order}, deep`, after: somewhere },
    ]
  }),
)

/** The statement that the service runs for a supervisor who asks for this list. */
export function statementOf(
  { filters, order, after }: Omit<ListCase, 'name' | 'isCommon'>,
  rows = 51,
): Statement {
  const viewer = { personId: randomUUID(), agency: 'community-safety', seesUnnamedRestricted: true }
  return listStatement(viewer, { unassigned: false, ...filters }, order, rows, after?.())
}
