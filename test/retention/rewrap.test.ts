import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import sharp from 'sharp'
import { runCommandLine } from '../../src/cli/commandLine.ts'
import { activeKey, type Keyring, keyByKid, readKeyringFile } from '../../src/crypto/keyring.ts'
import { newOrganisationKey } from '../../src/crypto/keyTurns.ts'
import { type BatchPurpose, openBatchKey, SealBroken } from '../../src/crypto/seal.ts'
import { auditTrail } from '../../src/domain/audit/trail.ts'
import { mixBox } from '../../src/domain/mixing/mixBox.ts'
import { destroy } from '../../src/domain/retention/destroy.ts'
import { rewrap } from '../../src/domain/retention/rewrap.ts'
import type { StaffDissemination } from '../../src/schemas/sharing.ts'
import { acceptKeysOf } from '../../src/start/acceptKeys.ts'
import { openPool } from '../../src/storage/pool.ts'
import { unknownKeyColumns } from '../../src/storage/wraps.ts'
import { programAt } from '../cli/run.ts'
import { newReporter, type Reporter } from '../mailbox/reporter.ts'
import { staffOf } from '../mailbox/staff.ts'
import { asSuperuser, databaseAt } from '../support/cluster.ts'
import { patientFetch } from '../support/patience.ts'
import { startTestService, type TestService } from '../support/service.ts'
import { type Caller, callerWith } from '../support/staffApi.ts'
import { t } from '../support/suite.ts'

/** Everything happened more than a year ago: the commands, which go by the real clock, find what is unassessed due. */
const clock = () => new Date(Date.now() - 400 * 86_400_000)
const service = await startTestService(t, { clock })
const { databaseUrl, keyringFile } = service
const settings = { DATABASE_URL: databaseUrl, KEYRING_FILE: keyringFile }
Object.assign(process.env, settings)
const sotto = (...words: string[]) => runCommandLine(words)
const staff = staffOf(t, service)
const token = await service.token('supervisor', { name: 'Sade' })
const adminToken = await service.token('admin')
const partnerToken = await service.token('partner', { agency: 'licensing' })
const image = await sharp({ create: { width: 30, height: 20, channels: 3, background: '#345678' } })
  .jpeg()
  .toBuffer()
const sql = (text: string, values: unknown[] = [], url = databaseUrl) =>
  asSuperuser(url, async (client) => (await client.query<Record<string, string>>(text, values)).rows)

interface Kept {
  id: string
  reporter: Reporter
}

async function reported(what: string): Promise<Kept> {
  const reporter = await newReporter(service.base, { narrative: `A fictional report: ${what}.` })
  await reporter.say('And a fictional thing more.')
  await reporter.attach(image)
  const id = await staff.reportOf(reporter.keys.lookupId)
  return { id, reporter }
}

/** A report with everything of it, as staff, its reporter and a partner see it. */
async function seen(at: TestService, { id, reporter }: Kept) {
  const sade = callerWith(at, token)
  const path = `/v1/triage/reports/${id}`
  const get = async (more: string) => (await sade.call('GET', `${path}${more}`)).body
  const images = (await get('/attachments')) as { items: { id: string }[] }
  const bytes: string[] = []
  for (const { id: one } of images.items) {
    const headers = { authorization: `Bearer ${token}` }
    const response = await patientFetch(`${at.base}${path}/attachments/${one}`, { headers })
    bytes.push(Buffer.from(await response.arrayBuffer()).toString('base64'))
  }
  const parts = ['', '/notes', '/entities', '/items', '/messages', '/disseminations', '/outcomes']
  const partner = await callerWith(at, partnerToken).call('GET', '/v1/partner/disseminations')
  const webhooks = await callerWith(at, adminToken).call('GET', '/v1/triage/webhooks')
  return {
    staff: await Promise.all(parts.map(get)),
    images,
    bytes,
    mailbox: await reporter.at(at.base).read(),
    partner: partner.body,
    webhooks: webhooks.body,
  }
}

