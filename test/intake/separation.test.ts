import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { publicKeyring, readKeyringFile, writeKeyringFile } from '../../src/crypto/keyring.ts'
import { ConfigError } from '../../src/settings.ts'
import { asSuperuser } from '../support/cluster.ts'
import { lineTo } from '../support/outage.ts'
import { sampleReport } from '../support/reports.ts'
import { startTestService } from '../support/service.ts'
import { t } from '../support/suite.ts'
import { template } from '../support/template.ts'

const service = await startTestService(t)
const { databaseUrl, keyringFile } = service
const folder = mkdtempSync(join(tmpdir(), 'sotto-separation-'))
const publicKeyringFile = join(folder, 'public.json')
writeKeyringFile(publicKeyringFile, publicKeyring(readKeyringFile(keyringFile)))

/** The functions that it may call. A new one is a decision. */
const mayCall = [
  'agencies_configured_now()',
  'challenge_secrets_now()',
  'day_now()',
  'end_mailbox(bytea)',
  'kept_answer(bytea)',
  'keys_accepted_now()',
  'mailbox_attachments(bytea)',
  'mailbox_fill(bytea)',
  'mailbox_messages(bytea)',
  'open_mailbox(bytea)',
  'put_attachment(bytea,uuid,date,uuid,text[],bytea[],bytea[],bytea,bytea,bytea,uuid,text[],bytea[],bytea[],bytea,bytea,bytea,bytea,bytea[],bytea[])',
  'put_batch(date,uuid,text[],bytea[],bytea[],uuid[],text[],smallint[],text[],text[],boolean[],bytea[],bytea[],uuid[],bytea[],bytea[],bytea[],boolean[],bytea[],bytea[])',
  'put_batch_unless_repeated(date,uuid,text[],bytea[],bytea[],uuid[],text[],smallint[],text[],text[],boolean[],bytea[],bytea[],uuid[],bytea[],bytea[],bytea[],boolean[],bytea[],bytea[])',
  'put_message(bytea,uuid,integer,date,uuid,text[],bytea[],bytea[],bytea,bytea,bytea,bytea,bytea,bytea[],bytea[])',
  'spend_challenge(date,bytea,bytea)',
  'unspend_challenge(date,bytea)',
]
const refused = '42501'

/** Runs `work` as somebody who logged in as intake, and can put that off no more than a client could. */
function asIntake<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  return asSuperuser(databaseUrl, async (client) => {
    await client.query('SET SESSION AUTHORIZATION sotto_intake')
    return work(client)
  })
}

async function list(client: pg.Client, text: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(text)
  return rows.map(({ name }) => name)
}

/** SQLSTATE of a refusal, or what was done. */
async function stateOf(client: pg.Client, text: string): Promise<string | undefined> {
  try {
    const { command } = await client.query(text)
    return `${command} was allowed`
  } catch (error) {
    return (error as { code?: string }).code
  }
}

const ours = `FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`

t.test('the public side can read, change, remove and empty nothing', async (t) => {
  await service.inject({ method: 'POST', url: '/v1/reports', payload: sampleReport() })
  await asIntake(async (client) => {
    const relations = await list(
      client,
      `SELECT c.oid::regclass::text AS name ${ours} AND c.relkind IN ('r', 'p', 'v', 'm', 'f')`,
    )
    t.ok(relations.length > 30)
    for (const name of relations) {
      const column = (
        await list(
          client,
          `SELECT attname AS name FROM pg_attribute WHERE attrelid = '${name}'::regclass AND attnum = 1`,
        )
      )[0]
      for (const text of [
        `SELECT * FROM ${name}`,
        `SELECT count(*) FROM ${name}`,
        `SELECT ${column} FROM ${name} LIMIT 0`,
        `SELECT FROM ${name} FOR UPDATE`,
        `TABLE ${name}`,
        `COPY (SELECT 1 FROM ${name}) TO STDOUT`,
        `UPDATE ${name} SET ${column} = ${column}`,
        `DELETE FROM ${name}`,
        `DELETE FROM ${name} WHERE false`,
        `TRUNCATE ${name}`,
        `DO $$ BEGIN LOCK TABLE ${name} IN ACCESS EXCLUSIVE MODE; END $$`,
        `INSERT INTO ${name} DEFAULT VALUES RETURNING *`,
        `ALTER TABLE ${name} ADD COLUMN x int`,
        `DROP TABLE ${name}`,
        `CREATE INDEX ON ${name} (${column})`,
      ]) {
        const state = await stateOf(client, text)
        // What a view cannot do at all is refused for that reason first.
        if (!['42501', '42809', '55000'].includes(state ?? '')) t.fail(`${text}: ${state}`)
      }
    }
    const sequences = `SELECT c.relname AS name ${ours} AND CASE WHEN c.relkind = 'S'
      THEN has_sequence_privilege(c.oid, 'USAGE, SELECT, UPDATE') END`
    t.strictSame(await list(client, sequences), [])
    const readable = `SELECT c.oid::regclass || '.' || a.attname AS name ${ours.replace('WHERE', 'JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 WHERE')}
      AND has_column_privilege(c.oid, a.attnum, 'SELECT, UPDATE, REFERENCES')`
    t.strictSame(await list(client, readable), [])
  })
})

