import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { startEmbeddedPostgres } from '../src/embedded/postgres.ts'
import { makeBodies } from './bodies.ts'
import { type Seen, sendReports } from './load.ts'
import { describeMachine } from './machine.ts'
import { startServer } from './servers.ts'
import { print, printTable } from './table.ts'

/*
 * How many reports a second are stored, and how long their senders wait: Sotto beside a naive service and beside
 * HTTP alone, in one run on one machine. Ratios mean something elsewhere too; absolute figures do not.
 */

const { values: options } = parseArgs({
  options: {
    clients: { type: 'string', default: '1,32,256' },
    seconds: { type: 'string', default: '6' },
    rounds: { type: 'string', default: '1' },
    only: { type: 'string' },
    /** A folder for CPU profiles of Sotto, one for the run. */
    profile: { type: 'string' },
  },
})
const warmUp = 2

const folder = mkdtempSync(join(tmpdir(), 'sotto-bench-'))
const postgres = await startEmbeddedPostgres({ dataDir: folder })
const client = new pg.Client({ connectionString: postgres.url })
await client.connect()

interface Target {
  name: string
  url: string
  stop(): Promise<void>
  /** Counts what is stored. */
  count: string | undefined
}

const profiling = options.profile === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', options.profile]
const sottoSettings = { DATA_DIR: folder, PORT: '0', RATE_LIMIT: '0', CHALLENGE: 'off' }
const targets: Target[] = [
  {
    name: 'naive',
    ...(await startServer('bench/baseline.js', { DATABASE_URL: postgres.url })),
    count: 'SELECT count(*)::int AS stored FROM naive_reports',
  },
  {
    name: 'Sotto',
    ...(await startServer('src/main.js', sottoSettings, profiling)),
    count: 'SELECT count(*)::int AS stored FROM box_reports',
  },
  { name: 'HTTP alone', ...(await startServer('bench/baseline.js', {})), count: undefined },
]
const measured = targets.filter(
  ({ name }) => options.only === undefined || options.only.split(',').includes(name),
)

interface Leg extends Seen {
  target: string
  clients: number
  perSecond: number
}

const bodies = makeBodies(2048)

async function run(target: Target, clients: number, seconds: number): Promise<Leg> {
  await client.query('CHECKPOINT')
  await sendReports(target.url, bodies, clients, warmUp)
  const before = await countStored(target)
  const seen = await sendReports(target.url, bodies, clients, seconds)
  const stored = target.count === undefined ? seen.answered : (await countStored(target)) - before
  if (stored < seen.answered) throw new Error(`${target.name} answered more than it stored`)
  if (seen.failed > 0) print(`${target.name}, ${clients} clients: ${seen.failed} failed`)
  return { ...seen, target: target.name, clients, perSecond: stored / seconds }
}

async function countStored({ count }: Target): Promise<number> {
  if (count === undefined) return 0
  const { rows } = await client.query<{ stored: number }>(count)
  return rows[0]?.stored ?? 0
}

function printLegs(legs: readonly Leg[], clients: number): void {
  const naive = legs.find(({ target }) => target === 'naive')
  printTable(
    [`${clients} clients`, 'stored/s', 'to naive', 'p50 ms', 'to naive', 'p99 ms'],
    legs.map((leg) => [
      leg.target,
      leg.perSecond.toFixed(0),
      ratio(leg.perSecond, naive?.perSecond),
      leg.p50.toFixed(2),
      ratio(leg.p50, naive?.p50),
      leg.p99.toFixed(2),
    ]),
  )
  print()
}

function ratio(value: number, base: number | undefined): string {
  return base === undefined ? '' : (value / base).toFixed(2)
}

try {
  const bytes = bodies.reduce((sum, body) => sum + body.length, 0) / bodies.length
  print(await describeMachine(client))
  print(
    `${bodies.length} different reports of ${bytes.toFixed(0)} bytes; ${options.seconds} s a leg after ${warmUp} s`,
  )
  print()
  for (let round = 0; round < Number(options.rounds); round++) {
    for (const clients of options.clients.split(',').map(Number)) {
      const legs: Leg[] = []
      for (const target of measured) legs.push(await run(target, clients, Number(options.seconds)))
      printLegs(legs, clients)
    }
  }
} finally {
  for (const { stop } of targets) await stop()
  await client.end()
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
}
