import type { components } from '../../../client/src/index.ts'
import { api } from '../../state/api.ts'
import { namesOf } from '../../state/words.ts'
import { type Filters, isOverdue, isStub, type Listed, queryOf, type Row } from './state.ts'

type Cell = components['schemas']['WorkQueue']['items'][number]

/** Reports whose day is over, as many as were looked for. */
export interface Overdue {
  items: readonly Row[]
  /** How many there are further down, beyond what was looked through. */
  beyond: number
}

const pageSize = 200
/** So many calls at most: where thousands wait, the first of them are enough to begin with. */
const pagesAtMost = 5

/**
 * The list has no filter for it. The figures of the work queue say of which status and priority the overdue are, and how many:
 * so only those are looked through, and only until all are found.
 */
export async function seekOverdue(filters: Filters): Promise<Overdue> {
  const { body } = await api.get('/v1/triage/stats', { query: { by: ['status', 'priority'], live: true } })
  if (!body.live) throw new Error('asked for the work queue')
  const cells = body.items.filter(
    ({ overdue, status, priority }) =>
      overdue > 0 && admits(filters.status, status) && admits(filters.priority, priority),
  )
  const count = cells.reduce((sum, { overdue }) => sum + overdue, 0)
  if (count === 0) return { items: [], beyond: 0 }
  const query = { ...queryOf(filters), ...of(cells), limit: pageSize }
  const items: Row[] = []
  let cursor: string | undefined
  for (let pages = 0; pages < pagesAtMost; pages += 1) {
    const page = await api.get('/v1/triage/reports', {
      query: { ...query, ...(cursor === undefined ? {} : { cursor }) },
    })
    items.push(...page.body.items.filter(isRowOverdue))
    cursor = page.body.nextCursor
    if (cursor === undefined) return { items, beyond: 0 }
    if (items.length >= count) break
  }
  return { items, beyond: Math.max(0, count - items.length) }
}

function admits(chosen: readonly string[], one: string | undefined): boolean {
  return chosen.length === 0 || (one !== undefined && chosen.includes(one))
}

function of(cells: readonly Cell[]) {
  return {
    status: [...new Set(cells.flatMap(({ status }) => (isOneOf(namesOf.status, status) ? [status] : [])))],
    priority: [
      ...new Set(cells.flatMap(({ priority }) => (isOneOf(namesOf.priority, priority) ? [priority] : []))),
    ],
  }
}

/** The figures name them as text. */
function isOneOf<T extends string>(names: Readonly<Record<T, string>>, text: string | undefined): text is T {
  return text !== undefined && Object.hasOwn(names, text)
}

function isRowOverdue(row: Listed): row is Row {
  return !isStub(row) && isOverdue(row)
}
