import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { localTokens } from '../../src/auth/localTokens.ts'
import { makeKeyring, readKeyringFile, writeKeyringFile } from '../../src/crypto/keyring.ts'
import { openPool } from '../../src/storage/pool.ts'
import { asSuperuser } from '../support/cluster.ts'
import { startTestService } from '../support/service.ts'
import { t } from '../support/suite.ts'

let now = new Date()
const service = await startTestService(t, { clock: () => now })
const { databaseUrl, keyringFile } = service
const me = (authorization?: string) =>
  service.inject({ url: '/v1/triage/me', headers: authorization === undefined ? {} : { authorization } })
const statusOf = async (token: string) => (await me(`Bearer ${token}`)).statusCode
const sql = (text: string, values: unknown[] = []) =>
  asSuperuser(databaseUrl, (client) => client.query(text, values))
const hashOf = (token: string) => createHash('sha256').update(token).digest()

t.test('a token opens the door as what it was made for', async (t) => {
  for (const role of ['triager', 'supervisor', 'partner', 'auditor', 'admin'] as const) {
    const name = randomUUID()
    const token = await service.token(role, { name, agency: role === 'partner' ? 'licensing' : null })
    t.match(token, /^sotto_[A-Za-z0-9_-]{43}$/)
    const { expires, ...person } = (await me(`Bearer ${token}`)).json()
    t.match(person, { name, role, agency: role === 'partner' ? 'licensing' : null })
    t.equal(Date.parse(expires), now.getTime() + 86_400_000)
    const { rows } = await sql('SELECT staff_tokens::text AS row FROM staff_tokens')
    t.notMatch(JSON.stringify(rows), token)
  }
  const name = randomUUID()
  const [one, other] = [await service.token('triager', { name }), await service.token('supervisor', { name })]
  const idOf = async (token: string) => (await me(`Bearer ${token}`)).json().id
  t.equal(await idOf(one), await idOf(other), 'tokens of one name are one person')
})

t.test('admins see everybody who gets in and until when, others whom they can give a report', async (t) => {
  const name = randomUUID()
  const early = await service.token('auditor', { name, days: 2 })
  await service.token('auditor', { name, days: 9 })
  const { id } = (await me(`Bearer ${early}`)).json()
  await service.token('partner', { name, agency: 'licensing', days: 3 })
  await service.token('triager', { name, days: -1 })
  const seenBy = async (role: 'triager' | 'supervisor' | 'admin') => {
    const headers = { authorization: `Bearer ${await service.token(role)}` }
    const { items } = (await service.inject({ url: '/v1/triage/staff', headers })).json()
    return items.filter((one: { id: string }) => one.id === id)
  }
  const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000).toISOString()
  t.strictSame(await seenBy('admin'), [
    { id, name, role: 'auditor', agency: null, expires: inDays(9) },
    { id, name, role: 'partner', agency: 'licensing', expires: inDays(3) },
  ])
  for (const role of ['triager', 'supervisor'] as const) t.strictSame(await seenBy(role), [])
  await service.token('triager', { name })
  const assignable = [{ id, name, role: 'triager', agency: null }]
  for (const role of ['triager', 'supervisor'] as const) t.strictSame(await seenBy(role), assignable)
})

t.test('nobody becomes two people by another spelling, and two of one name are told apart', async (t) => {
  const pool = openPool(databaseUrl, 'sotto_triage', 1)
  const tokens = localTokens(pool, readKeyringFile(keyringFile), () => now)
  const add = (name: string, ...others: string[]) =>
    pool.transaction(async (query) => {
      const wanted = { name, role: 'supervisor', agency: null, days: 1 } as const
      const distinctFrom = others.length > 0 ? others.join(',') : undefined
      return (await tokens.add(query, { ...wanted, distinctFrom })).person.id
    })

  const first = await add('T1 Straße')
  for (const same of [
    't1 straße',
    'T1  STRASSE',
    '\uff34\uff11 Straße',
    'T1\u00a0Straße',
    'T1 Stra\u017fse',
  ]) {
    t.equal(await add(same), first, JSON.stringify(same))
  }
  const cyrillic = ['\u04221 Straße', '\u04421 strasse', 'T1 STR\u0410SSE', 't1 str\u0430sse']
  for (const lookAlike of [...cyrillic, 'Tl Straße', 'T1 5traße'.replace('5', '\u0405'), '\u03a41 Straße']) {
    await t.rejects(add(lookAlike), /^looks-alike$/, JSON.stringify(lookAlike))
  }
  const second = await add('T1 Straße', first)
  t.not(second, first)
  await t.rejects(add('T1 Straße'), /^several$/)
  t.equal(await add('T1 Straße', first), second, 'each can be named by whom it is not')
  t.equal(await add('T1 Straße', second), first)
  const third = await add('t1 strasse', first, second)
  t.equal(new Set([first, second, third]).size, 3)
  const like = await add('Tl Straße', first, second, third)
  t.equal(await add('Tl Straße'), like, 'a like name that was told apart is that person’s')
  await t.rejects(add('Nobody', 'Somebody'), /^unknown$/)

  const [one, other, another] = await Promise.all(['Zed', 'zed', 'ZED'].map((name) => add(name)))
  t.strictSame([other, another], [one, one], 'nor at once')
  await pool.close()
})

