import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { serversIn } from '../src/embedded/processes.ts'
import { filledFolder, keptForEver } from './filled.ts'
import { describeMachine } from './machine.ts'
import { median, percentile } from './percentile.ts'
import { processorTimes, usedBetween } from './processorTime.ts'
import { startServer } from './servers.ts'
import { print, printTable } from './table.ts'

/*
 * What staff wait for beside lists: an export of everything, a search that finds nothing, opening one report; and the
 * memory that the service has at most meanwhile: all that is resident (VmHWM, as operators see it), some 50 MiB of it the program
 * of Node itself, which the kernel maps from its file; and the rest, which is the process's own, looked at every 10 ms.
 * --data takes a folder that prepare.js made, and keeps it.
 */

const { values: options } = parseArgs({
  options: { reports: { type: 'string', default: '30000' }, data: { type: 'string' } },
})
const dataDir = options.data ?? mkdtempSync(join(tmpdir(), 'sotto-bench-'))
const postgres = await filledFolder(dataDir, Number(options.reports))
const { database, bodies, reports: count } = postgres
const service = await startServer('src/main.js', {
  DATA_DIR: dataDir,
  PORT: '0',
  RATE_LIMIT: '0',
  ...keptForEver,
})
const naive = await startServer('bench/baseline.js', { DATABASE_URL: postgres.url })
const authorization = `Bearer ${readFileSync(join(dataDir, 'staff-token'), 'utf8').trim()}`
const headers = { authorization, 'content-type': 'application/json' }
const rows: string[][] = []

/** Forgets the peak of the resident memory, so that the next one is of what comes. */
function forgetPeak(): void {
  writeFileSync(`/proc/${service.pid}/clear_refs`, '5')
}

/** Peak of the resident memory since then, in MiB. */
const peak = (): string => memoryOf('VmHWM').toFixed(0)

/** What of it is the process's own now: no file backs it. */
const ownMemory = (): number => memoryOf('RssAnon')

function memoryOf(line: 'VmHWM' | 'RssAnon'): number {
  const status = readFileSync(`/proc/${service.pid}/status`, 'utf8')
  return Number(new RegExp(`${line}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024
}

async function measure(name: string, work: () => Promise<number>): Promise<void> {
  const before = {
    service: await processorTimes([service.pid]),
    database: await processorTimes(await databasePids()),
  }
  const others = askingMeanwhile()
  forgetPeak()
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
    others.mostMemory().toFixed(0),
  ])
}

/** Somebody who asks for what costs nothing, every ten milliseconds: how long they wait at most. */
function askingMeanwhile() {
  let longest = 0
  let most = 0
  let isOver = false
  const asking = (async () => {
    while (!isOver) {
      most = Math.max(most, ownMemory())
      const since = performance.now()
      await (await fetch(`${service.url}/health/live`)).text()
      longest = Math.max(longest, performance.now() - since)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  })()
  return {
    /** MiB that were the service's own at most. */
    mostMemory: () => most,
    async longest(): Promise<number> {
      isOver = true
      await asking
      return longest
    },
  }
}

async function timeOf(url: string): Promise<number> {
  const since = performance.now()
  await (await fetch(url, { headers: { authorization } })).text()
  return performance.now() - since
}

/** Each report opened, and read beside that as plaintext, in turn. */
async function readEach(ids: readonly string[]) {
  const took = { opened: [] as number[], naively: [] as number[] }
  for (const id of [...ids.slice(0, 50), ...ids]) {
    took.opened.push(await timeOf(`${service.url}/v1/triage/reports/${id}`))
    took.naively.push(await timeOf(`${naive.url}/v1/reports/${id}`))
  }
  const of = (times: readonly number[]) => {
    const warm = times.slice(50)
    return { p50: percentile(warm, 0.5), p99: percentile(warm, 0.99) }
  }
  return { opened: of(took.opened), naively: of(took.naively) }
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

try {
  print(await describeMachine(database))
  print(`${count} sealed reports of about 1 KB`)
  print()
  rows.push(['at rest', '', '', '', '', '', '', peak(), ownMemory().toFixed(0)])
  const times = count > 100_000 ? ['again'] : ['first', 'again']
  for (const round of times) await measure(`export, ${round}`, exportAll)
  for (const round of times) await measure(`search, ${round}`, search)
  const { rows: some } = await database.query<{ id: string }>('SELECT id FROM reports ORDER BY id LIMIT 300')
  const ids = some.map(({ id }) => id)
  for (const [index, id] of ids.entries()) {
    const body = bodies[index % bodies.length]
    await database.query(
      'INSERT INTO naive_reports (id, category, report) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [id, body?.category, body],
    )
  }
  const rounds: Awaited<ReturnType<typeof readEach>>[] = []
  for (const _ of [1, 2, 3]) rounds.push(await readEach(ids))
  const medianOf = (kind: 'opened' | 'naively', figure: 'p50' | 'p99') =>
    median(rounds.map((round) => round[kind][figure]))
  const opened = { p50: medianOf('opened', 'p50'), p99: medianOf('opened', 'p99') }
  const naively = { p50: medianOf('naively', 'p50'), p99: medianOf('naively', 'p99') }
  printTable(
    [
      '',
      'reports',
      's',
      'reports/s',
      'CPU µs',
      'in Postgres µs',
      'longest wait ms',
      'peak MiB',
      'of it its own',
    ],
    rows,
  )
  print()
  const ratio = median(rounds.map(({ opened, naively }) => opened.p50 / naively.p50))
  for (const [name, { p50, p99 }] of [
    ['opening one', opened],
    ['a plaintext read that is recorded', naively],
  ] as const) {
    print(`${name}: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`)
  }
  print()
  const figures = rows.map(([name, done, , perSecond, service, database, wait, memory, own]) => ({
    name,
    done: Number(done),
    perSecond: Number(perSecond),
    service: Number(service),
    database: Number(database),
    perCore: 1e6 / (Number(service) + Number(database)),
    wait: Number(wait),
    memory: Number(memory),
    own: Number(own),
  }))
  print(JSON.stringify({ figures, opened, naively, ratio }))
} finally {
  await naive.stop()
  await service.stop()
  await postgres.stop()
  if (options.data === undefined) rmSync(dataDir, { recursive: true, force: true })
}
