import type { AuditAction } from '../vocabulary/auditActions.ts'
import { recordColumns, type StoredRecord } from './auditTrail.ts'
import type { Query, Statement } from './pool.ts'

/** Which records are wanted. Of several values of one filter any will do. */
export interface AuditFilters {
  actor?: readonly string[] | undefined
  action?: readonly AuditAction[] | undefined
  /** Things: found by their own name and by whatever lies below them. */
  target?: readonly string[] | undefined
  role?: readonly string[] | undefined
  from?: Date | undefined
  to?: Date | undefined
  /** Records after this number. */
  after?: number | undefined
}

export type AuditOrder = 'asc' | 'desc'

/** Where a page ends. With a time among the filters, records come by time; otherwise by number. */
export interface AuditPosition {
  seq: number
  at?: string
}

/** As the index audit_records_thing has it. */
const thing = (target: string) =>
  `CASE WHEN ${target} LIKE '% %' THEN ${target} ELSE split_part(${target}, '/', 1) || '/' || split_part(${target}, '/', 2) END`

/** How a value of the filter that leads is found, each by an index of its own. */
const walks = {
  target: (wanted: string) =>
    `(${thing('target')}) = (${thing(wanted)}) AND (target = ${wanted} OR starts_with(target, ${wanted} || '/'))`,
  actor: (wanted: string) => `actor = ${wanted}`,
  action: (wanted: string) => `action = ${wanted}`,
  role: (wanted: string) => `role = ${wanted}`,
} as const
const names = ['target', 'actor', 'action', 'role'] as const

/** One page of the trail. */
export function findInTrail(
  query: Query,
  filters: AuditFilters,
  order: AuditOrder,
  limit: number,
  position: AuditPosition | undefined,
): Promise<StoredRecord[]> {
  return query<StoredRecord>(trailStatement(filters, order, limit, position))
}

/**
 * The filter that leads is walked once for each of its values, in the order of the list, along the index that has it
 * first: a page costs that many short walks, however long the trail is. The other filters narrow what is met there.
 */
export function trailStatement(
  filters: AuditFilters,
  order: AuditOrder,
  limit: number,
  position: AuditPosition | undefined,
): Statement {
  const values: unknown[] = [limit]
  const shape: string[] = [order]
  const parameter = (value: unknown, part: string) => {
    shape.push(part)
    return `$${values.push(value)}`
  }

  const [leading, ...others] = names.filter((name) => filters[name] !== undefined)
  const where = others.map((name) => `${name} = ANY (${parameter(filters[name], name)}::text[])`)
  const { from, to, after } = filters
  if (from !== undefined) where.push(`at >= ${parameter(from, 'from')}`)
  if (to !== undefined) where.push(`at <= ${parameter(to, 'to')}`)
  if (after !== undefined) where.push(`seq > ${parameter(after, 'after')}`)

  const byTime = from !== undefined || to !== undefined
  if (position !== undefined) {
    const beyond = order === 'asc' ? '>' : '<'
    const seq = parameter(position.seq, 'page')
    const place = byTime ? [`(at, seq)`, `(${parameter(position.at, 'at')}, ${seq})`] : ['seq', seq]
    where.push(place.join(` ${beyond} `))
  }
  const columns = byTime ? ['at', 'seq'] : ['seq']
  const ordered = `ORDER BY ${columns.map((column) => `${column} ${order}`).join(', ')} LIMIT $1`
  const select = (conditions: string[]) =>
    `SELECT ${recordColumns} FROM audit_records ${whereAll(conditions)} ${ordered}`

  const wanted = leading === undefined ? [] : [...new Set<string>(filters[leading])]
  if (leading === undefined) {
    return { text: select(where), name: nameOf(shape), values }
  }
  if (wanted.length === 1) {
    const one = `${parameter(wanted[0], `one-${leading}`)}::text`
    return { text: select([walks[leading](one), ...where]), name: nameOf(shape), values }
  }
  const all = parameter(wanted, `any-${leading}`)
  const text = `SELECT found.* FROM unnest(${all}::text[]) AS any_of (wanted)
                CROSS JOIN LATERAL (${select([walks[leading]('any_of.wanted'), ...where])}) AS found ${ordered}`
  return { text, name: nameOf(shape), values }
}

function whereAll(parts: readonly string[]): string {
  return parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`
}

/** One name for one text: a statement is prepared once a connection. */
function nameOf(shape: readonly string[]): string {
  return ['audit', ...shape].join(' ')
}
