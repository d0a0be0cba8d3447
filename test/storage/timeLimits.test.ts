import type pg from 'pg'
import { activeKey, readKeyringFile } from '../../src/crypto/keyring.ts'
import { mixBox } from '../../src/domain/mixing/mixBox.ts'
import { migrate } from '../../src/storage/migrate.ts'
import { openPool } from '../../src/storage/pool.ts'
import { run } from '../cli/run.ts'
import { newReporter } from '../mailbox/reporter.ts'
import { asSuperuser, databaseAt } from '../support/cluster.ts'
import { until } from '../support/patience.ts'
import { startTestService } from '../support/service.ts'
import { callerWith } from '../support/staffApi.ts'
import { type Test, t } from '../support/suite.ts'

/** A provider ends what takes long, or is idle in a transaction: as it may for everybody, and as nobody should for a mixing. */

const service = await startTestService(t)
const { databaseUrl, keyringFile } = service
for (let n = 0; n < 2; n++) await (await newReporter(service.base)).say('A fictional word.')

/** Limits under which no transaction of two statements lives that does not lift them; long enough to lift them on a busy machine. */
async function limit(url: string): Promise<void> {
  await asSuperuser(url, async (client) => {
    const { rows } = await client.query<{ name: string; login: string; version: number }>(
      `SELECT current_database() AS name, current_user AS login, current_setting('server_version_num')::int AS version`,
    )
    const { name, login, version } = rows[0] ?? { name: '', login: '', version: 0 }
    const ofDatabase = ['idle_in_transaction_session_timeout = 1', 'idle_session_timeout = 2500']
    if (version >= 170_000) ofDatabase.push('transaction_timeout = 2500')
    for (const each of ['statement_timeout = 2500', 'lock_timeout = 1'])
      await client.query(`ALTER ROLE ${login} IN DATABASE ${name} SET ${each}`)
    for (const each of ofDatabase) await client.query(`ALTER DATABASE ${name} SET ${each}`)
  })
}

await limit(databaseUrl)
const pool = openPool(databaseUrl, 'sotto_triage', 4)
t.after(() => pool.close())
const keyring = readKeyringFile(keyringFile)
const clock = () => new Date()

t.test('a mixing holds its turn for longer than the server lets anybody be idle', async (t) => {
  const mixed = await mixBox({ pool, keyring, clock, interval: 600 }, { includeToday: true })
  t.match(mixed, { state: 'mixed', emptied: true, reports: 2 })
})

t.test('statements and waits for locks may take longer than the server lets them', async () => {
  const sleep = { name: 'sleep', text: 'SELECT pg_sleep(2.7)', values: [] }
  const lock = { name: 'lock', text: `SELECT FROM turns WHERE name = 'links' FOR UPDATE`, values: [] }
  await pool.query(sleep)
  let waiting: Promise<unknown> | undefined
  await pool.transaction(async (query) => {
    await query(lock)
    waiting = pool.transaction((other) => other(lock))
    waiting.catch(() => undefined)
    await query(sleep)
  })
  await waiting
})

t.test('staff act, and each command that works on reports or keys ends right', async (t) => {
  const again = await startTestService(t, { databaseUrl, keyringFile })
  const tam = callerWith(again, await again.token('triager', { name: 'Tam' }))
  const { body } = await tam.call<{ items: { id: string }[] }>('GET', '/v1/triage/reports')
  const path = `/v1/triage/reports/${body.items[0]?.id}`
  await tam.call('POST', `${path}/notes`, { body: { text: 'A note' }, expect: 201 })
  await tam.call('PATCH', path, { version: 1, body: { legalHold: true, reason: 'Fictional' } })
  await again.close()
  const settings = { DATABASE_URL: databaseUrl, KEYRING_FILE: keyringFile }
  const sotto = async (...words: string[]) => {
    const { code, stdout, stderr } = await run('sotto', words, settings)
    t.equal(code, 0, `${words.join(' ')}: ${stderr}`)
    return stdout.trim()
  }
  await sotto('mix', '--include', 'today')
  await sotto('purge', '--yes')
  const before = activeKey(keyring, 'organisation').kid
  await sotto('keys', 'activate', await sotto('keys', 'new'))
  await sotto('migrate')
  await sotto('keys', 'rewrap', before)
  await sotto('agency', 'add', '--slug', 'licensing', '--held', 'service')
  await sotto('audit', 'verify')
})

t.test('an empty database is migrated', async (t) => {
  const url = await emptyDatabase(t, 'empty')
  await limit(url)
  t.ok((await migrate(url)) > 20)
})

t.test('a migration that is one side of a deadlock is done again', async (t) => {
  const url = await emptyDatabase(t, 'deadlock')
  await asSuperuser(url, (client) => client.query('CREATE TABLE schema_version (version bigint PRIMARY KEY)'))
  const migrating = await asSuperuser(url, async (other) => {
    await other.query("SET deadlock_timeout = '5min'")
    await other.query('BEGIN')
    await other.query('CREATE TABLE staff ()')
    const begun = migrate(url)
    begun.catch(() => undefined)
    await until(() => asSuperuser(url, waitsForLock))
    // Each waits for the other now.
    await other.query('LOCK TABLE schema_version IN SHARE MODE')
    await other.query('ROLLBACK')
    return { begun }
  })
  t.ok((await migrating.begun) > 20)
})

async function emptyDatabase(t: Test, what: string): Promise<string> {
  const name = `sotto_test_${what}_${process.pid}`
  await asSuperuser(databaseUrl, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE template0`))
  t.after(() =>
    asSuperuser(databaseAt(databaseUrl, 'postgres'), (client) =>
      client.query(`DROP DATABASE ${name} WITH (FORCE)`),
    ),
  )
  return databaseAt(databaseUrl, name)
}

async function waitsForLock(client: pg.Client): Promise<boolean> {
  const { rowCount } = await client.query(
    `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  )
  return rowCount !== 0
}

t.end()
