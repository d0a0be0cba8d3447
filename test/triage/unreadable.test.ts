import { activeKey, readKeyringFile } from '../../src/crypto/keyring.ts'
import { newOrganisationKey } from '../../src/crypto/keyTurns.ts'
import { auditTrail } from '../../src/domain/audit/trail.ts'
import { mixBox } from '../../src/domain/mixing/mixBox.ts'
import { purge } from '../../src/domain/retention/purge.ts'
import { rewrap } from '../../src/domain/retention/rewrap.ts'
import type { OpenedReport } from '../../src/schemas/triage.ts'
import { acceptKeysOf } from '../../src/start/acceptKeys.ts'
import { openPool } from '../../src/storage/pool.ts'
import { reporterAt } from '../mailbox/reporter.ts'
import { badReports } from '../support/badContents.ts'
import { indexAll } from '../support/indexing.ts'
import { patientFetch } from '../support/patience.ts'
import { startTestService } from '../support/service.ts'
import { callerWith, report } from '../support/staffApi.ts'
import { t } from '../support/suite.ts'
import { type Broken, type PutReport, takenIntake } from '../support/takenIntake.ts'

/** What nobody can read stands among the reports, and nothing stops at it. */

let now = Date.now()
const clock = () => new Date(now)
const service = await startTestService(t, { clock })
const { databaseUrl, keyringFile, base } = service
const keyring = readKeyringFile(keyringFile)
const pool = openPool(databaseUrl, 'sotto_triage', 4)
t.after(() => pool.close())
const taken = takenIntake(t, service, clock)
const sade = callerWith(service, await service.token('supervisor', { name: 'Sade' }))
const tam = callerWith(service, await service.token('triager', { name: 'Tam' }))
const supervisorToken = await service.token('supervisor', { name: 'Sol' })
const word = 'kestrel'

const bad = new Map<string, PutReport>()
async function putAll(): Promise<void> {
  await report(service, { narrative: `A fictional ${word} that came before.` })
  for (const [how, sealed] of Object.entries(badReports)) bad.set(how, await taken.put({ sealed }))
  for (const broken of ['body', 'data key', 'batch key', 'no batch key'] satisfies Broken[]) {
    bad.set(`a broken ${broken}`, await taken.put({ broken }))
  }
  await report(service, { narrative: `A fictional ${word} that came after.` })
}
await putAll()
const badIds = [...bad.values()].map(({ id }) => id)

interface Page<Item = { id: string; flags: string[]; version: number }> {
  items: Item[]
  nextCursor?: string
}

async function exported(accept: string): Promise<string> {
  const response = await patientFetch(`${base}/v1/triage/export`, {
    headers: { authorization: `Bearer ${supervisorToken}`, accept },
  })
  t.equal(response.status, 200)
  return response.text()
}

/** All that staff and reporter do with every report, where one cannot be read. */
async function nothingStops(where: string, readable: number): Promise<void> {
  const all = bad.size + readable
  await t.test(`${where}: a list shows them, and each is answered without its content`, async (t) => {
    const { body } = await tam.call<Page>('GET', '/v1/triage/reports?limit=200')
    t.equal(body.items.length, all)
    for (const [how, { id }] of bad) {
      const { body } = await tam.call<OpenedReport>('GET', `/v1/triage/reports/${id}`)
      t.match(body, { id, report: null, proposals: [] }, how)
      t.ok(body.flags.includes('unreadable'), how)
    }
  })

  await t.test(`${where}: a search passes them over, and counts them`, async (t) => {
    const found = await tam.call<Page & { searched: number; of: number; unreadable?: number }>(
      'POST',
      '/v1/triage/reports/search',
      { body: { q: word } },
    )
    t.match(found.body, { searched: all, of: all, unreadable: bad.size })
    t.equal(found.body.items.length, 2)
    const paged = await tam.call<Page & { unreadable?: number }>('POST', '/v1/triage/reports/search', {
      body: { q: word, limit: 1 },
    })
    const rest = await tam.call<Page & { unreadable?: number }>('POST', '/v1/triage/reports/search', {
      body: { q: word, cursor: paged.body.nextCursor },
    })
    t.equal(rest.body.unreadable, bad.size, 'counted on from page to page')
  })

  await t.test(`${where}: an export has a line for each, and its end`, async (t) => {
    const lines = (await exported('application/x-ndjson')).trim().split('\n')
    const parsed = lines.map((line) => JSON.parse(line) as Partial<OpenedReport> & { end?: boolean })
    t.match(parsed.at(-1), { end: true, count: all })
    const nulls = parsed.filter((line) => line.report === null)
    t.same(nulls.map(({ id }) => id).sort(), [...badIds].sort())
    t.ok(nulls.every(({ flags }) => flags?.includes('unreadable')))
    t.match(await exported('text/csv'), /\r\n"end",/)
  })

  await t.test(
    `${where}: what belongs to them is answered, and the mailbox serves its reporter`,
    async (t) => {
      for (const [how, put] of bad) {
        const path = `/v1/triage/reports/${put.id}`
        await tam.call('GET', `${path}/attachments`)
        const reporter = reporterAt(base, put.receipt)
        const before = (await reporter.read()).messages.length
        t.equal((await reporter.say('A fictional word more.')).status, 201, how)
        t.equal((await reporter.read()).messages.length, before + 1, how)
      }
      for (const part of ['notes', 'items', 'links', 'history', 'outcomes', 'assessment'])
        await sade.call('GET', `/v1/triage/reports/${badIds[0]}/${part}`)
      await tam.call('GET', '/v1/triage/watchlist')
      await tam.call('GET', '/v1/triage/stats?by=category&live=true')
      await tam.call('GET', '/v1/triage/events', { headers: { accept: 'application/json' } })
    },
  )
}

