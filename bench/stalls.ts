import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, type IncomingMessage, request } from 'node:http'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { startServer } from './servers.ts'
import { print, printTable } from './table.ts'

/*
 * For how long one client keeps everybody else waiting: 120 at once of the largest that each public call takes, and
 * beside them one request after the other that costs nothing. Client and service share the machine's cores.
 */

const atOnce = 120
const folder = mkdtempSync(join(tmpdir(), 'sotto-stalls-'))
const service = await startServer('src/main.js', {
  DATA_DIR: folder,
  PORT: '0',
  RATE_LIMIT: '0',
  CHALLENGE: 'off',
})
const agent = new Agent({ keepAlive: false })
const alone = new Agent({ keepAlive: true, maxSockets: 1 })

async function ask(
  method: string,
  path: string,
  body = '',
  headers = {},
  by = agent,
): Promise<[number, string]> {
  const type = body === '' ? {} : { 'content-type': 'application/json' }
  const asked = request(`${service.url}${path}`, { method, agent: by, headers: { ...type, ...headers } })
  asked.end(body)
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  return [response.statusCode ?? 0, await text(response)]
}

const said = 'my brother told me on 24 Marrow Close that I am the only one who knows '
const fill = (length: number) => said.repeat(Math.ceil(length / said.length)).slice(0, length)
const longest = JSON.stringify({
  category: 'other-serious-crime',
  narrative: fill(10_000),
  places: Array.from({ length: 20 }, () => ({ description: fill(1_000), address: fill(500) })),
  entities: Array.from({ length: 50 }, () => ({ kind: 'person', description: fill(2_000) })),
})
const short = JSON.stringify({ category: 'other-serious-crime', narrative: fill(100) })
const manyFaults = JSON.stringify({
  category: 'other-serious-crime',
  narrative: fill(100),
  entities: Array.from({ length: 50 }, () =>
    Object.fromEntries(Array.from({ length: 190 }, (_, index) => [`unknown${index}`, 1])),
  ),
})
const receipt = (JSON.parse((await ask('POST', '/v1/reports', short))[1]) as { receipt: string }).receipt
const authorization = { authorization: `Bearer ${receipt}` }

const calls: [string, () => Promise<[number, string]>][] = [
  ['nothing', () => sleep(1_000, [0, '']) as Promise<[number, string]>],
  ['check, 111 KB and more', () => ask('POST', '/v1/reports/check', longest)],
  ['report, 111 KB and more', () => ask('POST', '/v1/reports', longest)],
  ['report, 1 KB', () => ask('POST', '/v1/reports', short)],
  ['report, 9,500 unknown properties', () => ask('POST', '/v1/reports', manyFaults)],
  ['no JSON, 256 KB', () => ask('POST', '/v1/reports', '['.repeat(260_000))],
  [
    'message, 4,000 characters',
    () => ask('POST', '/v1/mailbox/messages', JSON.stringify({ text: fill(4_000) }), authorization),
  ],
  ['mailbox', () => ask('GET', '/v1/mailbox', '', authorization)],
  ['challenges', () => ask('GET', '/v1/challenges')],
  ['categories', () => ask('GET', '/v1/categories')],
  ['contract', () => ask('GET', '/openapi.json')],
]

async function watch(work: () => Promise<[number, string]>) {
  let isOver = false
  const waits: number[] = []
  const watching = (async () => {
    while (!isOver) {
      const since = performance.now()
      await ask('GET', '/health/live', '', {}, alone)
      waits.push(performance.now() - since)
    }
  })()
  const since = performance.now()
  const answers = await Promise.all(
    Array.from({ length: atOnce }, () => work().catch((): [number, string] => [0, ''])),
  )
  const took = performance.now() - since
  isOver = true
  await watching
  const statuses = [...new Set(answers.map(([status]) => status))].join(', ')
  return [statuses, took.toFixed(0), waits.length, Math.max(...waits).toFixed(0)] as const
}

print(
  `${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)} before the run, Node ${process.versions.node}`,
)
const rows = []
for (const [name, work] of calls) rows.push([name, ...(await watch(work))].map(String))
printTable(
  ['120 at once', 'answers', 'all answered after, ms', 'others asked meanwhile', 'longest wait of those, ms'],
  rows,
)
await service.stop()
agent.destroy()
alone.destroy()
rmSync(folder, { recursive: true, force: true })