t.test('it can put straight into no table', async (t) => {
  await asIntake(async (client) => {
    const found = await list(
      client,
      `SELECT c.relname AS name ${ours} AND c.relkind IN ('r', 'p', 'v', 'm') AND has_any_column_privilege(c.oid, 'INSERT') ORDER BY 1`,
    )
    t.strictSame(found, [])
    for (const text of [
      'INSERT INTO reports (id) VALUES (gen_random_uuid())',
      'INSERT INTO box_reports SELECT * FROM box_reports',
      'INSERT INTO box_reports_even DEFAULT VALUES',
      'INSERT INTO box_mailboxes DEFAULT VALUES',
      `INSERT INTO kept_answers VALUES ('', now(), '')`,
      `COPY box_reports FROM STDIN`,
    ]) {
      t.equal(await stateOf(client, text), refused, text)
    }
  })
})

t.test('it can call the named functions alone, and they are safe to call', async (t) => {
  await asIntake(async (client) => {
    const functions = `FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'public'`
    const callable = `SELECT p.oid::regprocedure::text AS name ${functions} AND has_function_privilege(p.oid, 'EXECUTE') ORDER BY 1`
    t.strictSame(await list(client, callable), mayCall)
    const careless = `SELECT p.oid::regprocedure::text AS name ${functions} AND p.prosecdef
      AND (p.proowner NOT IN ('sotto_definer'::regrole, 'sotto_log'::regrole, 'sotto_signals'::regrole) OR NOT p.proconfig @> ARRAY['search_path=pg_catalog, pg_temp'])`
    t.strictSame(await list(client, careless), [])
    for (const text of [
      `SELECT pg_read_file('PG_VERSION')`,
      `SELECT pg_ls_dir('.')`,
      `SELECT lo_import('/etc/passwd')`,
      `COPY (SELECT 1) TO PROGRAM 'cat'`,
      `COPY (SELECT 1) TO '/tmp/x'`,
      'CHECKPOINT',
      'SELECT pg_reload_conf()',
      'SELECT pg_advisory_lock(1)',
      'SELECT pg_try_advisory_xact_lock_shared(1, 2)',
      `SELECT lo_from_bytea(0, 'kept for later')`,
      'SELECT lo_create(0)',
      // Within a transaction that is taken back these would tell whether a hold lies on a mailbox's report.
      'SELECT n_tup_del FROM pg_stat_xact_user_tables',
      'SELECT n_tup_ins FROM pg_stat_user_tables',
      'SELECT tup_fetched FROM pg_stat_database',
      // And these, in which sessions stand that staff's calls go through, when staff are at work.
      'SELECT wal_records FROM pg_stat_wal',
      'SELECT blks_hit FROM pg_stat_slru',
      'SELECT buffers_clean FROM pg_stat_bgwriter',
    ]) {
      t.equal(await stateOf(client, text), refused, text)
    }
    const counts = `SELECT p.oid::regprocedure::text AS name FROM pg_proc p
      WHERE p.proname ~ '^pg_stat_get_(io|wal|slru|backend_(io|wal))$' AND has_function_privilege(p.oid, 'EXECUTE')`
    t.strictSame(await list(client, counts), [])
  })
})

t.test('it is and becomes nobody else, and makes nothing', async (t) => {
  await asIntake(async (client) => {
    for (const role of ['sotto_triage', 'sotto_definer', 'sotto_signals', 'sotto', 'pg_read_all_data']) {
      t.match(await stateOf(client, `SET ROLE ${role}`), /42501|22023/, role)
    }
    for (const text of [
      'CREATE TABLE x (a int)',
      'CREATE SCHEMA x',
      `CREATE FUNCTION x() RETURNS int LANGUAGE sql AS 'SELECT 1'`,
      'CREATE ROLE x',
      'CREATE DATABASE x',
      'CREATE EXTENSION dblink',
      'ALTER ROLE sotto_intake SUPERUSER',
      'GRANT SELECT ON reports TO sotto_intake',
    ]) {
      t.equal(await stateOf(client, text), refused, text)
    }
    // The rights to a database itself are not copied with it: the template has what migration gave.
    const temporary = `SELECT 'temporary tables' AS name WHERE has_database_privilege('${template}', 'TEMPORARY')`
    t.strictSame(await list(client, temporary), [])
    const roles = `SELECT rolname AS name FROM pg_roles WHERE rolname = 'sotto_intake'
      AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)
      UNION ALL SELECT roleid::regrole::text FROM pg_auth_members WHERE member = 'sotto_intake'::regrole
      UNION ALL SELECT relname FROM pg_class WHERE relowner = 'sotto_intake'::regrole`
    t.strictSame(await list(client, roles), [])
    const others = await list(
      client,
      `SELECT query AS name FROM pg_stat_activity WHERE usename <> current_user AND query <> '<insufficient privilege>'`,
    )
    t.strictSame(
      others.filter((query) => query !== ''),
      [],
    )
  })
})

