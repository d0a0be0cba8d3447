import pg from 'pg'
import type { Query, Statement } from '../../src/storage/pool.ts'

/** How Postgres goes about a prepared statement: planned for these values, or for any. */
export type PlanMode = 'force_custom_plan' | 'force_generic_plan'

export interface Plan {
  /** Nodes from the root down: the table or index that each reads, and how many rows came out of it. */
  nodes: { type: string; on: string | undefined; rows: number }[]
  /** Pages of 8 KiB that it touched. */
  pages: number
  milliseconds: number
}

interface Node {
  'Node Type': string
  'Index Name'?: string
  'Relation Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Shared Hit Blocks'?: number
  'Shared Read Blocks'?: number
  Plans?: Node[]
}

/** Prepares the statement as the pool does, runs it, and explains that very prepared statement. */
export async function explain(query: Query, statement: Statement, mode: PlanMode): Promise<Plan> {
  await query(unnamed(`SET LOCAL plan_cache_mode = ${mode}`))
  await query(statement)
  const values = statement.values.map(literal).join(', ')
  const rows = await query<{ 'QUERY PLAN': [{ Plan: Node; 'Execution Time': number }] }>(
    unnamed(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE "${statement.name}" (${values})`),
  )
  const [explained] = rows[0]?.['QUERY PLAN'] ?? []
  if (explained === undefined) throw new Error('no plan')
  const root = explained.Plan
  return {
    nodes: nodesOf(root),
    pages: (root['Shared Hit Blocks'] ?? 0) + (root['Shared Read Blocks'] ?? 0),
    milliseconds: explained['Execution Time'],
  }
}

function nodesOf(node: Node): Plan['nodes'] {
  const on = node['Index Name'] ?? node['Relation Name']
  const rows = node['Actual Rows'] * node['Actual Loops']
  return [{ type: node['Node Type'], on, rows }, ...(node.Plans ?? []).flatMap(nodesOf)]
}

const unnamed = (text: string): Statement => ({ name: '', text, values: [] })

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'NULL'
  if (Array.isArray(value)) return pg.escapeLiteral(`{${value.map((one) => `"${one}"`).join(',')}}`)
  return pg.escapeLiteral(String(value))
}
