import { randomUUID } from 'node:crypto'
import { shares } from '../../src/concurrency/shares.ts'
import { readKeyringFile } from '../../src/crypto/keyring.ts'
import { auditTrail } from '../../src/domain/audit/trail.ts'
import { type ExportFormat, exportFormats } from '../../src/domain/export/exported.ts'
import { reportExport } from '../../src/domain/export/exportReports.ts'
import { reportSearch } from '../../src/domain/triage/search.ts'
import { openPool } from '../../src/storage/pool.ts'
import type { Person } from '../../src/vocabulary/person.ts'
import { asSuperuser } from '../support/cluster.ts'
import { fillSealedReports } from '../support/sealedReports.ts'
import { startTestService } from '../support/service.ts'
import { type Test, t } from '../support/suite.ts'

const service = await startTestService(t)
const clock = () => new Date()

function deps(test: Test) {
  const pool = openPool(service.databaseUrl, 'sotto_triage', 4)
  test.after(() => pool.close())
  const keyring = readKeyringFile(service.keyringFile)
  return { pool, keyring, audit: auditTrail(pool, keyring, clock), clock }
}

function somebody(): Person {
  return { id: randomUUID(), name: 'Sade', role: 'supervisor', agency: null, expires: new Date() }
}

/** Opens an event stream; tells the status, and what ends it. */
async function follow(test: Test, token: string) {
  const ended = new AbortController()
  test.after(async () => ended.abort())
  const response = await fetch(`${service.base}/v1/triage/events`, {
    headers: { authorization: `Bearer ${token}` },
    signal: ended.signal,
  })
  return { response, end: () => ended.abort() }
}

t.test('one person cannot take every event stream, with two tokens neither', async (t) => {
  const name = randomUUID()
  const [one, two] = [await service.token('triager', { name }), await service.token('triager', { name })]
  const streams = []
  for (let i = 0; i < 8; i++) streams.push(await follow(t, i % 2 === 0 ? one : two))
  t.ok(streams.every(({ response }) => response.status === 200))
  for (const token of [one, two]) {
    const { response } = await follow(t, token)
    t.equal(response.status, 429)
    t.ok(Number(response.headers.get('retry-after')) > 0)
    t.equal(((await response.json()) as { code: string }).code, 'rate-limited')
  }
  t.equal((await follow(t, await service.token('triager'))).response.status, 200, 'others get theirs')

  streams[0]?.end()
  for (;;) {
    const { response } = await follow(t, one)
    if (response.status === 200) break
    await response.text()
  }
  t.pass('what was let go can be had again')
})

t.test('one supervisor cannot take every export', async (t) => {
  const exporting = reportExport({ ...deps(t), periods: { unassessedDays: 365, graceDays: 14 } })
  const begin = (person: Person) =>
    exporting.begin({
      person,
      filters: {},
      reason: undefined,
      format: exportFormats['application/x-ndjson'],
      recheck: async () => true,
    })
  const sade = somebody()
  const first = await begin(sade)
  await begin(sade)
  await t.rejects(begin(sade), { message: 'rate-limited' })
  for (let i = 0; i < 4; i++) await begin(somebody())
  await t.rejects(begin(somebody()), { message: 'overloaded' }, 'and all together have an end')
  await t.rejects(begin(sade), { message: 'rate-limited' })
  first.destroy()
  await new Promise((resolve) => first.once('close', resolve))
  await t.resolves(begin(sade), 'what was let go can be had again')
  await exporting.end()
})

t.test('what was read ahead for a slow client goes only while it may be seen', async (t) => {
  const narrative = 'Much ado about nothing in particular. '.repeat(250)
  await fillSealedReports(service, 120, () => ({ narrative }))
  const times = { freshFor: 0 }
  const exporting = reportExport({ ...deps(t), periods: { unassessedDays: 365, graceDays: 14 } }, times)
  t.after(() => exporting.end())
  const common = { person: somebody(), filters: {}, reason: undefined }
  let may = true
  const begin = async (format: ExportFormat) =>
    (await exporting.begin({ ...common, format, recheck: async () => may }))[Symbol.asyncIterator]()
  const ids = await asSuperuser(service.databaseUrl, async (client) => {
    const { rows } = await client.query('SELECT id FROM reports ORDER BY received_on DESC, id DESC')
    return rows.map(({ id }) => String(id))
  })
  const [restricted, erased] = [ids[40], ids[50]]

  const stream = await begin(exportFormats['application/x-ndjson'])
  const pieces: Buffer[] = []
  const next = async () => {
    const { value, done } = await stream.next()
    if (done !== true) pieces.push(Buffer.from(value))
    return done !== true
  }
  while (Buffer.concat(pieces).length === 0) await next()
  const revoked = await begin(exportFormats['text/csv'])
  t.match(String((await revoked.next()).value), /^"record"/)
  await asSuperuser(service.databaseUrl, async (client) => {
    await client.query('UPDATE reports SET restricted = true WHERE id = $1', [restricted])
    await client.query('DELETE FROM reports WHERE id = $1', [erased])
  })
  while (await next());
  const lines = Buffer.concat(pieces).toString().trimEnd().split('\n')
  const told = lines.map((line): { id?: string; end?: boolean; count?: number } => JSON.parse(line))
  const left = ids.filter((id) => id !== restricted && id !== erased)
  t.same(
    told.map(({ id, end, count }) => id ?? { end, count }),
    [...left, { end: true, count: 118 }],
  )

  may = false
  await t.rejects(async () => {
    while ((await revoked.next()).done !== true);
  }, 'and no piece goes once the rights have ended')
})

t.test('one person cannot take every search', async (t) => {
  const search = reportSearch(deps(t))
  const sade = somebody()
  const both = [search(sade, { q: 'marrow' }, undefined), search(sade, { q: 'marrow' }, undefined)]
  await t.rejects(search(sade, { q: 'marrow' }, undefined), { message: 'rate-limited' })
  await t.resolves(search(somebody(), { q: 'marrow' }, undefined))
  await Promise.all(both)
  await t.resolves(search(sade, { q: 'marrow' }, undefined))
})

t.test('a share that is given back twice counts once', (t) => {
  const take = shares(2, 2)
  const release = take('sade')
  take('sade')
  release()
  release()
  take('tam')
  t.throws(() => take('tam'), { message: 'overloaded' })
  t.end()
})

t.end()
