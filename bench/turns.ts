import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import sharp from 'sharp'
import { loadConfig } from '../src/config.ts'
import { createLog } from '../src/log.ts'
import { startService } from '../src/start/service.ts'
import { print, printTable } from './table.ts'

/*
 * How long one call alone holds the event loop in one turn, with the largest that each call takes: everybody else waits for so
 * long at the least. The client is a thread of its own. Each call is made three times; shown are the longest turns of the
 * first, which also prepares what is prepared once, and of the others.
 */

const folder = mkdtempSync(join(tmpdir(), 'sotto-turns-'))
const config = loadConfig({ DATA_DIR: folder, PORT: '0', RATE_LIMIT: '0', CHALLENGE: 'off' })
const service = await startService(config, createLog('silent'))
const base = `http://127.0.0.1:${service.address.port}`
const token = readFileSync(join(folder, 'staff-token'), 'utf8').trim()

const client = new Worker(
  `const { parentPort } = require('node:worker_threads')
   parentPort.on('message', async ({ url, init, keep }) => {
     const answer = await fetch(url, init).then(
       async (response) => ({ status: response.status, text: await response.text() }),
       (error) => ({ status: 0, text: String(error) }),
     )
     parentPort.postMessage({ ...answer, text: keep || answer.status >= 400 ? answer.text : '' })
   })`,
  { eval: true },
)

interface Asked {
  path: string
  method?: string
  headers?: Record<string, string>
  body?: string | Uint8Array
  keep?: boolean
}

async function ask({ path, keep = false, ...init }: Asked): Promise<{ status: number; text: string }> {
  client.postMessage({ url: `${base}${path}`, init, keep })
  const [answer] = await once(client, 'message')
  return answer as { status: number; text: string }
}

const asStaff = { authorization: `Bearer ${token}` }
const json = { 'content-type': 'application/json' }
const send = (path: string, body: unknown, headers = {}): Asked => ({
  path,
  method: 'POST',
  headers: { ...json, ...headers },
  body: JSON.stringify(body),
})

const said = 'on 24 Marrow Close SW1A 1AA that AB12 CDE and 07700 900123 were seen by my brother who knows '
const fill = (length: number, words = said) => words.repeat(Math.ceil(length / words.length)).slice(0, length)
const longest = (words = said) => ({
  category: 'other-serious-crime',
  narrative: fill(10_000, words),
  places: Array.from({ length: 20 }, () => ({ description: fill(1_000, words), address: fill(500, words) })),
  entities: Array.from({ length: 50 }, () => ({ kind: 'person', description: fill(2_000, words) })),
})
const short = { category: 'other-serious-crime', narrative: fill(100) }
const form = new URLSearchParams([
  ['category', 'other-serious-crime'],
  ['narrative', fill(10_000)],
  ...Array.from({ length: 20 }, (_, at): [string, string][] => [
    [`places.${at}.description`, fill(1_000)],
    [`places.${at}.address`, fill(500)],
  ]).flat(),
  ...Array.from({ length: 50 }, (_, at): [string, string][] => [
    [`entities.${at}.kind`, 'person'],
    [`entities.${at}.description`, fill(2_000)],
  ]).flat(),
  ['step', 'check'],
]).toString()

/** Noise does not compress: almost the 10 MiB that are taken. */
const noise = { width: 1_900, height: 1_800 }
const image = await sharp(
  Buffer.from(
    Uint8Array.from({ length: noise.width * noise.height * 3 }, (_, at) => (at * 2_654_435_761) >>> 13),
  ),
  { raw: { ...noise, channels: 3 } },
)
  .png({ compressionLevel: 0 })
  .toBuffer()

async function longestTurn(asked: Asked): Promise<{ status: number; turn: number; text: string }> {
  await sleep(50)
  const turns = monitorEventLoopDelay({ resolution: 1 })
  turns.enable()
  const { status, text } = await ask(asked)
  await sleep(5)
  turns.disable()
  return { status, text, turn: turns.max / 1e6 }
}

const accepted = await ask({ ...send('/v1/reports', longest()), keep: true })
const { receipt } = JSON.parse(accepted.text) as { receipt: string }
const holder = { authorization: `Bearer ${receipt}` }
await ask(send('/v1/reports', longest('07700900123 ')))
const listed = await ask({ path: '/v1/triage/reports', headers: asStaff, keep: true })
const ids = (JSON.parse(listed.text) as { items: { id: string }[] }).items.map(({ id }) => id)
for (let count = 0; count < 60; count += 1)
  await ask(send('/v1/mailbox/messages', { text: fill(4_000) }, holder))
for (const id of ids)
  for (let count = 0; count < 20; count += 1)
    await ask(send(`/v1/triage/reports/${id}/messages`, { text: `${count} ${fill(3_900)}` }, asStaff))
const many = Array.from({ length: 500 }, () => short)
for (const one of many) await ask(send('/v1/reports', one))

const ofBoth = (name: string, path: string): [string, Asked][] =>
  ids.map((id, at) => [`${name} (${at + 1})`, { path: `/v1/triage/reports/${id}${path}`, headers: asStaff }])
const some = await ask({ path: '/v1/triage/reports?limit=200&sort=received', headers: asStaff, keep: true })
const selection = (JSON.parse(some.text) as { items: { id: string }[] }).items.map(({ id }) => id)

const calls: [string, Asked][] = [
  ['nothing', { path: '/health/live' }],
  ['draft, 111 KB and more', send('/v1/reports/check', longest())],
  ['report, 111 KB and more', send('/v1/reports', longest())],
  ['message, 4,000 characters', send('/v1/mailbox/messages', { text: fill(4_000) }, holder)],
  ['mailbox of 60 messages', { path: '/v1/mailbox', headers: holder }],
  [
    `image, ${(image.length / 1024 ** 2).toFixed(1)} MiB`,
    {
      path: '/v1/mailbox/attachments',
      method: 'POST',
      headers: { ...holder, 'content-type': 'image/png' },
      body: image,
    },
  ],
  [
    'form, the page to check',
    {
      path: '/report',
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form,
    },
  ],
  ...ofBoth('the longest report', ''),
  ...ofBoth('things named in it', '/entities'),
  ...ofBoth('conversation of 80', '/messages?limit=200'),
  ['list of 200', { path: '/v1/triage/reports?limit=200', headers: asStaff }],
  ['search', send('/v1/triage/reports/search', { q: 'marrow brother' }, asStaff)],
  ['live counts', { path: '/v1/triage/stats?live=true', headers: asStaff }],
  [
    'closing a selection of 200',
    send(
      '/v1/triage/reports/closures',
      { ids: selection, closeReason: 'insufficient', rationale: 'As agreed.' },
      asStaff,
    ),
  ],
  ['export', { path: '/v1/triage/export', headers: asStaff }],
  ['contract', { path: '/openapi.json' }],
]

print(
  `${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)} before the run, Node ${process.versions.node}`,
)
const rows: string[][] = []
for (const [name, asked] of calls) {
  const first = await longestTurn(asked)
  const others = [await longestTurn(asked), await longestTurn(asked)]
  const most = Math.max(...others.map(({ turn }) => turn))
  rows.push([name, String(first.status), first.turn.toFixed(0), most.toFixed(0)])
}
printTable(['one call alone', 'answer', 'longest turn of the first, ms', 'of the next two, ms'], rows)
await client.terminate()
await service.close()
rmSync(folder, { recursive: true, force: true })
