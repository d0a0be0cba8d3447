import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { blindToken } from '../src/crypto/blindIndex.ts'
import { activeKey, makeKeyring } from '../src/crypto/keyring.ts'
import { freezeEndedMonths } from '../src/domain/statistics/freeze.ts'
import { startEmbeddedPostgres } from '../src/embedded/postgres.ts'
import type { Report } from '../src/schemas/report.ts'
import { acceptKeysOf } from '../src/start/acceptKeys.ts'
import { migrate } from '../src/storage/migrate.ts'
import { openPool } from '../src/storage/pool.ts'
import { dayOf } from '../src/vocabulary/calendar.ts'
import { listCases, statementOf } from '../test/support/listCases.ts'
import { makeBodies } from './bodies.ts'
import { fill, plateOf } from './fill.ts'
import { describeMachine } from './machine.ts'
import { percentile } from './percentile.ts'
import { print, printTable } from './table.ts'

/*
 * What the number of reports does to lists, to the look-up of a registration and to the freezing of a month: with 10,000
 * reports and with very many, really sealed, on the same database. 10,000,000 of them take some 40 GB and an hour.
 */

const { values: options } = parseArgs({
  options: { reports: { type: 'string', default: '1000000' }, times: { type: 'string', default: '100' } },
})
const few = 10_000
const many = Number(options.reports)
const times = Number(options.times)

const dataDir = mkdtempSync(join(tmpdir(), 'sotto-large-'))
const postgres = await startEmbeddedPostgres({ dataDir })
await migrate(postgres.url)
const database = new pg.Client({ connectionString: postgres.url })
await database.connect()
const pool = openPool(postgres.url, 'sotto_triage', 1)
const keyring = makeKeyring(dayOf(new Date(Date.now() - 40 * 86_400_000)))
await acceptKeysOf(keyring, pool)
const bodies = makeBodies(512).map((body) => JSON.parse(body) as Report)

interface Times {
  p50: number
  p99: number
}

async function timed(work: () => Promise<unknown>): Promise<Times> {
  const took: number[] = []
  // Prepared, planned and read once before.
  for (let time = 0; time < 10; time += 1) await work()
  for (let time = 0; time < times; time += 1) {
    const since = performance.now()
    await work()
    took.push(performance.now() - since)
  }
  return { p50: percentile(took, 0.5), p99: percentile(took, 0.99) }
}

async function lists(): Promise<Map<string, Times>> {
  const found = new Map<string, Times>()
  for (const one of listCases) found.set(one.name, await timed(() => pool.query(statementOf(one))))
  return found
}

/** The reports that name a vehicle, as the indexer and a link ask for them. */
function lookUp(): Promise<Times> {
  const { secret = '' } = activeKey(keyring, 'index')
  const key = Buffer.from(secret, 'base64url')
  return timed(() => {
    const plate = plateOf(Math.floor(Math.random() * many), many).replace(' ', '')
    return pool.query({
      name: 'look-up',
      text: `SELECT report_id FROM index_tokens WHERE kind = 'registration' AND token = $1`,
      values: [blindToken(key, 'registration', plate)],
    })
  })
}

try {
  print(await describeMachine(database))
  await fill(database, keyring, few, bodies)
  const before = await lists()
  const since = performance.now()
  await fill(database, keyring, many - few, bodies, (done) => {
    if (done % 250_000 === 0)
      process.stderr.write(`${done} of ${many} after ${((performance.now() - since) / 1000).toFixed(0)} s\n`)
  })
  const fillSeconds = (performance.now() - since) / 1000
  const after = await lists()
  const lookup = await lookUp()
  const froze = performance.now()
  await freezeEndedMonths(pool, dayOf(new Date()))
  const freezeSeconds = (performance.now() - froze) / 1000

  print(
    `${few} and ${many} sealed reports, made in ${fillSeconds.toFixed(0)} s; a page of 50 of each list, ${times} times`,
  )
  print()
  const rows = [...after].map(([name, now]) => {
    const was = before.get(name) ?? now
    const ratios = { p50: now.p50 / was.p50, p99: now.p99 / was.p99 }
    return { name, was, now, ratios }
  })
  printTable(
    ['list', 'p50 ms', 'p99 ms', 'p50 then', 'p99 then', 'ratio p50'],
    rows.map(({ name, was, now, ratios }) => [
      name,
      ...[was.p50, was.p99, now.p50, now.p99, ratios.p50].map((figure) => figure.toFixed(2)),
    ]),
  )
  print()
  print(`look-up of a registration: p50 ${lookup.p50.toFixed(2)} ms, p99 ${lookup.p99.toFixed(2)} ms`)
  print(`freezing the months that ended: ${freezeSeconds.toFixed(2)} s`)
  print()
  print(
    JSON.stringify({
      reports: many,
      fillSeconds,
      lists: {
        worst: Math.max(...rows.map(({ ratios }) => ratios.p50)),
        median: percentile(
          rows.map(({ ratios }) => ratios.p50),
          0.5,
        ),
        worstP99: Math.max(...rows.map(({ ratios }) => ratios.p99)),
      },
      lookup,
      freezeSeconds,
    }),
  )
} finally {
  await pool.close()
  await database.end()
  await postgres.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
