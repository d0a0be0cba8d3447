import { attentionFrom } from '../vocabulary/priority.ts'

/** In SQL the day by which a report that nobody has touched wants attention: `priority` and `day` are columns of it. */
export function attentionBy(priority: string, day: string): string {
  return `CASE WHEN ${priority} >= ${attentionFrom} THEN ${day} END`
}