await nothingStops('in the box', 2)

t.test('staff act on one that lies in the box: it leaves it as it is', async (t) => {
  for (const [how, put] of [...bad].filter((_, place) => place % 2 === 0)) {
    const path = `/v1/triage/reports/${put.id}`
    const { body } = await tam.call<Page & { locked: boolean }>('GET', `${path}/messages`)
    t.same(body.items, [], how)
    const { code } = await tam.call('POST', `${path}/messages`, {
      body: { text: 'Are you safe where you are?' },
      expect: 409,
    })
    t.equal(code, 'conflict', 'nobody knows whose mailbox it is')
    await tam.call('POST', `${path}/notes`, { body: { text: 'It cannot be read.' }, expect: 201 })
  }
  const listed = await tam.call<Page>('GET', '/v1/triage/reports?limit=200')
  const flagged = listed.body.items.filter(({ flags }) => flags.includes('unreadable'))
  t.equal(flagged.length, Math.ceil(bad.size / 2), 'what has left the box is known to be unreadable')
})

t.test('the mixing moves the others, and counts all of them once', async (t) => {
  const deps = { pool, keyring, clock, interval: 0 }
  const outcome = await mixBox(deps, { includeToday: true })
  t.match(outcome, { state: 'mixed', unreadable: bad.size, emptied: true })
  await report(service)
  t.match(await mixBox(deps, { includeToday: true }), { unreadable: 0, reports: 1 })
  const { body } = await tam.call<Page>('GET', '/v1/triage/reports?limit=200')
  const flagged = body.items.filter(({ flags }) => flags.includes('unreadable'))
  t.same(flagged.map(({ id }) => id).sort(), [...badIds].sort())
})

t.test('the indexer takes them off its queue', async (t) => {
  await t.resolves(indexAll({ pool, keyring }))
})

await nothingStops('mixed', 3)

t.test('staff close one that cannot be read', async (t) => {
  for (const [how, { id }] of [...bad].slice(0, 6)) {
    const path = `/v1/triage/reports/${id}`
    await tam.call('PUT', `${path}/assessment`, { version: 0, body: { rationale: 'It cannot be read.' } })
    const { version } = (await tam.call<OpenedReport>('GET', path)).body
    await tam.call('PATCH', path, { version, body: { status: 'screening' } })
    const { body } = await sade.call<OpenedReport>('PATCH', path, {
      version: version + 1,
      body: { status: 'closed', closeReason: 'insufficient', reason: 'It cannot be read.' },
    })
    t.equal(body.status, 'closed', how)
  }
})

t.test('no line of the log came while they were met', (t) => {
  t.same(service.logLines, [])
  t.end()
})

t.test('keys are moved or kept, which is told, and the purge takes all of them', async (t) => {
  const next = newOrganisationKey(keyring, clock().toISOString().slice(0, 10), 'active')
  await acceptKeysOf(next, pool)
  const audit = auditTrail(pool, next, clock)
  const deps = { pool, keyring: next, audit, clock, periods: { unassessedDays: 365, graceDays: 14 } }
  const operator = { id: 'operator', role: 'cli' }
  await mixBox({ pool, keyring, clock, interval: 0 }, { includeToday: true })
  const outcome = await rewrap(deps, operator, [activeKey(keyring, 'organisation').kid])
  t.match(outcome, { state: 'rewrapped', unopened: 2 })
  now += 400 * 86_400_000
  const { reports } = await purge(deps, { beyondShare: true })
  t.equal(reports, bad.size + 3)
  const left = await pool.query({ name: 'left', text: 'SELECT id FROM listed_reports', values: [] })
  t.same(left, [])
})

t.end()