/** How many batch keys of the organisation open with this keyring. */
const batchKeysThatOpen = (url: string, keyring: Keyring) =>
  open(url, keyring, 'listed_batch_keys', 'organisation')
const productsThatOpen = (url: string, keyring: Keyring) => open(url, keyring, 'agency_batch_keys', 'agency')

async function open(url: string, keyring: Keyring, table: string, purpose: BatchPurpose): Promise<number> {
  const { rows } = await asSuperuser(url, (client) =>
    client.query<{ batch: string; kid: string; enc: Buffer; ciphertext: Buffer }>(
      `SELECT batch_id AS batch, kid, enc, ciphertext FROM ${table}`,
    ),
  )
  let opened = 0
  for (const { batch, ...sealed } of rows) {
    const { publicKey = '', privateKey = '' } = keyByKid(keyring, sealed.kid) ?? {}
    const pair = { kid: sealed.kid, publicKey: raw(publicKey), privateKey: raw(privateKey) }
    const key = await openBatchKey(pair, batch, sealed, purpose).catch((error: unknown) => {
      if (!(error instanceof SealBroken)) throw error
    })
    if (key !== undefined) opened += 1
  }
  return opened
}
const raw = (text: string) => Buffer.from(text, 'base64url')

t.test('every table that holds a data key is moved', async (t) => {
  t.same(await staff.pool.transaction(unknownKeyColumns), [])
  await sql('CREATE TABLE forgotten (batch_id uuid)')
  await sql('CREATE TABLE box_forgotten (batch_id uuid)')
  await sql('ALTER TABLE webhooks ADD COLUMN more_batch_id uuid')
  t.same((await staff.pool.transaction(unknownKeyColumns)).sort(), [
    'box_forgotten.batch_id',
    'forgotten.batch_id',
    'webhooks.more_batch_id',
  ])
  await sql('DROP TABLE forgotten, box_forgotten')
  await sql('ALTER TABLE webhooks DROP COLUMN more_batch_id')
})

