import { mkdtempSync, rmSync } from 'node:fs'
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
import { print, printTable } from './table.ts'
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
  },
})
const rounds = Number(options.rounds)
const seconds = Number(options.seconds)
const warmUp = 2

type Round = Map<string, Leg>

function printRounds(clients: number, targets: readonly Target[], rounds: readonly Round[]): void {
  const middle = (name: string, figure: keyof Leg) =>
    median(rounds.flatMap((round) => round.get(name)?.[figure] ?? []))
  const toNaive = (name: string, figure: keyof Leg) => {
    const ratios = rounds.map(
      (round) => (round.get(name)?.[figure] ?? Number.NaN) / (round.get('naive')?.[figure] ?? Number.NaN),
    )
    return median(ratios).toFixed(2)
  }
  printTable(
    [`${clients} clients`, 'stored/s', 'to naive', 'p50 ms', 'to naive', 'p99 ms', 'CPU µs', 'in Postgres'],
    targets.map(({ name }) => [
      name,
      middle(name, 'perSecond').toFixed(0),
      toNaive(name, 'perSecond'),
      middle(name, 'p50').toFixed(2),
      toNaive(name, 'p50'),
      middle(name, 'p99').toFixed(2),
      middle(name, 'serviceTime').toFixed(0),
      middle(name, 'databaseTime').toFixed(0),
    ]),
  )
  print()
}

const dataDir = mkdtempSync(join(tmpdir(), 'sotto-bench-'))
const postgres = await startEmbeddedPostgres({ dataDir })
const database = new pg.Client({ connectionString: postgres.url })
await database.connect()
const started = await startTargets(dataDir, postgres.url, options.profile)
try {
  const targets = started.filter(({ name }) => options.only.split(',').includes(name))
  const bodies = makeBodies(2048)
  const bytes = bodies.reduce((sum, body) => sum + body.length, 0) / bodies.length
  print(await describeMachine(database))
  print(`${bodies.length} different reports of ${bytes.toFixed(0)} bytes; ${rounds} x ${seconds} s each`)
  print()
  const findDatabasePids = async () => (await serversIn(join(dataDir, 'postgres'))).map(({ pid }) => pid)
  for (const clients of options.clients.split(',').map(Number)) {
    const load = { bodies, clients, warmUp, seconds }
    const all: Round[] = []
    for (let round = 0; round < rounds; round++) {
      const legs: Round = new Map()
      for (const target of targets)
        legs.set(target.name, await runLeg(database, findDatabasePids, target, load))
      all.push(legs)
    }
    printRounds(clients, targets, all)
  }
} finally {
  for (const { stop } of started) await stop()
  await database.end()
  await postgres.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