t.test('ROLE=intake takes no keyring with private keys, and serves no staff', async (t) => {
  const environment = { ROLE: 'intake' }
  await t.rejects(startTestService(t, { databaseUrl, keyringFile, environment }), {
    constructor: ConfigError,
    message: /^KEYRING_FILE: .*without private keys/,
  })
  const intake = await startTestService(t, { databaseUrl, keyringFile: publicKeyringFile, environment })
  const sent = await intake.inject({ method: 'POST', url: '/v1/reports', payload: sampleReport() })
  t.equal(sent.statusCode, 201)
  t.equal((await intake.inject({ url: '/v1/keys' })).statusCode, 200)
  t.equal((await intake.inject({ url: '/health/ready' })).statusCode, 200)
  const authorization = `Bearer ${await service.token('supervisor')}`
  for (const url of ['/v1/triage/me', '/v1/triage/reports', '/v1/triage/nothing']) {
    t.equal((await intake.inject({ url, headers: { authorization } })).statusCode, 404, url)
  }
  const receipt = sent.json().receipt
  const mailbox = await intake.inject({ url: '/v1/mailbox', headers: { authorization: `Bearer ${receipt}` } })
  t.equal(mailbox.statusCode, 200)
})

t.test('ROLE=triage needs private keys, takes no reports, and reads what others took', async (t) => {
  const environment = { ROLE: 'triage' }
  await t.rejects(startTestService(t, { databaseUrl, keyringFile: publicKeyringFile, environment }), {
    constructor: ConfigError,
    message: /^KEYRING_FILE/,
  })
  const triage = await startTestService(t, { databaseUrl, keyringFile, environment })
  const sent = await triage.inject({ method: 'POST', url: '/v1/reports', payload: sampleReport() })
  t.equal(sent.statusCode, 404)
  for (const url of ['/v1/keys', '/v1/categories', '/v1/mailbox', '/v1/challenges']) {
    t.equal((await triage.inject({ url })).statusCode, 404, url)
  }
  const authorization = `Bearer ${await service.token('triager')}`
  const list = await triage.inject({ url: '/v1/triage/reports', headers: { authorization } })
  t.equal(list.json().items.length, 2)
  for (const { id } of list.json().items) {
    const opened = await triage.inject({ url: `/v1/triage/reports/${id}`, headers: { authorization } })
    t.strictSame(opened.json().report, sampleReport())
  }
  t.equal((await triage.inject({ url: '/health/ready' })).statusCode, 200)
})

t.test(
  'while the database is away the service says which part is down, and comes back with it',
  async (t) => {
    const line = await lineTo(t, databaseUrl)
    const cutOff = await startTestService(t, { databaseUrl: line.url, keyringFile })
    const authorization = `Bearer ${await service.token('triager')}`
    const ask = async () => {
      const calls = [
        { url: '/health/live' },
        { url: '/health/ready' },
        { url: '/v1/categories' },
        { method: 'POST', url: '/v1/reports/check', payload: sampleReport() },
        { method: 'POST', url: '/v1/reports', payload: sampleReport() },
        { url: '/v1/triage/reports', headers: { authorization } },
      ] as const
      const answers = []
      for (const call of calls) answers.push(await cutOff.inject(call))
      return answers
    }
    const statuses = async () => (await ask()).map(({ statusCode }) => statusCode)
    t.strictSame(await statuses(), [200, 200, 200, 200, 201, 200])
    for (let round = 0; round < 2; round++) {
      await line.cut()
      t.strictSame(await statuses(), [200, 503, 200, 200, 503, 503])
      const ready = await cutOff.inject({ url: '/health/ready' })
      const { code, errors } = ready.json()
      t.equal(code, 'not-ready')
      t.strictSame(errors.map((error: { code: string }) => error.code).sort(), ['intake', 'triage'])
      await line.mend()
      t.strictSame(await statuses(), [200, 200, 200, 200, 201, 200], 'at once')
    }
    t.strictSame(cutOff.logLines, [])
    await cutOff.close()
  },
)

t.test('the service ends', async () => {
  rmSync(folder, { recursive: true })
  await service.close()
})
