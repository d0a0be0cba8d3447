import { setTimeout as sleep } from 'node:timers/promises'
import { activeKey, keyByKid, readKeyringFile } from '../../src/crypto/keyring.ts'
import { indexSome } from '../../src/domain/links/indexer.ts'
import type { Report } from '../../src/schemas/report.ts'
import { openPool } from '../../src/storage/pool.ts'
import { run } from '../cli/run.ts'
import { indexAll } from '../support/indexing.ts'
import { fillSealedReports } from '../support/sealedReports.ts'
import { startTestService } from '../support/service.ts'
import { byTwo, type Caller, callerWith, idOf, reportFor } from '../support/staffApi.ts'
import { t } from '../support/suite.ts'

interface Link {
  id: string
  version: number
  kind: string
  reports?: string[]
  status?: string
  heldBy?: string
}

const service = await startTestService(t)
const pool = openPool(service.databaseUrl, 'sotto_triage', 2)
t.after(() => pool.close())
const keyring = readKeyringFile(service.keyringFile)
const sade = callerWith(service, await service.token('supervisor', { name: 'Sade' }))
const bea = callerWith(service, await service.token('supervisor', { name: 'Bea' }))

/** Sends a report and takes it out of the box, so that the indexer may read it. */
async function worked(more: Partial<Report>): Promise<string> {
  const id = await reportFor(service, sade, more)
  await sade.call('PATCH', `/v1/triage/reports/${id}`, { version: 1, body: { status: 'screening' } })
  return id
}

async function linksOf(id: string, caller = sade): Promise<Link[]> {
  await indexAll({ pool, keyring })
  return (await caller.call<{ items: Link[] }>('GET', `/v1/triage/reports/${id}/links`)).body.items
}

const phoned = (text: string): Partial<Report> => ({ entities: [{ kind: 'phone', number: text }] })
const numbered = (text: string): Partial<Report> => ({ entities: [{ kind: 'organisation', number: text }] })
const vehicle = (text: string): Partial<Report> => ({ entities: [{ kind: 'vehicle', registration: text }] })

t.test('the same registration written four ways links four reports; a part of it does not', async (t) => {
  const ids: string[] = []
  for (const text of ['ZZ21 CCD', 'zz21ccd', 'ZZ 21 CCD', 'zz21-ccd']) ids.push(await worked(vehicle(text)))
  const part = await worked(vehicle('ZZ21'))
  const [first = ''] = ids
  const links = await linksOf(first)
  t.equal(links.length, 3)
  t.same(new Set(links.flatMap(({ reports = [] }) => reports)), new Set(ids))
  t.same(await linksOf(part), [])
  const { body } = await sade.call<{ items: { id: string; links: number }[] }>(
    'GET',
    '/v1/triage/reports?limit=200',
  )
  t.equal(body.items.find(({ id }) => id === first)?.links, 3)
})

t.test('a thing is the same however two people write it; a half-remembered one links nothing', async (t) => {
  const pairs: [string, Partial<Report>, Partial<Report>][] = [
    ['registration', vehicle('191-D-12346'), vehicle('191d12346 (grey)')],
    ['phone', { entities: [{ kind: 'phone', number: '+44 (0) 7700 900345' }] }, phoned('07700 900345.')],
    [
      'address',
      { places: [{ address: 'No.14 Marrow Close', postcode: 'W1A OAA' }] },
      { places: [{ address: 'Flat 2, 14 Marrow Close', postcode: 'w1a0aa' }] },
    ],
    [
      'handle',
      { entities: [{ kind: 'online', handle: 'https://instagram.com/some_user' }] },
      { entities: [{ kind: 'online', handle: '@Some_User' }] },
    ],
  ]
  for (const [kind, first, second] of pairs) {
    const ids = [await worked(first), await worked(second)]
    t.match(await linksOf(ids[0] ?? ''), [{ kind }], kind)
  }
  const half = await worked(phoned('07911 123xxx'))
  await worked(phoned('07911 123xxx'))
  const charity = await worked(numbered('1234567 (charity)'))
  await worked(numbered('01234567'))
  for (const id of [half, charity]) t.same(await linksOf(id), [])
})

t.test('a rejected link stays rejected', async (t) => {
  const first = await worked({ entities: [{ kind: 'phone', number: '07700 900123' }] })
  await worked({ entities: [{ kind: 'phone', number: '+447700900123' }] })
  const [link] = await linksOf(first)
  const path = `/v1/triage/reports/${first}/links/${link?.id}`
  await sade.call('PUT', path, { body: { decision: 'rejected' }, expect: 428 })
  await sade.call('PUT', path, { version: 1, body: { decision: 'rejected' } })
  await pool.query({ name: 'again', text: 'INSERT INTO unindexed VALUES ($1)', values: [first] })
  t.match(await linksOf(first), [{ status: 'rejected', version: 2 }])
})

t.test('the watch list shows what independent reports name, once a person has confirmed it', async (t) => {
  const first = await worked(vehicle('AB12 CDE'))
  await worked(vehicle('ab12cde'))
  const [link] = await linksOf(first)
  const listed = async () =>
    (await sade.call<{ items: { value: string; reports: number }[] }>('GET', '/v1/triage/watchlist')).body
      .items
  t.same(await listed(), [])
  const path = `/v1/triage/reports/${first}/links/${link?.id}`
  await sade.call('PUT', path, { version: 1, body: { decision: 'confirmed' } })
  t.same(await listed(), [], 'one reporter may report twice')
  await sade.call('PUT', path, { version: 2, body: { decision: 'confirmed', independence: 'likely' } })
  t.match(await listed(), [
    { kind: 'registration', value: 'AB12CDE', reports: 2, agencies: ['law-enforcement'] },
  ])
  await sade.call('PATCH', `/v1/triage/reports/${first}`, {
    version: 2,
    body: { suspectedMalicious: true, reason: 'Pattern' },
  })
  t.same(await listed(), [])
})

