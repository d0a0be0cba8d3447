import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { attachEmbeddedPostgres } from '../../src/embedded/postgres.ts'
import { type Page, post, press, type Site, wordsOf } from '../pages/browse.ts'
import { asSuperuser } from '../support/cluster.ts'
import { memoryFolder } from '../support/memoryFolder.ts'
import { until } from '../support/patience.ts'
import { sampleReport } from '../support/reports.ts'
import { startServiceProcess } from '../support/serviceProcess.ts'
import { t } from '../support/suite.ts'

const dataDir = mkdtempSync(join(memoryFolder, 'sotto-workers-'))
const service = await startServiceProcess(dataDir, { WORKERS: '2', RATE_LIMIT: '100' })
t.teardown(() => rmSync(dataDir, { recursive: true, force: true }))

/** Each on a connection of its own, so that the workers take turns. */
async function ask(path: string, body?: unknown): Promise<Response> {
  const headers = { connection: 'close', 'content-type': 'application/json' }
  return fetch(`${service.base}${path}`, {
    headers,
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  })
}

/** The processes that the service has begun, by what Linux says: those that serve alone run its program. */
function workers(): number[] {
  const children = readFileSync(`/proc/${service.pid}/task/${service.pid}/children`, 'utf8')
  return children.trim().split(' ').map(Number)
}

async function stored(): Promise<number> {
  const url = await attachEmbeddedPostgres(dataDir)
  if (url === undefined) throw new Error('Postgres is not there')
  const { rows } = await asSuperuser(url, (client) =>
    client.query<{ n: number }>('SELECT count(*)::integer AS n FROM listed_reports'),
  )
  return rows[0]?.n ?? 0
}

let taken = 0
async function send(count: number): Promise<void> {
  const answers = await Promise.allSettled(
    Array.from({ length: count }, () => ask('/v1/reports', sampleReport())),
  )
  taken += answers.filter((one) => one.status === 'fulfilled' && one.value.status === 201).length
}

t.test('two workers serve one port, and every report that either accepts is there', async (t) => {
  await until(async () => workers().length === 2)
  await send(20)
  t.equal(taken, 20)
  t.equal(await stored(), 20)
})

t.test('a worker that is killed is replaced, and no accepted report is lost', async (t) => {
  const before = workers()
  const sending = send(20)
  process.kill(before[1] ?? 0, 'SIGKILL')
  await sending
  await until(async () => workers().length === 2 && !workers().includes(before[1] ?? 0))
  await until(async () => (await ask('/health/ready')).status === 200)
  t.ok((await stored()) >= taken, 'each report with a receipt is stored')
  t.match(service.output().toString(), 'a worker ended, another begins')
})

t.test(
  'whichever worker answers, a report sent again shows its receipt, and an open mailbox stays open',
  async (t) => {
    const site: Site = {
      app: {
        async inject({ url, payload }) {
          const headers = { connection: 'close', 'content-type': 'application/x-www-form-urlencoded' }
          const sent = payload === undefined ? {} : { method: 'POST', body: payload }
          const answer = await fetch(service.base + url, { headers, ...sent })
          const body = await answer.text()
          return { statusCode: answer.status, headers: {}, body, rawPayload: Buffer.from(body) }
        },
      },
    }
    const form = await post(site, '/report', [['category', 'environmental-crime']])
    const check = await press(site, form, { narrative: 'Every night at ten a white van comes to the yard.' })
    const sent = await Promise.all([1, 2, 3, 4].map(() => press(site, check)))
    const receipts = new Set(sent.map(({ html }) => wordsOf(html, 'receipt')))
    t.equal(receipts.size, 1)
    const [receipt = ''] = receipts
    t.match(receipt, /-/)

    let page: Page = await post(site, '/mailbox', [['receipt', receipt]])
    for (const text of ['One.', 'Two.', 'Three.', 'Four.']) {
      page = await press(site, page, { text })
      t.equal(page.status, 200)
      t.match(page.html, text)
    }
  },
)

t.test('what one worker counts of a client counts at the others too', async (t) => {
  const statuses: number[] = []
  while (statuses.length < 200 && statuses.at(-1) !== 429) statuses.push((await ask('/v1/keys')).status)
  t.ok(statuses.length <= 100, 'a client has one limit, not one at each')
})

t.test('SIGTERM ends all of them cleanly', async (t) => {
  const before = workers()
  t.equal(await service.end('SIGTERM'), 0)
  for (const pid of before) t.throws(() => process.kill(pid, 0), { code: 'ESRCH' })
  t.notMatch(service.output().toString(), 'unforeseen')
})

t.end()
