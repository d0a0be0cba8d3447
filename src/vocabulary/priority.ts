import type { Priority } from './categories/category.ts'

/** Priorities as the database orders them: the most pressing first when descending. */
const ranks: Record<Priority, number> = { high: 3, medium: 2, low: 1 }

/** From this rank a report wants attention on the day on which it came (domain.md, section 3). */
export const attentionFrom = ranks.high

export function rankOf(priority: Priority): number {
  return ranks[priority]
}

export function priorityOf(rank: number): Priority {
  return rank === 3 ? 'high' : rank === 2 ? 'medium' : 'low'
}
