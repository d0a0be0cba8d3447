import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readKeyringFile } from '../../src/crypto/keyring.ts'
import { mixBox } from '../../src/domain/mixing/mixBox.ts'
import { startEmbeddedPostgres } from '../../src/embedded/postgres.ts'
import { openPool } from '../../src/storage/pool.ts'
import { asSuperuser } from '../support/cluster.ts'
import { cloneDatabase } from '../support/database.ts'
import { memoryFolder } from '../support/memoryFolder.ts'
import { sampleReport } from '../support/reports.ts'
import { startTestService, type TestService } from '../support/service.ts'
import { callerWith, reportFor } from '../support/staffApi.ts'
import { type Test, t } from '../support/suite.ts'
import { commitsOf, countCommits } from './commits.ts'

t.setTimeout(180_000)

/** A bit of everything that is written, by each login, in single statements, functions and transactions. */
async function actOn(service: TestService, databaseUrl: string): Promise<void> {
  const supervisor = callerWith(service, await service.token('supervisor'))
  const id = await reportFor(service, supervisor)
  const sent = await service.inject({
    method: 'POST',
    url: '/v1/reports',
    headers: { 'idempotency-key': randomUUID() },
    payload: sampleReport(),
  })
  const authorization = `Bearer ${sent.json().receipt}`
  await service.inject({
    method: 'POST',
    url: '/v1/mailbox/messages',
    headers: { authorization },
    payload: { text: 'One thing more, which is made up.' },
  })
  await service.inject({ method: 'DELETE', url: '/v1/mailbox', headers: { authorization } })
  const path = `/v1/triage/reports/${id}`
  const { body } = await supervisor.call<{ version: number }>('GET', path)
  await supervisor.call('PATCH', path, { body: { status: 'screening' }, version: body.version })
  await supervisor.call('POST', `${path}/notes`, { body: { text: 'Looked at.' }, expect: 201 })
  await supervisor.call('GET', '/v1/triage/webhooks', { expect: 403 })

  const pool = openPool(databaseUrl, 'sotto_triage', 2)
  const tomorrow = new Date(Date.now() + 86_400_000)
  await mixBox({ pool, keyring: readKeyringFile(service.keyringFile), clock: () => tomorrow })
  await pool.close()
}

const written = [
  'audit_records',
  'box_batch_keys',
  'casework',
  'kept_answers',
  'mailboxes',
  'reports',
  'staff_tokens',
]

/** Runs the acts at a database that `lower` has told what commits wait for. */
async function commitsUnder(test: Test, lower: (name: string) => string, options = '') {
  const { url } = await cloneDatabase(test)
  await countCommits(url)
  const name = new URL(url).pathname.slice(1)
  await asSuperuser(url, (client) => client.query(lower(name)))
  const address = new URL(url)
  if (options !== '') address.searchParams.set('options', options)
  const service = await startTestService(test, { databaseUrl: address.href })
  await actOn(service, address.href)
  const { settings, tables } = await commitsOf(url)
  for (const one of written)
    test.ok(
      tables.some((table) => table.startsWith(one)),
      `${one} was written`,
    )
  return Object.keys(settings)
}

for (const level of ['off', 'local', 'remote_write']) {
  t.test(`with synchronous_commit ${level} by database each commit waits all the same`, async (t) => {
    const seen = await commitsUnder(t, (name) => `ALTER DATABASE ${name} SET synchronous_commit = ${level}`)
    t.same(seen, ['on'])
  })
}

t.test('with it off by role, or by the options of the connection, too', async (t) => {
  const byRole = await commitsUnder(
    t,
    (name) => `ALTER ROLE CURRENT_USER IN DATABASE ${name} SET synchronous_commit = off`,
  )
  t.same(byRole, ['on'])
  t.same(await commitsUnder(t, () => 'SELECT 1', '-c synchronous_commit=off'), ['on'])
})

t.test('what the operator chose above stays', async (t) => {
  const seen = await commitsUnder(t, (name) => `ALTER DATABASE ${name} SET synchronous_commit = remote_apply`)
  t.same(seen, ['remote_apply'])
})

t.test('every table that is kept waits, and sees to it that its server flushes', async (t) => {
  const { url } = await cloneDatabase(t)
  const bare = await asSuperuser(url, (client) =>
    client.query(`
      SELECT relname FROM pg_class c
       WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relpersistence = 'p'
         AND relname <> 'schema_version' AND NOT EXISTS (
           SELECT FROM pg_trigger WHERE tgrelid = c.oid AND tgname = 'durable' AND tgenabled = 'O')`),
  )
  t.same(bare.rows, [], 'a migration that makes a table ends with SELECT keep_durable()')
})