t.test('what is kept outlives its period, and nothing else does, in no backup either', async (t) => {
  const sade = callerWith(service, token)
  const held = await reported('to be held')
  const longer = await reported('to be kept for longer')
  const due = await reported('to be purged')
  const dueToo = await reported('to be purged too')
  await mixBox(
    { pool: openedPool(), keyring: readKeyringFile(keyringFile), clock, interval: 0 },
    { includeToday: true },
  )
  const batches = await sql('SELECT DISTINCT batch_id FROM reports')
  t.equal(batches.length, 1, 'all four lie in one batch')
  const patch = (id: string, version: number, body: object) =>
    sade.call('PATCH', `/v1/triage/reports/${id}`, { version, body })
  await patch(held.id, 1, { legalHold: true })
  await patch(longer.id, 1, { reviewGroup: '2' })
  for (const { id } of [held, longer, due, dueToo]) {
    await sade.call('POST', `/v1/triage/reports/${id}/notes`, {
      body: { text: `Note on ${id}` },
      expect: 201,
    })
    await sade.call('POST', `/v1/triage/reports/${id}/entities`, {
      body: { entity: { kind: 'person', alias: 'Fictional' }, pointer: '/narrative', start: 0, end: 4 },
      expect: 201,
    })
    await staff.write(id, 'Thank you for writing.')
  }
  await disseminate(held.id, sade)
  const draft = { text: 'Thank you. We have read it.' }
  await sade.call('POST', `/v1/triage/reports/${held.id}/messages`, { body: draft, expect: 201 })
  const hook = { url: 'https://hooks.example.org/sotto' }
  await callerWith(service, adminToken).call('POST', '/v1/triage/webhooks', { body: hook, expect: 201 })
  const headers = { 'audit-reason': 'To see what is kept' }
  await sade.call('GET', `/v1/triage/reports/${held.id}`, { headers })
  // Who reads messages marks them read.
  for (const one of [held, longer, due]) await seen(service, one)
  const before = [await seen(service, held), await seen(service, longer)]
  t.equal(before[0]?.mailbox.messages.length, 2)
  t.equal(before[0]?.mailbox.attachments.length, 1)

  const oldKid =
    readKeyringFile(keyringFile).keys.find(({ purpose }) => purpose === 'organisation')?.kid ?? ''
  await service.close()
  const backup = await cloneOf()
  const fresh = (await sotto('keys', 'new')).stdout.trim()
  t.equal((await sotto('keys', 'activate', fresh)).code, 0)

  await t.test('destroying waits for the rest', async (t) => {
    t.match(await sotto('keys', 'destroy', oldKid), { code: 2, stderr: /--yes/ })
    t.match(await sotto('keys', 'destroy', fresh, '--yes'), { code: 1, stderr: /active cannot be destroyed/ })
    t.match(await sotto('keys', 'destroy', oldKid, '--yes'), { code: 1, stderr: /needed by 4 reports, / })
    t.match(await sotto('keys', 'destroy', oldKid, '--yes', '--unopened'), { code: 1, stderr: /4 reports, / })
    t.match(await sotto('keys', 'rewrap', fresh), { code: 1, stderr: /only from an expired/ })
  })

  await t.test('killed in the middle, the next pass goes on', async (t) => {
    await killedAt('disseminations')
    const left = await sql(
      `SELECT (SELECT count(*) FROM reports r JOIN batch_keys k USING (batch_id) WHERE k.kid = $1) AS moved,
              (SELECT count(*) FROM disseminations d JOIN batch_keys k USING (batch_id) WHERE k.kid = $1) AS products`,
      [fresh],
    )
    t.same(left, [{ moved: '2', products: '0' }], 'the reports have moved, the products have not')
    const whole = JSON.parse((await sotto('keys', 'rewrap', '--json')).stdout)
    t.match(whole, {
      moved: { products: 1, productRecords: 1, outcomes: 1, webhooks: 1 },
      unopened: 0,
      narrowed: 0,
      due: 2,
    })
    t.notOk(whole.moved.reports, 'what had moved is not moved again')
    t.match(await sotto('keys', 'rewrap'), { code: 0, stdout: /^moved nothing/, stderr: /2 reports are due/ })
  })

  t.match(await sotto('keys', 'destroy', oldKid, '--yes'), { code: 1, stderr: /needed by 2 reports, / })
  t.match(await sotto('purge'), { code: 0, stdout: /^purged 2 reports/ })
  const destroyed = await sotto('keys', 'destroy', oldKid, '--yes')
  t.match(destroyed, { code: 0, stderr: /reasons in the audit trail no longer open[\s\S]*offline copies/ })
  t.match(await sotto('keys', 'destroy', oldKid, '--yes'), { code: 0 }, 'again changes nothing')

  await t.test("an agency's key that the service holds ends the same way", async (t) => {
    t.equal(await productsThatOpen(backup, readKeyringFile(keyringFile)), 1, 'the dump has a product')
    const ofLicensing =
      readKeyringFile(keyringFile).keys.find(({ agency }) => agency === 'licensing')?.kid ?? ''
    t.match(await sotto('keys', 'destroy', ofLicensing, '--yes'), { code: 1, stderr: /active cannot/ })
    await sotto('agency', 'add', '--slug', 'licensing', '--held', 'service')
    t.match(await sotto('keys', 'destroy', ofLicensing, '--yes'), {
      code: 1,
      stderr: /needed by 1 products:/,
    })
    await (await startTestService(t, { databaseUrl, keyringFile, clock })).close()
    t.match(await sotto('keys', 'rewrap'), { code: 0, stdout: /^moved 1 products; 1 old/ })
    t.match(await sotto('keys', 'destroy', ofLicensing, '--yes'), { code: 0 })
    t.equal(await productsThatOpen(backup, readKeyringFile(keyringFile)), 0)
    t.equal(await productsThatOpen(databaseUrl, readKeyringFile(keyringFile)), 1)
  })

  const keyring = readKeyringFile(keyringFile)
  const gone = keyByKid(keyring, oldKid)
  t.match(gone, { status: 'destroyed', publicKey: /./ })
  t.equal(gone?.privateKey, undefined)
  t.same(await sql('SELECT kid FROM accepted_keys'), [{ kid: fresh }])
  const recorded = await sql(
    `SELECT action, target FROM audit_records WHERE target LIKE 'key/${oldKid}%' ORDER BY seq`,
  )
  t.same(
    recorded.map(({ action, target = '' }) => `${action} ${target.replace(oldKid, 'KID')}`),
    [
      'administration key/KID/rewrap/begun',
      ...Array(2).fill(['administration key/KID/rewrap/begun', 'administration key/KID/rewrap/done']).flat(),
      ...Array(2).fill('erasure key/KID'),
    ],
  )

  await t.test('the live service opens what was kept, as it was', async (t) => {
    const again = await startTestService(t, { databaseUrl, keyringFile, clock })
    t.same([await seen(again, held), await seen(again, longer)], before)
    const back = await newReporter(again.base)
    t.equal((await back.say('Reports go on.')).status, 201)
    t.equal((await sotto('audit', 'verify')).code, 0)
  })

  await t.test('the restored backup opens nothing: neither what was purged nor its neighbours', async (t) => {
    t.equal(await batchKeysThatOpen(backup, keyring), 0)
    t.not(await batchKeysThatOpen(databaseUrl, keyring), 0)
    const restored = await startTestService(t, { databaseUrl: backup, keyringFile, clock })
    for (const { id } of [held, longer, due, dueToo]) {
      await callerWith(restored, token).call('GET', `/v1/triage/reports/${id}`, { expect: 410 })
    }
  })

  function openedPool() {
    const pool = openPool(databaseUrl, 'sotto_triage', 3)
    t.after(() => pool.close())
    return pool
  }
})