t.test('nothing else does, and all of it is refused alike', async (t) => {
  const token = await service.token('triager')
  const plain = (await me()).body
  const refused = [
    '',
    'Bearer',
    'Bearer ',
    token,
    `Basic ${token}`,
    `Bearer ${token}x`,
    `Bearer ${token.slice(0, -1)}`,
    `Bearer ${token} ${token}`,
    `Bearer ${token},${token}`,
    `Bearer ${token.toUpperCase()}`,
    `Bearer sotto_${randomBytes(32).toString('base64url')}`,
    `Bearer ${'a'.repeat(10_000)}`,
    'Bearer eyJhbGciOiJub25lIn0.eyJyb2xlIjoic3VwZXJ2aXNvciJ9.',
    'Bearer \u00e9',
  ]
  for (const authorization of refused) {
    const response = await me(authorization)
    t.equal(response.statusCode, 401, authorization.slice(0, 60))
    t.equal(response.headers['www-authenticate'], 'Bearer')
    t.equal(response.body, plain)
  }
  t.equal((await me(`bearer ${token}`)).statusCode, 200, 'the name of the scheme has no case')
  const url = `/v1/triage/me?access_token=${token}`
  t.equal((await service.inject({ url })).statusCode, 401, 'nor does a token in the URL')
})

t.test('a token ends by its day, and at once when it is revoked, at every instance', async (t) => {
  const other = await startTestService(t, { databaseUrl, keyringFile, clock: () => now })
  const name = randomUUID()
  const token = await service.token('triager', { name })
  const began = now
  now = new Date(began.getTime() + 86_400_000 - 1)
  t.equal(await statusOf(token), 200)
  now = new Date(began.getTime() + 86_400_000)
  t.equal(await statusOf(token), 401)
  now = began
  t.equal(await statusOf(token), 200)

  const pool = openPool(databaseUrl, 'sotto_triage', 1)
  const { id } = (await me(`Bearer ${token}`)).json()
  t.equal(await localTokens(pool, readKeyringFile(keyringFile), () => now).revoke(pool.query, [id]), 1)
  await pool.close()
  for (const { inject } of [service, other]) {
    const response = await inject({ url: '/v1/triage/me', headers: { authorization: `Bearer ${token}` } })
    t.equal(response.statusCode, 401)
  }
  await other.close()
})

t.test('a row written into the database by hand opens nothing', async (t) => {
  const genuine = await service.token('triager', { name: 'Genuine' })
  const forged = `sotto_${randomBytes(32).toString('base64url')}`
  const insert = (mac: Buffer) =>
    sql(
      `INSERT INTO staff_tokens (hash, staff_id, role, expires_at, mac)
       SELECT $1, id, 'supervisor', now() + interval '1 day', $2 FROM staff WHERE name = 'Genuine'`,
      [hashOf(forged), mac],
    )
  const { rows } = await sql('SELECT mac FROM staff_tokens WHERE hash = $1', [hashOf(genuine)])
  for (const mac of [randomBytes(32), Buffer.alloc(32), rows[0].mac, hashOf(forged)]) {
    await insert(mac)
    t.equal(await statusOf(forged), 401)
    await sql('DELETE FROM staff_tokens WHERE hash = $1', [hashOf(forged)])
  }
  t.equal(await statusOf(genuine), 200)
})

t.test('a genuine row that was changed opens nothing any more', async (t) => {
  const token = await service.token('triager', { name: 'Changed', agency: 'licensing' })
  const someone = await service.token('admin', { name: 'Someone' })
  const hash = hashOf(token)
  const changes: Record<string, string> = {
    role: `role = 'supervisor'`,
    'the time it ends': `expires_at = expires_at + interval '1 year'`,
    agency: 'agency = NULL',
    'another agency': `agency = 'law-enforcement'`,
    person: `staff_id = (SELECT id FROM staff WHERE name = 'Someone')`,
    mac: `mac = (SELECT mac FROM staff_tokens WHERE hash = '\\x${hashOf(someone).toString('hex')}')`,
  }
  const { rows } = await sql('SELECT * FROM staff_tokens WHERE hash = $1', [hash])
  const { role, expires_at: expires, agency, staff_id: person, mac } = rows[0]
  for (const [name, change] of Object.entries(changes)) {
    await sql(`UPDATE staff_tokens SET ${change} WHERE hash = $1`, [hash])
    t.equal(await statusOf(token), 401, name)
    await sql(
      'UPDATE staff_tokens SET role = $2, expires_at = $3, agency = $4, staff_id = $5, mac = $6 WHERE hash = $1',
      [hash, role, expires, agency, person, mac],
    )
    t.equal(await statusOf(token), 200)
  }
  await sql(`UPDATE staff SET name = 'Renamed' WHERE name = 'Changed'`)
  t.equal(await statusOf(token), 401, 'the name of the person')
})

t.test("another deployment's token opens nothing here", async (t) => {
  const foreign = `${keyringFile}.foreign`
  writeKeyringFile(foreign, makeKeyring('2026-11-24'))
  const pool = openPool(databaseUrl, 'sotto_triage', 1)
  const { token } = await localTokens(pool, readKeyringFile(foreign), () => now).add(pool.query, {
    name: 'Foreign',
    role: 'supervisor',
    agency: null,
    days: 1,
  })
  await pool.close()
  t.equal(await statusOf(token), 401)
})

t.test('the service ends', async (t) => {
  t.strictSame(service.logLines, [])
  await service.close()
})