t.test('a report sent to find out learns nothing of one that its reader may not see', async (t) => {
  const secret = await worked(vehicle('XY34 ZZZ'))
  const probe = await worked(vehicle('XY34ZZZ'))
  const licensing = callerWith(service, await service.token('supervisor', { agency: 'licensing' }))
  const names = [await idOf(sade), await idOf(bea)]
  await byTwo([sade, bea], `/v1/triage/reports/${secret}`, 2, { restrictedTo: names })
  t.same(await linksOf(probe, licensing), [], 'a proposal tells nothing')

  const [link] = await linksOf(probe)
  const confirm = { version: 1, body: { decision: 'confirmed' } }
  await sade.call('PUT', `/v1/triage/reports/${probe}/links/${link?.id}`, confirm)
  const told = await linksOf(probe, licensing)
  t.same(told, [{ id: link?.id, kind: 'registration', heldBy: 'another-agency' }])
  const tells = async (caller: Caller) => {
    const history = await caller.call('GET', `/v1/triage/reports/${probe}/history?limit=200`)
    const headers = { accept: 'application/json' }
    const events = await caller.call('GET', '/v1/triage/events?limit=200', { headers })
    return [history, events].map(({ body }) => JSON.stringify(body).includes(link?.id ?? ''))
  }
  t.same(await tells(sade), [true, true])
  t.same(await tells(licensing), [false, false], 'nor do history and events, that somebody decided')
  await licensing.call('PUT', `/v1/triage/reports/${probe}/links/${link?.id}`, {
    version: 2,
    body: { decision: 'rejected' },
    expect: 404,
  })

  await byTwo([sade, bea], `/v1/triage/reports/${secret}`, 4, { conflictOfInterest: ['licensing'] })
  t.same(await linksOf(probe, licensing), [], 'to an agency in conflict it is not there at all')
})

t.test(
  'however many index at once, every pair is found, and a thing that two share stays theirs',
  async (t) => {
    const pairs = 150
    const thing = (index: number) => `https://example.test/pair-${index % pairs}`
    await fillSealedReports(service, pairs * 2, (index) => ({
      entities: [
        { kind: 'online', handle: `first-${thing(index)}` },
        { kind: 'online', handle: `second-${thing(index)}` },
      ],
    }))
    const some = openPool(service.databaseUrl, 'sotto_triage', 4)
    t.teardown(() => some.close())
    const count = async () => {
      const text = "SELECT id, token FROM links WHERE kind = 'handle' ORDER BY id"
      return some.query<{ id: string; token: Buffer }>({ name: 'handles', text, values: [] })
    }
    const drain = () => indexAll({ pool: some, keyring })
    const queueAll = {
      name: 'queue',
      text: 'INSERT INTO unindexed SELECT id FROM reports ON CONFLICT DO NOTHING',
      values: [],
    }
    const others = (await count()).length
    await some.query(queueAll)
    await Promise.all([drain(), drain(), drain(), drain()])
    const found = await count()
    t.equal(found.length - others, pairs)
    await some.query(queueAll)
    await Promise.all([drain(), drain()])
    t.strictSame(await count(), found, 'indexed again, nothing moves')
  },
)

t.test('a new index key makes everything be found again, and then the old one is destroyed', async (t) => {
  const first = await worked(vehicle('LM56 NOP'))
  await worked(vehicle('lm56 nop'))
  t.equal((await linksOf(first)).length, 1)
  const before = (await linksOf(first)).map(({ id }) => id)
  const keys = (...words: string[]) =>
    run('sotto', ['keys', ...words], { KEYRING_FILE: service.keyringFile, DATABASE_URL: service.databaseUrl })
  const old = activeKey(keyring, 'index').kid
  const kid = (await keys('new', '--purpose', 'index')).stdout.trim()
  t.match(await keys('activate', kid, '--json'), { code: 0, stdout: new RegExp(old) })
  t.match(await keys('destroy', old, '--yes'), { code: 1, stderr: /still needed by \d+ tokens/ })

  await service.close()
  const { databaseUrl, keyringFile } = service
  const restarted = await startTestService(t, { databaseUrl, keyringFile })
  const sam = callerWith(restarted, await restarted.token('supervisor'))
  const another = readKeyringFile(keyringFile)
  for (let left = 1; left > 0; ) {
    await indexSome({ pool, keyring: another })
    const text = 'SELECT count(*)::int AS left FROM index_tokens WHERE kid <> $1'
    left = (await pool.query<{ left: number }>({ name: 'left', text, values: [kid] }))[0]?.left ?? 0
    await sleep(50)
  }
  const { body } = await sam.call<{ items: Link[] }>('GET', `/v1/triage/reports/${first}/links`)
  t.strictSame(
    body.items.map(({ id }) => id),
    before,
  )
  t.match(await keys('destroy', old, '--yes'), { code: 0, stdout: `${old} is destroyed\n` })
  t.match(keyByKid(readKeyringFile(keyringFile), old), { status: 'destroyed', secret: undefined })
})

t.end()
