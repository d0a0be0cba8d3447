import { createHash, createPublicKey, randomUUID, verify } from 'node:crypto'
import { readKeyringFile } from '../../src/crypto/keyring.ts'
import { findInTrail, trailStatement } from '../../src/storage/auditSearch.ts'
import { openPool } from '../../src/storage/pool.ts'
import { asSuperuser } from '../support/cluster.ts'
import { cloneDatabase } from '../support/database.ts'
import { startTestService } from '../support/service.ts'
import { callerWith, reportFor } from '../support/staffApi.ts'
import { t } from '../support/suite.ts'

interface Entry {
  seq: number
  at: string
  actor: string
  role: string
  action: string
  target: string
  reason?: string
  reasonHash?: string
  recipients?: string[]
  hash: string
}
interface Page {
  items: Entry[]
  nextCursor?: string
}
interface Head {
  size: number
  hash: string
  origin: string
  keyId: string
  signature: string
  verifierKey: string
  checkpoint: string
}

const service = await startTestService(t)
const tam = callerWith(service, await service.token('triager', { name: 'Tam' }))
const sade = callerWith(service, await service.token('supervisor', { name: 'Sade' }))
const ada = callerWith(service, await service.token('auditor', { name: 'Ada' }))
const trail = '/v1/triage/audit'
const read = async (query = '') => (await ada.call<Page>('GET', `${trail}${query}`)).body
const idOf = async (caller: typeof tam) => (await caller.call<{ id: string }>('GET', '/v1/triage/me')).body.id

t.test('what staff do is in the trail, with their reasons, newest first', async (t) => {
  const id = await reportFor(service, tam)
  await tam.call('GET', `/v1/triage/reports/${id}`, { headers: { 'audit-reason': 'First reading' } })
  await tam.call('POST', `/v1/triage/reports/${id}/notes`, { body: { text: 'Seen.' }, expect: 201 })
  const { items } = await read()
  t.match(items.slice(0, 2), [
    { seq: 2, role: 'triager', action: 'alteration' },
    {
      seq: 1,
      actor: await idOf(tam),
      role: 'triager',
      action: 'consultation',
      target: `report/${id}`,
      reason: 'First reading',
      reasonHash: /^[0-9a-f]{64}$/,
    },
  ])
  t.notOk('reason' in (items[0] ?? {}) || 'reasonHash' in (items[0] ?? {}))
  t.notOk('recipients' in (items[0] ?? {}))
  t.match(await read('?limit=1'), {
    items: [{ action: 'administration', target: 'audit/trail', role: 'auditor', actor: await idOf(ada) }],
  })
})

t.test('a reason whose keys are destroyed is gone, and its record is not', async (t) => {
  const id = await reportFor(service, tam)
  await tam.call('GET', `/v1/triage/reports/${id}`, { headers: { 'audit-reason': 'To be forgotten' } })
  await asSuperuser(service.databaseUrl, (client) =>
    client.query(
      'DELETE FROM batch_keys WHERE batch_id = (SELECT reason_batch_id FROM audit_records WHERE target = $1)',
      [`report/${id}`],
    ),
  )
  const { items } = await read(`?target=report/${id}`)
  t.equal(items.length, 1)
  t.notOk('reason' in (items[0] ?? {}))
  t.match(items[0]?.reasonHash, /^[0-9a-f]{64}$/)
})