t.test('what does not open is left, what is in doubt is narrowed, and the box comes first', async (t) => {
  const other = await startTestService(t, { clock })
  const pool = openPool(other.databaseUrl, 'sotto_triage', 3)
  t.after(() => pool.close())
  const old = readKeyringFile(other.keyringFile)
  const [damaged, whole] = [await newReporter(other.base), await newReporter(other.base)]
  for (const reporter of [damaged, whole]) await reporter.say('A fictional word.')
  await mixBox({ pool, keyring: old, clock, interval: 0 }, { includeToday: true })
  await newReporter(other.base)

  const keyring = newOrganisationKey(old, clock().toISOString().slice(0, 10), 'active')
  await acceptKeysOf(keyring, pool)
  const kid = activeKey(old, 'organisation').kid
  const operator = { id: 'operator', role: 'cli' }
  const audit = auditTrail(pool, keyring, clock)
  const deps = { pool, keyring, audit, clock, periods: { unassessedDays: 365, graceDays: 14 } }
  t.match(await rewrap(deps, operator, [kid]), { state: 'boxed', rows: 1 })
  await mixBox({ pool, keyring, clock, interval: 0 }, { includeToday: true })
  await sql(
    `UPDATE reports SET wrapped_key = sha512('') WHERE id = (SELECT report_id FROM mailboxes WHERE lookup_id = $1)`,
    [damaged.keys.lookupId],
    other.databaseUrl,
  )
  const outcome = await rewrap(deps, operator, [kid])
  t.match(outcome, { moved: { reports: 1, reporterMessages: 2 }, unopened: 1, narrowed: 1, due: 0 })
  t.equal((await whole.read()).messages.length, 1)
  t.equal((await damaged.read()).messages.length, 0, 'sealed to nobody whose key is not sure')

  let removed = 0
  const removing = {
    removePrivateHalf: async () => {
      removed += 1
    },
  }
  t.match(await destroy(deps, operator, kid, removing), { state: 'named', rows: { reports: 1 }, boxed: 0 })
  const failing = {
    unopened: true,
    removePrivateHalf: async () => {
      throw new Error('the disk is full')
    },
  }
  await t.rejects(destroy(deps, operator, kid, failing))
  t.equal((await sql('SELECT kid FROM accepted_keys', [], other.databaseUrl)).length, 2, 'all or nothing')
  t.match(await destroy(deps, operator, kid, { ...removing, unopened: true }), { unopened: 1, batchKeys: 1 })
  t.equal(removed, 1)
  t.same(await sql('SELECT kid FROM accepted_keys', [], other.databaseUrl), [
    { kid: activeKey(keyring, 'organisation').kid },
  ])
})

