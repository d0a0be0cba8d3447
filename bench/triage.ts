import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { startEmbeddedPostgres } from '../src/embedded/postgres.ts'
import { migrate } from '../src/storage/migrate.ts'
import { openPool } from '../src/storage/pool.ts'
import { explain, type Plan } from '../test/support/explain.ts'
import { type ListCase, listCases, statementOf } from '../test/support/listCases.ts'
import { fillReports } from '../test/support/manyReports.ts'
import { describeMachine } from './machine.ts'
import { percentile } from './percentile.ts'
import { print, printTable } from './table.ts'

/*
 * How long staff wait for a page of the list, with many reports: each filter, in both orders, from the start and from
 * the middle; and how Postgres finds it.
 */

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    box: { type: 'string', default: '20000' },
    times: { type: 'string', default: '200' },
    /** Only the cases whose names hold this. */
    only: { type: 'string', default: '' },
  },
})

const dataDir = mkdtempSync(join(tmpdir(), 'sotto-bench-'))
const postgres = await startEmbeddedPostgres({ dataDir })
await migrate(postgres.url)
const database = new pg.Client({ connectionString: postgres.url })
await database.connect()
const pool = openPool(postgres.url, 'sotto_triage', 1)

async function measure(one: ListCase): Promise<string[]> {
  const took: number[] = []
  let rows = 0
  for (let time = 0; time < Number(options.times); time++) {
    const statement = statementOf(one)
    const since = performance.now()
    rows = (await pool.page(statement)).length
    took.push(performance.now() - since)
  }
  const plan = await pool.transaction((query) => explain(query, statementOf(one), 'force_generic_plan'))
  const figures = [percentile(took, 0.5), percentile(took, 0.99)].map((figure) => figure.toFixed(2))
  return [one.name, String(rows), ...figures, String(plan.pages), shapeOf(plan)]
}

/** Each node once, from the root down, with how often it stands there. */
function shapeOf({ nodes }: Plan): string {
  const counts = new Map<string, number>()
  for (const { type, on } of nodes) {
    const name = on === undefined ? type : `${type} on ${on}`
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts].map(([name, count]) => (count === 1 ? name : `${count} ${name}`)).join(', ')
}

try {
  print(await describeMachine(database))
  await fillReports(database, { main: Number(options.rows), box: Number(options.box) })
  print(
    `${options.rows} reports and ${options.box} in the box; a page of 50 of each list, ${options.times} times`,
  )
  print()
  const rows: string[][] = []
  for (const one of listCases.filter(({ name }) => name.includes(options.only))) rows.push(await measure(one))
  printTable(['list', 'rows', 'p50 ms', 'p99 ms', 'pages read', 'plan for any values'], rows)
} finally {
  await pool.close()
  await database.end()
  await postgres.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
