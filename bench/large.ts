import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { blindToken } from '../src/crypto/blindIndex.ts'
import { activeKey } from '../src/crypto/keyring.ts'
import { freezeEndedMonths } from '../src/domain/statistics/freeze.ts'
import { migrate } from '../src/storage/migrate.ts'
import { openPool, type Pool } from '../src/storage/pool.ts'
import type { ReportRow } from '../src/storage/reports.ts'
import { dayOf } from '../src/vocabulary/calendar.ts'
import { type ListCase, listCases, statementOf } from '../test/support/listCases.ts'
import { fill, plateOf } from './fill.ts'
import { filledFolder } from './filled.ts'
import { describeMachine } from './machine.ts'
import { median, percentile } from './percentile.ts'
import { print, printTable } from './table.ts'

/*
 * What the number of reports does to lists, to the look-up of a registration and to the freezing of a month: with 10,000
 * reports and with very many, really sealed, in two databases of one Postgres and in turn. 10,000,000 of them take some 40 GB and
 * an hour. --data takes a folder that prepare.js made, and keeps it.
 */

const { values: options } = parseArgs({
  options: {
    reports: { type: 'string', default: '1000000' },
    times: { type: 'string', default: '300' },
    data: { type: 'string' },
    /** Memory of Postgres for pages, for both: by itself it has 128MB, however much there is. */
    buffers: { type: 'string' },
  },
})
const few = 10_000
const times = Number(options.times)
/** Reports of a page; one more is asked for, which tells whether it goes on. */
const pageOf = 50

const dataDir = options.data ?? mkdtempSync(join(tmpdir(), 'sotto-large-'))
const filled = await filledFolder(dataDir, Number(options.reports), options.buffers)
const { url, database, keyring, bodies, reports: many } = filled
const fewUrl = await withFew()
const pool = openPool(url, 'sotto_triage', 1)
const fewPool = openPool(fewUrl, 'sotto_triage', 1)

/** A database beside it with few of the same. */
async function withFew(): Promise<string> {
  const name = 'sotto_few'
  await database.query(`DROP DATABASE IF EXISTS ${name}`)
  await database.query(`CREATE DATABASE ${name}`)
  const beside = new URL(url)
  beside.pathname = `/${name}`
  await migrate(beside.href)
  const client = new pg.Client({ connectionString: beside.href })
  await client.connect()
  await fill(client, keyring, few, bodies)
  await client.end()
  return beside.href
}

interface Times {
  p50: number
  p99: number
}

const noTimes: Times = { p50: Number.NaN, p99: Number.NaN }

type Work = () => Promise<unknown>

/** Each of these in turn, so that what else the machine does is alike for them. */
async function timed(...works: readonly Work[]): Promise<Times[]> {
  const took = works.map((): number[] => [])
  // Prepared, planned and read once before.
  for (let time = -10; time < times; time += 1) {
    for (const [index, work] of works.entries()) {
      const since = performance.now()
      await work()
      if (time >= 0) took[index]?.push(performance.now() - since)
    }
  }
  return took.map((one) => ({ p50: percentile(one, 0.5), p99: percentile(one, 0.99) }))
}

interface Measured {
  name: string
  isCommon: boolean
  /** Whether few reports fill the page too: a page with less in it takes less. */
  isFull: boolean
  /** From somewhere in the middle, a new one each time: little of it is in memory. */
  isDeep: boolean
  was: Times
  now: Times
  ratios: Times
}

/** Each list; of those that begin at the start, the second page too. */
async function lists(): Promise<Measured[]> {
  const found: Measured[] = []
  const measure = async (one: ListCase, ofFew: ListCase): Promise<void> => {
    const { name, isCommon } = one
    const isFull = (await fewPool.page(statementOf(ofFew))).length > pageOf
    const [was = noTimes, now = noTimes] = await timed(
      () => fewPool.page(statementOf(ofFew)),
      () => pool.page(statementOf(one)),
    )
    const isDeep = one.after !== undefined && ofFew === one
    const ratios = { p50: now.p50 / was.p50, p99: now.p99 / was.p99 }
    found.push({ name, isCommon, isFull, isDeep, was, now, ratios })
  }
  for (const one of listCases) {
    await measure(one, one)
    if (one.after !== undefined) continue
    const [many, few] = [await nextOf(pool, one), await nextOf(fewPool, one)]
    if (many !== undefined && few !== undefined) await measure(many, few)
  }
  return found
}