/** An approved item goes to an agency, which answers. */
async function disseminate(id: string, sade: Caller): Promise<void> {
  const bea = callerWith(service, await service.token('supervisor', { name: 'Bea' }))
  const partner = callerWith(service, partnerToken)
  const path = `/v1/triage/reports/${id}`
  let version = 2
  const to = (status: string) => sade.call('PATCH', path, { version: version++, body: { status } })
  await to('screening')
  await to('sanitising')
  await sade.call('PUT', `${path}/assessment`, { version: 0, body: { rationale: 'Because' } })
  await to('graded')
  const grade = { source: 2, intelligence: 'D', handling: 'C' }
  const body = { title: 'An address', text: 'An address of no-one.', kind: 'fact', grade }
  const { body: item } = await sade.call<{ id: string }>('POST', `${path}/items`, { body, expect: 201 })
  await bea.call('POST', `${path}/items/${item.id}/approval`, { version: 1, body: { approved: true } })
  await to('approved')
  const draft = {
    agency: 'licensing',
    items: [item.id],
    gateway: 'cda-1998-s115',
    basis: 'ukgdpr-public-task',
    necessity: 'They have the power.',
    proportionality: 'Only the address.',
    purpose: 'To inspect.',
    leadOrInformation: 'lead',
  }
  const sent = await sade.call<StaffDissemination>('POST', `${path}/disseminations`, {
    body: draft,
    expect: 201,
  })
  const answer = { type: 'no-trace', on: clock().toISOString().slice(0, 10), detail: 'Nothing there.' }
  await partner.call('POST', `/v1/partner/disseminations/${sent.body.id}/outcomes`, {
    body: answer,
    expect: 201,
  })
}

/** Runs a rewrap that is stuck at a table, and kills it there. */
async function killedAt(table: string): Promise<void> {
  await asSuperuser(databaseUrl, async (client) => {
    await client.query('BEGIN')
    await client.query(`LOCK TABLE ${table} IN SHARE ROW EXCLUSIVE MODE`)
    const child = spawn(process.execPath, [programAt('sotto'), 'keys', 'rewrap'], {
      env: { PATH: process.env.PATH, ...settings },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    for await (const line of createInterface(child.stderr)) if (line.startsWith('imageFacts')) break
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    await client.query('ROLLBACK')
  })
}

/** The database as it is now, under another name: the dump that somebody keeps. */
async function cloneOf(): Promise<string> {
  const name = new URL(databaseUrl).pathname.slice(1)
  const copy = `${name}_backup`
  const postgres = databaseAt(databaseUrl, 'postgres')
  await asSuperuser(postgres, async (client) => {
    await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`)
    await client.query(`CREATE DATABASE ${copy} TEMPLATE ${name}`)
  })
  t.after(() =>
    asSuperuser(postgres, async (client) => {
      await client.query(`DROP DATABASE IF EXISTS ${copy} WITH (FORCE)`)
    }),
  )
  return databaseAt(databaseUrl, copy)
}

t.end()
