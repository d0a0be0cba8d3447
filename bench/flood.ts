import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import { startEmbeddedPostgres } from '../src/embedded/postgres.ts'
import { floodStatement } from '../test/mixing/floodStatement.ts'
import { takeAnyDayForToday } from '../test/support/anyDay.ts'
import { describeMachine } from './machine.ts'
import { startServer } from './servers.ts'
import { print, printTable } from './table.ts'

/*
 * What a taken-over intake can stop by numbers alone: as `sotto_intake`, with every time-out switched off, it puts in a
 * million rows (or as many as the first argument says) while staff read and reporters report; then the box is mixed
 * while they do. Shown is what each was answered, and the longest wait. A session of the flood that is ended comes back.
 */

const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
const wanted = Number(process.argv[2] ?? 1_000_000)
const atOnce = 250
const dataDir = mkdtempSync(join(tmpdir(), 'sotto-flood-'))
const postgres = await startEmbeddedPostgres({ dataDir })
const service = await startServer('src/main.js', {
  DATA_DIR: dataDir,
  PORT: '0',
  RATE_LIMIT: '0',
  CHALLENGE: 'off',
})
// A day's flood is mixed in the night after it: it is put in for the day before.
await takeAnyDayForToday(postgres.url)
const token = readFileSync(join(dataDir, 'staff-token'), 'utf8').trim()
const database = new pg.Client({ connectionString: postgres.url })
await database.connect()

interface Asked {
  answers: Map<string, number>
  longest: number
}
type Phase = Map<string, Asked>

async function ask(phase: Phase, name: string, path: string, init: RequestInit = {}): Promise<unknown> {
  const asked = phase.get(name) ?? { answers: new Map(), longest: 0 }
  phase.set(name, asked)
  const since = performance.now()
  const { status, body } = await fetch(`${service.url}${path}`, {
    ...init,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...init.headers },
    signal: AbortSignal.timeout(120_000),
  }).then(
    async (response) => ({ status: String(response.status), body: await response.json() }),
    () => ({ status: 'none', body: undefined }),
  )
  asked.longest = Math.max(asked.longest, performance.now() - since)
  asked.answers.set(status, (asked.answers.get(status) ?? 0) + 1)
  return body
}

const report = {
  category: 'other-serious-crime',
  narrative: 'A wholly fictional report, to see whether it comes in.',
}
const post = (body: unknown, headers = {}): RequestInit => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers,
})
const other = (receipt: string) => ({ authorization: `Bearer ${receipt}` })

/** One after the other, until `work` is done: what staff read, and what a reporter does. */
async function beside<T>(phase: Phase, work: Promise<T>): Promise<T> {
  let isOver = false
  const working = work.finally(() => {
    isOver = true
  })
  const asking = (async () => {
    while (!isOver) {
      await ask(phase, 'list', '/v1/triage/reports')
      await ask(phase, 'list of one category', '/v1/triage/reports?category=modern-slavery')
      await ask(phase, 'one report', `/v1/triage/reports/${known}`)
      await ask(phase, 'its messages', `/v1/triage/reports/${known}/messages`)
      await ask(phase, 'search', '/v1/triage/reports/search', post({ q: 'fictional' }))
      await ask(phase, 'live counts', '/v1/triage/stats?live=true')
      await ask(phase, 'set aside', '/v1/triage/reports/set-aside')
      await ask(phase, 'report sent', '/v1/reports', post(report))
      await ask(phase, 'message sent', '/v1/mailbox/messages', post({ text: 'More.' }, other(receipt)))
      await ask(phase, 'mailbox', '/v1/mailbox', { headers: other(receipt) })
      await sleep(200)
    }
  })()
  const result = await working
  await asking
  return result
}

async function attacker(): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: postgres.url,
    options: '-c role=sotto_intake',
    application_name: 'sotto_intake',
  })
  client.on('error', () => undefined)
  await client.connect()
  await client.query('SET statement_timeout = 0')
  return client
}

let ended = 0
let slowest = 0
async function flood(kid: string): Promise<void> {
  let client = await attacker()
  for (let put = 0; put < wanted; ) {
    const since = performance.now()
    try {
      await client.query(floodStatement(yesterday, kid, atOnce))
      put += atOnce
    } catch {
      ended++
      await client.end().catch(() => undefined)
      client = await attacker()
    }
    slowest = Math.max(slowest, performance.now() - since)
    if (put % 50_000 === 0)
      process.stderr.write(`${put} rows, slowest ${slowest.toFixed(0)} ms, ended ${ended}\n`)
  }
  await client.end()
}

const sotto = fileURLToPath(new URL('../src/cli/sotto.js', import.meta.url))
async function mix(): Promise<string> {
  const since = performance.now()
  const { stdout } = await promisify(execFile)(process.execPath, [sotto, 'mix', '--json'], {
    env: { PATH: process.env.PATH, DATA_DIR: dataDir },
  })
  return `${stdout.trim()} in ${((performance.now() - since) / 1_000).toFixed(0)} s`
}

const count = async (table: string) =>
  Number((await database.query<{ count: string }>(`SELECT count(*) FROM ${table}`)).rows[0]?.count)

function show(title: string, phase: Phase): void {
  const rows = [...phase].map(([name, { answers, longest }]) => [
    name,
    [...answers].map(([status, times]) => `${times} × ${status}`).join(', '),
    longest.toFixed(0),
  ])
  printTable([title, 'answers', 'longest wait, ms'], rows)
  print()
}

print(await describeMachine(database))
const setUp: Phase = new Map()
const { receipt } = (await ask(setUp, 'report', '/v1/reports', post(report))) as { receipt: string }
const { items } = (await ask(setUp, 'list', '/v1/triage/reports')) as { items: { id: string }[] }
const known = items[0]?.id ?? ''
await fetch(`${service.url}/v1/triage/reports/${known}/notes`, post({ text: 'Seen.' }, other(token)))
const { rows } = await database.query<{ kid: string }>(
  `SELECT kid FROM accepted_keys WHERE status = 'active'`,
)

const flooding: Phase = new Map()
await beside(flooding, flood(rows[0]?.kid ?? ''))
show(`while ${wanted} rows went in`, flooding)
print(`slowest put of ${atOnce} rows: ${slowest.toFixed(0)} ms; sessions of the flood ended: ${ended}`)
print(`rows in the box: ${await count('box_reports')}`)
const mixing: Phase = new Map()
print(`mixing: ${await beside(mixing, mix())}`)
show('while they were mixed', mixing)
const after: Phase = new Map()
await beside(after, sleep(5_000))
show('afterwards', after)
print(`rows in the box: ${await count('box_reports')}, mixed: ${await count('reports')}`)

await database.end()
await service.stop()
await postgres.stop()
rmSync(dataDir, { recursive: true, force: true })