/** The same list from its second page; undefined where it has none. */
async function nextOf(from: Pool<'sotto_triage'>, one: ListCase): Promise<ListCase | undefined> {
  const first = await from.page<ReportRow>(statementOf(one))
  const last = first[pageOf - 1]
  return first.length > pageOf && last !== undefined
    ? { ...one, name: `${one.name}, second page`, after: () => last }
    : undefined
}

const worstOf = (lists: readonly Measured[], figure: keyof Times) =>
  Math.max(...lists.map(({ ratios }) => ratios[figure]))

/** The reports that name a vehicle, as the indexer and a link ask for them. */
async function lookUp(): Promise<Times> {
  const { secret = '' } = activeKey(keyring, 'index')
  const key = Buffer.from(secret, 'base64url')
  const [lookup = noTimes] = await timed(() => {
    const plate = plateOf(Math.floor(Math.random() * many), many).replace(' ', '')
    return pool.query({
      name: 'look-up',
      text: `SELECT report_id FROM index_tokens WHERE kind = 'registration' AND token = $1`,
      values: [blindToken(key, 'registration', plate)],
    })
  })
  return lookup
}

/** The last six months that ended, one after the other; seconds of each at the mean. */
async function freezeAll(): Promise<{ months: number; seconds: number }> {
  await database.query('DELETE FROM frozen_counts')
  await database.query('DELETE FROM frozen_months')
  // Otherwise the first is that of the first keys, which were made today.
  await database.query(
    "INSERT INTO frozen_months VALUES (date_trunc('month', now() - interval '7 months'), current_date)",
  )
  const since = performance.now()
  await freezeEndedMonths(pool, dayOf(new Date()))
  const seconds = (performance.now() - since) / 1000
  const { rows } = await database.query<{ count: string }>('SELECT count(*) FROM frozen_months')
  const months = Number(rows[0]?.count) - 1
  return { months, seconds: seconds / months }
}

try {
  print(await describeMachine(database))
  const measured = await lists()
  const lookup = await lookUp()
  const freeze = await freezeAll()

  print(
    `${few} and ${many} sealed reports, filled in ${filled.seconds.toFixed(0)} s; a page of 50 of each list, ${times} times; memory for pages ${options.buffers ?? '128MB'}`,
  )
  print()
  printTable(
    ['list', 'p50 ms', 'p99 ms', 'p50 then', 'p99 then', 'ratio p50', 'ratio p99', ''],
    measured.map(({ name, isCommon, isFull, was, now, ratios }) => [
      name,
      ...[was.p50, was.p99, now.p50, now.p99, ratios.p50, ratios.p99].map((figure) => figure.toFixed(2)),
      [...(isCommon ? [] : ['not common']), ...(isFull ? [] : ['fewer than a page of few'])].join(', '),
    ]),
  )
  // What fills a page in both can be compared; all the others stand in the table.
  const common = measured.filter(({ isCommon, isFull }) => isCommon && isFull)
  const beginnings = common.filter(({ isDeep }) => !isDeep)
  const middles = common.filter(({ isDeep }) => isDeep)
  const others = measured.filter((one) => !common.includes(one))
  const worst = (lists: readonly Measured[]) => ({ p50: worstOf(lists, 'p50'), p99: worstOf(lists, 'p99') })
  print()
  print(`look-up of a registration: p50 ${lookup.p50.toFixed(2)} ms, p99 ${lookup.p99.toFixed(2)} ms`)
  print(`freezing a month: ${freeze.seconds.toFixed(2)} s, the mean of ${freeze.months}`)
  print()
  print(
    JSON.stringify({
      reports: many,
      buffers: options.buffers ?? '128MB',
      fillSeconds: filled.seconds,
      lists: {
        beginnings: worst(beginnings),
        middles: worst(middles),
        others: worst(others),
        median: median(common.map(({ ratios }) => ratios.p50)),
        slowest: Math.max(...measured.map(({ now }) => now.p99)),
      },
      all: measured,
      lookup,
      freezeSeconds: freeze.seconds,
    }),
  )
} finally {
  await pool.close()
  await fewPool.close()
  await filled.stop()
  if (options.data === undefined) rmSync(dataDir, { recursive: true, force: true })
}