t.test(
  'what was put off within a session, as behind a pooler, holds for no transaction that writes',
  async (t) => {
    const { url } = await cloneDatabase(t)
    await asSuperuser(url, async (client) => {
      const show = async () => (await client.query('SHOW synchronous_commit')).rows[0].synchronous_commit
      await client.query('SET synchronous_commit = off')
      await client.query('BEGIN')
      await client.query('SELECT count(*) FROM reports')
      t.equal(await show(), 'off', 'reading waits for nothing')
      await client.query('SAVEPOINT one')
      await client.query('DELETE FROM reports')
      await client.query('ROLLBACK TO one')
      await client.query('TRUNCATE box_reports')
      t.equal(await show(), 'on')
      await client.query('COMMIT')
      t.equal(await show(), 'off', 'and nobody else is bound by it')
    })
  },
)

/** A server of this test's own, whose settings may be spoilt. */
async function ownServer(test: Test) {
  const dataDir = mkdtempSync(join(memoryFolder, 'sotto-settings-'))
  const server = await startEmbeddedPostgres({ dataDir })
  test.after(async () => {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })
  return {
    url: server.url,
    set: (setting: string, value: 'on' | 'off') =>
      asSuperuser(server.url, async (client) => {
        await client.query(`ALTER SYSTEM SET ${setting} = ${value}`)
        await client.query('SELECT pg_reload_conf()')
      }),
  }
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 150_000; !(await condition()); await sleep(50)) {
    if (Date.now() > deadline) throw new Error('it never came to that')
  }
}

const draft = { method: 'POST', url: '/v1/reports', payload: sampleReport() } as const

for (const setting of ['fsync', 'full_page_writes']) {
  t.test(`while ${setting} is off nothing is taken, and the log says why`, async (t) => {
    const server = await ownServer(t)
    const service = await startTestService(t, { databaseUrl: server.url })
    const status = async () => (await service.inject(draft)).statusCode
    const sent = await service.inject(draft)
    t.equal(sent.statusCode, 201)
    const authorization = `Bearer ${sent.json().receipt}`
    const supervisor = callerWith(service, await service.token('supervisor'))
    const id = await reportFor(service, supervisor)

    await server.set(setting, 'off')
    await until(async () => (await status()) === 503)
    const refused = await service.inject(draft)
    t.equal(refused.json().code, 'not-ready')
    t.ok(Number(refused.headers['retry-after']) > 0)
    for (const one of [
      { method: 'POST', url: '/v1/mailbox/messages', payload: { text: 'One thing more.' } },
      { method: 'DELETE', url: '/v1/mailbox' },
    ] as const) {
      t.equal((await service.inject({ ...one, headers: { authorization } })).statusCode, 503, one.url)
    }
    const path = `/v1/triage/reports/${id}`
    await supervisor.call('POST', `${path}/notes`, { body: { text: 'Looked at.' }, expect: 503 })
    await supervisor.call('GET', path, { expect: 503 })
    await supervisor.call('GET', '/v1/triage/reports')
    const ready = await service.inject({ url: '/health/ready' })
    t.equal(ready.statusCode, 503)
    t.same(
      ready.json().errors.map(({ code }: { code: string }) => code),
      ['durability'],
    )
    await until(async () => service.logLines.some((line) => line.includes('fsync or full_page_writes off')))
    t.equal(service.logLines.filter((line) => line.includes('unforeseen')).length, 0)

    await server.set(setting, 'on')
    await until(async () => (await status()) === 201)
    await until(async () => (await service.inject({ url: '/health/ready' })).statusCode === 200)
  })
}

t.test(
  'while a table was made not to wait for the disk the service is not ready, and the log says why',
  async (t) => {
    const { url } = await cloneDatabase(t)
    const service = await startTestService(t, { databaseUrl: url })
    const ready = async () => (await service.inject({ url: '/health/ready' })).json()
    const alter = (text: string) => asSuperuser(url, (client) => client.query(text))
    for (const [spoil, mend] of [
      ['ALTER TABLE casework DISABLE TRIGGER durable', 'ALTER TABLE casework ENABLE TRIGGER durable'],
      ['DROP TRIGGER durable ON box_reports_even', 'SELECT keep_durable()'],
      ['ALTER TABLE reports ENABLE REPLICA TRIGGER durable', 'ALTER TABLE reports ENABLE TRIGGER durable'],
    ] as const) {
      await alter(spoil)
      t.match(await ready(), { errors: [{ code: 'durability' }] }, spoil)
      await alter(mend)
      t.same(await ready(), { status: 'ok' }, mend)
    }
    await alter('ALTER TABLE casework DISABLE TRIGGER durable')
    await until(async () => service.logLines.some((line) => line.includes('do not wait for the disk')))
    await alter('ALTER TABLE casework ENABLE TRIGGER durable')
  },
)

t.test('a service that starts on such a server waits, and begins once it flushes', async (t) => {
  const server = await ownServer(t)
  await server.set('fsync', 'off')
  const service = await startTestService(t, { databaseUrl: server.url })
  t.equal((await service.inject(draft)).statusCode, 503)
  t.equal((await service.inject({ url: '/health/ready' })).statusCode, 503)
  await server.set('fsync', 'on')
  await until(async () => (await service.inject({ url: '/health/ready' })).statusCode === 200)
  t.equal((await service.inject(draft)).statusCode, 201)
})
