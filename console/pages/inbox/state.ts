import { signal } from '@preact/signals'
import type { components } from '../../../client/src/index.ts'
import { api } from '../../state/api.ts'
import { me, whoId } from '../../state/session.ts'

type Schemas = components['schemas']
export type Row = Schemas['ReportSummary']
export type Stub = Schemas['RestrictedReport']
export type Listed = Row | Stub

/** A stub says that there is a restricted report, and no more. */
export function isStub(row: Listed): row is Stub {
  return !('status' in row)
}

export interface Filters {
  status: Schemas['ReportStatus'][]
  priority: Schemas['Priority'][]
  category: '' | Schemas['CategorySlug']
  agency: string
  assignee: '' | 'none' | 'me'
  receivedFrom: string
  receivedTo: string
  origin: '' | Schemas['ReportsOrigin']
  isPending: boolean
  sort: Schemas['ReportsSort']
}

export const noFilters: Filters = {
  status: [],
  priority: [],
  category: '',
  agency: '',
  assignee: '',
  receivedFrom: '',
  receivedTo: '',
  origin: '',
  isPending: false,
  sort: 'priority',
}

/** What this tab looks at, for as long as somebody is signed in. */
export const filters = signal<Filters>(noFilters)
/** Rows ticked for one act together. */
export const ticked = signal<ReadonlySet<string>>(new Set())

whoId.subscribe(() => {
  filters.value = noFilters
  ticked.value = new Set()
})

export function narrow(more: Partial<Filters>): void {
  filters.value = { ...filters.value, ...more }
  ticked.value = new Set()
}

export function isNarrowed(): boolean {
  return JSON.stringify(filters.value) !== JSON.stringify(noFilters)
}

export function tick(id: string, isOn: boolean): void {
  const next = new Set(ticked.value)
  if (isOn) next.add(id)
  else next.delete(id)
  ticked.value = next
}

/** The filters as the API names them. */
export function queryOf(given: Filters) {
  const assignee = given.assignee === 'me' ? me.value?.id : given.assignee
  return {
    ...(given.status.length > 0 ? { status: given.status } : {}),
    ...(given.priority.length > 0 ? { priority: given.priority } : {}),
    ...(given.category === '' ? {} : { category: [given.category] }),
    ...(given.agency === '' ? {} : { agency: [given.agency] }),
    ...(assignee ? { assignee: [assignee] } : {}),
    ...(given.receivedFrom === '' ? {} : { receivedFrom: given.receivedFrom }),
    ...(given.receivedTo === '' ? {} : { receivedTo: given.receivedTo }),
    ...(given.origin === '' ? {} : { origin: [given.origin] }),
    ...(given.isPending ? { pending: true } : {}),
    ...(given.sort === 'received' ? { sort: given.sort } : {}),
  }
}

/** What waits, in figures. */
export async function readQueue(): Promise<Schemas['WorkQueue']> {
  const { body } = await api.get('/v1/triage/stats', { query: { by: ['status'], live: true } })
  if (!body.live) throw new Error('asked for the work queue')
  return body
}

type ForSecond = Schemas['Waiting']

/** How much waits for a second person, and urgent products that should have been reviewed by now, the oldest first. */
export interface Waiting {
  count: string
  overdue: readonly ForSecond[]
}

export async function readWaiting(): Promise<Waiting> {
  const { body } = await api.get('/v1/triage/approvals', { query: { limit: 200 } })
  const now = new Date().toISOString()
  return {
    count: `${body.items.length}${body.nextCursor === undefined ? '' : '+'}`,
    overdue: body.items
      .filter(({ reviewBy }) => reviewBy !== undefined && reviewBy < now)
      .sort((one, other) => (one.reviewBy ?? '').localeCompare(other.reviewBy ?? '')),
  }
}

/** Whether the day on which somebody should have looked is over. */
export function isOverdue({ attentionBy, status }: Row): boolean {
  return attentionBy !== null && status !== 'closed' && attentionBy < new Date().toISOString().slice(0, 10)
}
