import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { startEmbeddedPostgres } from '../src/embedded/postgres.ts'
import { serversIn } from '../src/embedded/processes.ts'
import { makeBodies } from './bodies.ts'
import { type Seen, sendReports } from './load.ts'
import { describeMachine } from './machine.ts'
import { processorTime } from './processorTime.ts'
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
    /** A file for a CPU profile of Sotto, to be opened in a browser's developer tools. */
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
  pid: number
  stop(): Promise<void>
  /** Counts what is stored. */
  count: string | undefined
}

const sotto = {
  program: options.profile === undefined ? 'src/main.js' : 'bench/profiled.js',
  settings: {
    DATA_DIR: folder,
    PORT: '0',
    RATE_LIMIT: '0',
    CHALLENGE: 'off',
    PROFILE: options.profile ?? '',
  },
}
const targets: Target[] = [
  {
    name: 'naive',
    ...(await startServer('bench/baseline.js', { DATABASE_URL: postgres.url })),
    count: 'SELECT count(*)::int AS stored FROM naive_reports',
  },
  {
    name: 'Sotto',
    ...(await startServer(sotto.program, sotto.settings)),
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
  /** Processor time that one report took, in microseconds: the service's, and Postgres's. */
  serviceTime: number
  databaseTime: number
}

const bodies = makeBodies(2048)

async function run(target: Target, clients: number, seconds: number): Promise<Leg> {
  await client.query('CHECKPOINT')
  await sendReports(target.url, bodies, clients, warmUp)
  const before = await countStored(target)
  const databasePids = (await serversIn(join(folder, 'postgres'))).map(({ pid }) => pid)
  const [serviceTime, databaseTime] = [await processorTime([target.pid]), await processorTime(databasePids)]
  const seen = await sendReports(target.url, bodies, clients, seconds)
  const each = (time = Number.NaN, since = 0) => ((time - since) / seen.answered) * 1e6
  const stored = target.count === undefined ? seen.answered : (await countStored(target)) - before
  if (stored < seen.answered) throw new Error(`${target.name} answered more than it stored`)
  if (seen.failed > 0) print(`${target.name}, ${clients} clients: ${seen.failed} failed`)
  return {
    ...seen,
    target: target.name,
    clients,
    perSecond: stored / seconds,
    serviceTime: each(await processorTime([target.pid]), serviceTime),
    databaseTime: each(await processorTime(databasePids), databaseTime),
  }
}

async function countStored({ count }: Target): Promise<number> {
  if (count === undefined) return 0
  const { rows } = await client.query<{ stored: number }>(count)
  return rows[0]?.stored ?? 0
}

function printLegs(legs: readonly Leg[], clients: number): void {
  const naive = legs.find(({ target }) => target === 'naive')
  printTable(
    [`${clients} clients`, 'stored/s', 'to naive', 'p50 ms', 'to naive', 'p99 ms', 'CPU µs', 'in Postgres'],
    legs.map((leg) => [
      leg.target,
      leg.perSecond.toFixed(0),
      ratio(leg.perSecond, naive?.perSecond),
      leg.p50.toFixed(2),
      ratio(leg.p50, naive?.p50),
      leg.p99.toFixed(2),
      leg.serviceTime.toFixed(0),
      leg.databaseTime.toFixed(0),
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
