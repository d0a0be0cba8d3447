import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { startEmbeddedPostgres } from '../src/embedded/postgres.ts'
import { serversIn } from '../src/embedded/processes.ts'
import { makeBodies } from './bodies.ts'
import { type Leg, runLeg } from './leg.ts'
import { describeMachine } from './machine.ts'
import { median } from './percentile.ts'
import { print } from './table.ts'
import { startTargets, type Target } from './targets.ts'

/*
 * How many reports a second are stored, and how long their senders wait: Sotto beside a naive service and beside
 * HTTP alone, in turn, in one run on one machine. Ratios mean something elsewhere too; absolute figures do not.
 */

const { values: options } = parseArgs({
  options: {
    clients: { type: 'string', default: '1,32,256' },
    seconds: { type: 'string', default: '6' },
    /** More than one: figures are the medians, ratios the medians of each round's ratios. */
    rounds: { type: 'string', default: '1' },
    /** Names of what is measured, all by default. */
    only: { type: 'string', default: 'naive,Sotto,HTTP alone' },
    /** A file for a CPU profile of Sotto, to be opened in a browser's developer tools. */
    profile: { type: 'string' },
    /** Processes of Sotto behind its port. */
    workers: { type: 'string', default: '1' },
    /** A new connection for each report, as reporters come. */
    reconnect: { type: 'boolean', default: false },
    /** An Idempotency-Key with each. */
    keys: { type: 'boolean', default: false },
  },
})
const rounds = Number(options.rounds)
const seconds = Number(options.seconds)
const warmUp = 2_000

type Round = Map<string, Leg>

interface Line extends Leg {
  clients: number
  name: string
  /** Rates and times, divided by those of naive in the same round. */
  toNaive: { perSecond: number; p50: number; p99: number }
}

/** Medians of the rounds. */
function linesOf(clients: number, targets: readonly Target[], rounds: readonly Round[]): Line[] {
  return targets.map(({ name }) => {
    const middle = (figure: keyof Leg) => median(rounds.flatMap((round) => round.get(name)?.[figure] ?? []))
    const toNaive = (figure: keyof Leg) =>
      median(
        rounds.map(
          (round) => (round.get(name)?.[figure] ?? Number.NaN) / (round.get('naive')?.[figure] ?? Number.NaN),
        ),
      )
    return {
      clients,
      name,
      perSecond: middle('perSecond'),
      p50: middle('p50'),
      p99: middle('p99'),
      serviceTime: middle('serviceTime'),
      databaseTime: middle('databaseTime'),
      walBytes: middle('walBytes'),
      toNaive: { perSecond: toNaive('perSecond'), p50: toNaive('p50'), p99: toNaive('p99') },
    }
  })
}

/** The most memory that its first process has had, in MiB. */
async function peakOf(target: Target | undefined): Promise<number> {
  const [pid] = (await target?.pids()) ?? []
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024)
}

/** As docs/performance.md has it. */
function printMarkdown(lines: readonly Line[]): void {
  print('| clients | | stored/s | to naive | p50 ms | p99 ms | to naive | CPU µs | in Postgres µs | log KB |')
  print('|---|---|---|---|---|---|---|---|---|---|')
  for (const { clients, name, perSecond, p50, p99, serviceTime, databaseTime, walBytes, toNaive } of lines) {
    const cells = [
      String(clients),
      name,
      perSecond.toFixed(0),
      toNaive.perSecond.toFixed(2),
      p50.toFixed(1),
      p99.toFixed(1),
      toNaive.p99.toFixed(2),
      serviceTime.toFixed(0),
      databaseTime.toFixed(0),
      (walBytes / 1024).toFixed(1),
    ]
    print(`| ${cells.join(' | ')} |`)
  }
}

const dataDir = mkdtempSync(join(tmpdir(), 'sotto-bench-'))
const postgres = await startEmbeddedPostgres({ dataDir })
const database = new pg.Client({ connectionString: postgres.url })
await database.connect()
const started = await startTargets(dataDir, postgres.url, options.profile, Number(options.workers))
try {
  const targets = started.filter(({ name }) => options.only.split(',').includes(name))
  const bodies = makeBodies(2048)
  const bytes = bodies.reduce((sum, body) => sum + body.length, 0) / bodies.length
  print(await describeMachine(database))
  print(`${bodies.length} different reports of ${bytes.toFixed(0)} bytes; ${rounds} x ${seconds} s each`)
  print()
  const lines: Line[] = []
  const findDatabasePids = async () => (await serversIn(join(dataDir, 'postgres'))).map(({ pid }) => pid)
  for (const clients of options.clients.split(',').map(Number)) {
    const load = { bodies, clients, warmUp, seconds, reconnects: options.reconnect, keys: options.keys }
    const all: Round[] = []
    for (let round = 0; round < rounds; round++) {
      const legs: Round = new Map()
      for (const target of targets)
        legs.set(target.name, await runLeg(database, findDatabasePids, target, load))
      all.push(legs)
    }
    lines.push(...linesOf(clients, targets, all))
  }
  const memory = await peakOf(started.find(({ name }) => name === 'Sotto'))
  printMarkdown(lines)
  print()
  print(
    JSON.stringify({
      workers: Number(options.workers),
      reconnects: options.reconnect,
      keys: options.keys,
      memory,
      lines,
    }),
  )
} finally {
  for (const { stop } of started) await stop()
  await database.end()
  await postgres.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
