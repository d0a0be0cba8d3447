import type { components } from '../../../client/src/index.ts'
import { api } from '../../state/api.ts'
import { namesOf, plain } from '../../state/words.ts'

type Schemas = components['schemas']
export type Statistics = Schemas['Statistics']
export type Cell = Schemas['StatisticsCell']

export const dimensions = ['category', 'status', 'priority', 'agency', 'outcome', 'month'] as const
export type Dimension = (typeof dimensions)[number]

export async function readStatistics(by: Dimension, isMonthly: boolean): Promise<Statistics> {
  const names = by === 'month' ? ['month'] : isMonthly ? [by, 'month'] : [by]
  const { body } = await api.get('/v1/triage/stats', { query: { by: names } })
  if (body.live) throw new Error('asked for what is published')
  return body
}

/** What a cell counts, in words. */
export function labelOf(cell: Cell, by: Dimension): string {
  const value = cell[by] ?? ''
  const names: Partial<Record<Dimension, Record<string, string>>> = {
    category: namesOf.category,
    status: namesOf.status,
    priority: namesOf.priority,
    outcome: namesOf.outcome,
  }
  return names[by]?.[value] ?? (by === 'month' ? monthOf(value) : plain(value))
}

const month = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' })

export function monthOf(text: string): string {
  return /^\d{4}-\d\d$/.test(text) ? month.format(new Date(`${text}-01T00:00:00Z`)) : text
}

/** Rows of one value each, with a figure for each month; null where it is hidden. */
export interface Series {
  months: string[]
  rows: { label: string; counts: (number | null | undefined)[] }[]
}

export function seriesOf({ items }: Statistics, by: Dimension): Series {
  const months = [...new Set(items.flatMap((cell) => cell.month ?? []))].sort()
  const rows = new Map<string, (number | null | undefined)[]>()
  for (const cell of items) {
    const label = by === 'month' ? '' : labelOf(cell, by)
    const counts = rows.get(label) ?? months.map(() => undefined)
    counts[months.indexOf(cell.month ?? '')] = cell.count
    rows.set(label, counts)
  }
  return { months, rows: [...rows].map(([label, counts]) => ({ label, counts })) }
}