t.test('each filter finds what it names, alone and with others', async (t) => {
  const id = await reportFor(service, sade)
  const other = await reportFor(service, sade)
  const path = `/v1/triage/reports/${id}`
  await sade.call('GET', path)
  await sade.call('POST', `${path}/notes`, { body: { text: 'Seen.' }, expect: 201 })
  await sade.call('GET', `${path}/notes`)
  await sade.call('GET', `/v1/triage/reports/${other}`)
  await tam.call('GET', path)
  await ada.call('GET', path, { expect: 403 })
  const her = await idOf(sade)
  const kinds = (page: Page) => page.items.map(({ action, target }) => `${action} ${target.slice(0, 6)}`)

  t.equal((await read(`?target=report/${id}`)).items.length, 4, 'a report and all below it')
  t.equal((await read(`?target=report/${id}/notes`)).items.length, 1)
  t.equal((await read(`?target=report/${id}/not`)).items.length, 0, 'parts are whole')
  t.equal((await read(`?target=report/${id}&target=report/${other}`)).items.length, 5)
  t.ok((await read(`?actor=${her}`)).items.every(({ actor }) => actor === her))
  t.equal((await read(`?actor=${her}`)).items.length, 4)
  t.equal((await read(`?actor=${her}&action=alteration`)).items.length, 1)
  t.equal((await read(`?actor=${her}&target=report/${other}`)).items.length, 1)
  t.strictSame(kinds(await read('?action=denied')), ['denied GET /v'])
  t.match((await read('?target=GET%20/v1/triage/reports/:id')).items, [
    { action: 'denied', role: 'auditor', actor: await idOf(ada) },
  ])
  const two = await read('?action=denied&action=alteration&order=asc')
  t.ok(two.items.length >= 3 && two.items.every(({ action }) => ['denied', 'alteration'].includes(action)))
  t.strictSame(
    two.items,
    two.items.toSorted((a, b) => a.seq - b.seq),
  )
  t.ok((await read('?role=supervisor')).items.every(({ role }) => role === 'supervisor'))
  t.equal((await read('?actor=public-intake')).items.length, 0)

  const all = (await read('?order=asc&limit=200')).items
  t.strictSame(
    all.map(({ seq }) => seq),
    all.map((_, index) => index + 1),
  )
  const middle = all[3]
  t.strictSame((await read(`?order=asc&after=${middle?.seq}&limit=2`)).items, all.slice(4, 6))
  t.strictSame(
    (await read(`?from=${middle?.at}&to=${middle?.at}`)).items.map(({ seq }) => seq),
    all
      .filter(({ at }) => at === middle?.at)
      .map(({ seq }) => seq)
      .toReversed(),
  )
  const today = new Date().toISOString().slice(0, 10)
  t.equal((await read(`?from=${today}&to=${today}&order=asc&limit=3`)).items[0]?.seq, 1)
  t.equal((await read('?from=2199-01-01')).items.length, 0)
  t.equal((await read('?to=1999-12-31T23:59')).items.length, 0)
})

t.test('pages join without gap or double, in both orders, by number and by time', async (t) => {
  for (const query of [
    'order=desc',
    'order=asc',
    'order=asc&from=2000-01-01',
    'order=desc&to=2199-12-31',
    'action=alteration&action=consultation',
  ]) {
    const seen: number[] = []
    let cursor = ''
    do {
      const page: Page = await read(`?limit=3&${query}${cursor}`)
      seen.push(...page.items.map(({ seq }) => seq))
      cursor = page.nextCursor === undefined ? '' : `&cursor=${page.nextCursor}`
    } while (cursor !== '' && seen.length < 60)
    t.ok(seen.length > 6, query)
    t.equal(new Set(seen).size, seen.length, query)
    const sorted = seen.toSorted((a, b) => (query.includes('asc') ? a - b : b - a))
    t.strictSame(seen, sorted, query)
  }
  const { nextCursor } = await read('?limit=1')
  const { code } = await ada.call('GET', `${trail}?limit=1&order=asc&cursor=${nextCursor}`, { expect: 400 })
  t.equal(code, 'validation', 'a cursor is good for its own list')
})

t.test('what a filter cannot be is refused', async (t) => {
  for (const query of [
    'actor=Tam%20Example',
    'action=looking',
    'role=spy',
    'from=soon',
    'to=2026-02-30',
    'after=-1',
    'order=up',
    'limit=201',
    'text=narrative',
    `target=${'a'.repeat(301)}`,
  ]) {
    t.equal((await ada.call('GET', `${trail}?${query}`, { expect: 400 })).code, 'validation', query)
  }
})

t.test(
  'reading the trail is one record a page, and says what was looked for; the head is not read',
  async (t) => {
    const before = await head()
    const actor = randomUUID()
    await read(`?actor=${actor}&action=denied`)
    const after = await head()
    t.equal(after.size, before.size + 1)
    t.match((await read('?limit=1')).items, [{ target: `audit/trail/actor=${actor}&action=denied` }])
  },
)

t.test('only auditors read the trail and its head, and whoever else tries is recorded', async (t) => {
  const pim = callerWith(service, await service.token('partner', { name: 'Pim', agency: 'housing' }))
  const xan = callerWith(service, await service.token('admin', { name: 'Xan' }))
  for (const caller of [tam, sade, pim, xan]) {
    const { size } = await head()
    for (const path of [trail, `${trail}/head`]) {
      t.equal((await caller.call('GET', path, { expect: 403 })).code, 'forbidden')
    }
    const { items } = await read(`?after=${size}&order=asc`)
    t.match(items, [
      { actor: await idOf(caller), action: 'denied', target: `GET ${trail}` },
      { actor: await idOf(caller), action: 'denied', target: `GET ${trail}/head` },
    ])
    t.equal(items.length, 2)
  }
})

