import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { startEmbeddedPostgres } from '../src/embedded/postgres.ts'
import { type Answers, attacks } from './abuse/attacks.ts'
import { sendHonestly } from './abuse/honest.ts'
import { watchMemory } from './abuse/memory.ts'
import { describeMachine } from './machine.ts'
import { percentile } from './percentile.ts'
import { startServer } from './servers.ts'
import { print, printTable } from './table.ts'

/*
 * What an honest reporter waits, and what memory the service needs, while somebody tries to make it fail. The limit
 * by address is off: the attacker has as many addresses as connections. Attacker, reporter, service and Postgres
 * share the machine's cores.
 */

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    /** Only attacks whose name holds this. */
    only: { type: 'string', default: '' },
  },
})

const folder = mkdtempSync(join(tmpdir(), 'sotto-abuse-'))
const postgres = await startEmbeddedPostgres({ dataDir: folder })
const client = new pg.Client({ connectionString: postgres.url })
await client.connect()

/** Few enough to be taken without a proof of work. */
const mailboxes = 50

/** Receipts for the attacker; the first one's mailbox is full. */
async function makeReceipts(url: string): Promise<string[]> {
  const json = { 'content-type': 'application/json' }
  const report = { category: 'other-serious-crime', narrative: 'A fictional report for whoever attacks.' }
  const receipts: string[] = []
  for (let i = 0; i < mailboxes; i++) {
    receipts.push((await created<{ receipt: string }>(`${url}/v1/reports`, json, report)).receipt)
  }
  const headers = { ...json, authorization: `Bearer ${receipts[0]}` }
  const message = { text: 'A message that fills the mailbox. '.repeat(20) }
  for (let i = 0; i < 200; i++) await created(`${url}/v1/mailbox/messages`, headers, message)
  return receipts
}

async function created<T>(url: string, headers: Record<string, string>, body: unknown): Promise<T> {
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  if (answer.status !== 201) throw new Error(`${url} answered ${answer.status}`)
  return (await answer.json()) as T
}

/** Each attack meets a fresh service, so that its memory is its own. */
async function run(name: string): Promise<string[]> {
  const server = await startServer('src/main.js', { DATA_DIR: folder, PORT: '0', RATE_LIMIT: '0' })
  try {
    const receipts = await makeReceipts(server.url)
    const program = fileURLToPath(new URL('./abuse/attacker.js', import.meta.url))
    const attacker = spawn(process.execPath, [program, name, server.url, ...receipts], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    const said = text(attacker.stdout)
    const memory = watchMemory(server.pid)
    await sleep(1500)
    const { sent, taken, solved, waits, failures } = await sendHonestly(server.url, Number(options.seconds))
    attacker.stdin.end()
    await once(attacker, 'exit')
    const peak = memory.stop()
    waits.sort((a, b) => a - b)
    const failed = Object.entries(failures).map(([code, times]) => `${times} ${code}`)
    return [
      name,
      `${taken}/${sent}${failed.length > 0 ? ` (${failed.join(', ')})` : ''}`,
      String(solved),
      percentile(waits, 0.5).toFixed(0),
      percentile(waits, 0.99).toFixed(0),
      peak.service.toFixed(0),
      peak.images.toFixed(0),
      summary(JSON.parse(await said) as Answers),
    ]
  } finally {
    await server.stop()
  }
}

function summary(answers: Answers): string {
  const all = Object.entries(answers).sort(([, a], [, b]) => b - a)
  return all.map(([status, times]) => `${times}×${status}`).join(' ')
}

try {
  print(await describeMachine(client))
  print()
  const rows: string[][] = []
  for (const name of Object.keys(attacks).filter((one) => one.includes(options.only)))
    rows.push(await run(name))
  printTable(
    ['attack', 'taken', 'solved', 'p50 ms', 'p99 ms', 'service MiB', 'images MiB', 'attacker got'],
    rows,
  )
} finally {
  await client.end()
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
}
