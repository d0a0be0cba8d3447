import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { readKeyringFile } from '../src/crypto/keyring.ts'
import { startEmbeddedPostgres } from '../src/embedded/postgres.ts'
import { serversIn } from '../src/embedded/processes.ts'
import type { Report } from '../src/schemas/report.ts'
import { makeBodies } from './bodies.ts'
import { fill } from './fill.ts'
import { describeMachine } from './machine.ts'
import { percentile } from './percentile.ts'
import { processorTimes, usedBetween } from './processorTime.ts'
import { startServer } from './servers.ts'
import { print, printTable } from './table.ts'

/*
 * What staff wait for beside lists: a search that finds nothing, an export of everything, opening one report; and the
 * memory that the service has had at most by then.
 */

const { values: options } = parseArgs({ options: { reports: { type: 'string', default: '30000' } } })
const count = Number(options.reports)
const dataDir = mkdtempSync(join(tmpdir(), 'sotto-bench-'))
const postgres = await startEmbeddedPostgres({ dataDir })
const service = await startServer('src/main.js', { DATA_DIR: dataDir, PORT: '0', RATE_LIMIT: '0' })
const naive = await startServer('bench/baseline.js', { DATABASE_URL: postgres.url })
const authorization = `Bearer ${readFileSync(join(dataDir, 'staff-token'), 'utf8').trim()}`
const headers = { authorization, 'content-type': 'application/json' }
const rows: string[][] = []

/** Peak of the resident memory so far, in MiB. */
function peak(): string {
  const status = readFileSync(`/proc/${service.pid}/status`, 'utf8')
  return (Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024).toFixed(0)
}

async function measure(name: string, work: () => Promise<number>): Promise<void> {
  const before = {
    service: await processorTimes([service.pid]),
    database: await processorTimes(await databasePids()),
  }
  const others = askingMeanwhile()
  const since = performance.now()
  const done = await work()
  const seconds = (performance.now() - since) / 1000
  const used = (usedBetween(before.service, await processorTimes([service.pid])) / done) * 1e6
  const usedThere = (usedBetween(before.database, await processorTimes(await databasePids())) / done) * 1e6
  const times = [used, usedThere].map((time) => time.toFixed(0))
  rows.push([
    name,
    String(done),
    seconds.toFixed(2),
    (done / seconds).toFixed(0),
    ...times,
    (await others.longest()).toFixed(0),
    peak(),
  ])
}

/** Somebody who asks for what costs nothing, every ten milliseconds: how long they wait at most. */
function askingMeanwhile() {
  let longest = 0
  let isOver = false
  const asking = (async () => {
    while (!isOver) {
      const since = performance.now()
      await (await fetch(`${service.url}/health/live`)).text()
      longest = Math.max(longest, performance.now() - since)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  })()
  return {
    async longest(): Promise<number> {
      isOver = true
      await asking
      return longest
    },
  }
}

async function readEach(urls: readonly string[]): Promise<{ p50: number; p99: number }> {
  const took: number[] = []
  for (const url of [...urls.slice(0, 50), ...urls]) {
    const since = performance.now()
    await (await fetch(url, { headers: { authorization } })).text()
    took.push(performance.now() - since)
  }
  const warm = took.slice(50)
  return { p50: percentile(warm, 0.5), p99: percentile(warm, 0.99) }
}

async function databasePids(): Promise<number[]> {
  return (await serversIn(join(dataDir, 'postgres'))).map(({ pid }) => pid)
}

async function search(): Promise<number> {
  let searched = 0
  let cursor: string | undefined
  do {
    const body = JSON.stringify({ q: 'zzyzxquux', ...(cursor === undefined ? {} : { cursor }) })
    const answer = await fetch(`${service.url}/v1/triage/reports/search`, { method: 'POST', headers, body })
    const page = (await answer.json()) as { searched: number; nextCursor?: string }
    searched = page.searched
    cursor = page.nextCursor
  } while (cursor !== undefined)
  return searched
}

async function exportAll(): Promise<number> {
  const answer = await fetch(`${service.url}/v1/triage/export`, {
    headers: { authorization, accept: 'application/x-ndjson' },
  })
  let tail = ''
  const decoder = new TextDecoder()
  for await (const bytes of answer.body ?? [])
    tail = (tail + decoder.decode(bytes, { stream: true })).slice(-100)
  return (JSON.parse(tail.trim().split('\n').at(-1) ?? '{}') as { count: number }).count
}

const database = new pg.Client({ connectionString: postgres.url })
await database.connect()
try {
  print(await describeMachine(database))
  const bodies = makeBodies(512).map((body) => JSON.parse(body) as Report)
  await fill(database, readKeyringFile(join(dataDir, 'keyring.json')), count, bodies)
  print(`${count} sealed reports of about 1 KB`)
  print()
  rows.push(['at rest', '', '', '', '', '', '', peak()])
  for (const round of ['first', 'again']) await measure(`search, ${round}`, search)
  for (const round of ['first', 'again']) await measure(`export, ${round}`, exportAll)
  const { rows: some } = await database.query<{ id: string }>('SELECT id FROM reports ORDER BY id LIMIT 300')
  const ids = some.map(({ id }) => id)
  const opened = await readEach(ids.map((id) => `${service.url}/v1/triage/reports/${id}`))
  for (const [index, id] of ids.entries()) {
    const body = bodies[index % bodies.length]
    await database.query('INSERT INTO naive_reports (id, category, report) VALUES ($1, $2, $3)', [
      id,
      body?.category,
      body,
    ])
  }
  const naively = await readEach(ids.map((id) => `${naive.url}/v1/reports/${id}`))
  printTable(
    ['', 'reports', 's', 'reports/s', 'CPU µs', 'in Postgres µs', 'longest wait ms', 'peak MiB'],
    rows,
  )
  print()
  const ratio = opened.p50 / naively.p50
  for (const [name, { p50, p99 }] of [
    ['opening one', opened],
    ['a plaintext read that is recorded', naively],
  ] as const) {
    print(`${name}: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`)
  }
  print()
  const figures = rows.map(([name, done, , perSecond, service, database, wait, memory]) => ({
    name,
    done: Number(done),
    perSecond: Number(perSecond),
    perCore: 1e6 / (Number(service) + Number(database)),
    wait: Number(wait),
    memory: Number(memory),
  }))
  print(JSON.stringify({ figures, opened, naively, ratio }))
} finally {
  await database.end()
  await naive.stop()
  await service.stop()
  await postgres.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