t.test('the head is signed as a C2SP checkpoint that node:crypto verifies', async (t) => {
  const { size, hash, origin, keyId, signature, checkpoint, verifierKey } = await head()
  const key = readKeyringFile(service.keyringFile).keys.find(({ purpose }) => purpose === 'audit')
  t.equal(origin, `sotto-audit/${key?.kid}`)
  const [text = '', line = ''] = checkpoint.split('\n\n')
  t.equal(text, `${origin}\n${size}\n${Buffer.from(hash, 'hex').toString('base64')}`)
  const [, name, encoded = ''] = /^— (\S+) (\S+)\n$/.exec(line) ?? []
  t.equal(name, origin)
  const signed = Buffer.from(encoded, 'base64')
  t.equal(signed.subarray(0, 4).toString('hex'), keyId)
  t.equal(signed.subarray(4).toString('base64'), signature)
  const publicKey = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: key?.publicKey ?? '' },
    format: 'jwk',
  })
  t.ok(verify(null, Buffer.from(`${text}\n`), publicKey, signed.subarray(4)))
  const given = Buffer.from(verifierKey.split('+').slice(2).join('+'), 'base64')
  t.equal(given.subarray(1).toString('base64url'), key?.publicKey)
  const { items } = await read('?limit=1')
  t.equal(items[0]?.hash, hash, 'it is the last record’s')
})

t.test('an auditor can follow the chain by what the pages show, without the database', async (t) => {
  const { items } = await read('?order=asc&limit=200')
  let previous = Buffer.alloc(0)
  for (const { seq, at, actor, role, action, target, recipients = [], reasonHash = null, hash } of items) {
    const json = JSON.stringify({ action, actor, at, reason: reasonHash, recipients, role, seq, target })
    const parts = ['sotto/1/audit', previous, json].map((part) => Buffer.from(part))
    const lengths = parts.map((part) => Buffer.from(part.length.toString(16).padStart(8, '0'), 'hex'))
    previous = createHash('sha256')
      .update(Buffer.concat(parts.flatMap((part, index) => [lengths[index] ?? part, part])))
      .digest()
    t.equal(previous.toString('hex'), hash, `record ${seq}`)
  }
  t.ok(items.length > 20)
})

t.test('a page costs few rows however long the trail is: each filter has its index', async (t) => {
  const { url } = await cloneDatabase(t)
  await asSuperuser(url, async (client) => {
    await client.query(`INSERT INTO audit_records (seq, at, actor, role, action, target, hash)
      SELECT n, timestamptz '2026-01-01Z' + n * interval '1 minute', md5((n % 500)::text)::uuid,
             CASE WHEN n % 5000 = 0 THEN 'admin' ELSE 'triager' END,
             CASE WHEN n % 10000 = 0 THEN 'erasure' WHEN n % 3 = 0 THEN 'alteration' ELSE 'consultation' END,
             'report/' || md5((n % 20000)::text)::uuid || CASE WHEN n % 2 = 0 THEN '/notes' ELSE '' END, sha256('')
        FROM generate_series(1, 100000) AS n`)
    await client.query('ANALYZE audit_records')
  })
  const pool = openPool(url, 'sotto_triage', 1)
  t.after(() => pool.close())
  const actor = 'c4ca4238-a0b9-2382-0dcc-509a6f75849b'
  const target = `report/${actor}`
  const wanted = [
    {},
    { actor: [actor] },
    { actor: [actor, 'operator'] },
    { action: ['erasure'] },
    { action: ['erasure', 'denied'] },
    { role: ['admin'] },
    { target: [target] },
    { target: [target, `${target}/notes`] },
    { from: new Date('2026-02-01'), to: new Date('2026-02-02') },
    { from: new Date('2026-01-01') },
    { to: new Date('2026-01-02') },
    { after: 99_990 },
    { actor: [actor], action: ['consultation'], role: ['triager'] },
  ] as const
  for (const filters of wanted) {
    for (const order of ['asc', 'desc'] as const) {
      const position = { seq: 50_000, at: '2026-02-01T12:00:00Z' }
      for (const place of [undefined, position]) {
        const statement = trailStatement(filters, order, 51, place)
        const plan = await pool.transaction(async (query) => {
          const rows = await query<{ 'QUERY PLAN': string }>({
            ...statement,
            name: '',
            text: `EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) ${statement.text}`,
          })
          return rows.map((row) => row['QUERY PLAN']).join('\n')
        })
        const read = [...plan.matchAll(/actual rows=([\d.]+)/g)].map(([, rows]) => Number(rows))
        const label = `${JSON.stringify(filters)} ${order} ${place === undefined ? '' : 'on'}`
        t.notMatch(plan, /Seq Scan/, label)
        t.ok(Math.max(...read) <= 2_000, `${label}\n${plan}`)
      }
    }
  }
  const rows = await pool.transaction((query) =>
    findInTrail(query, { target: [target] }, 'asc', 51, undefined),
  )
  t.equal(rows.length, 5)
})

async function head(): Promise<Head> {
  return (await ada.call<Head>('GET', `${trail}/head`)).body
}

t.end()
