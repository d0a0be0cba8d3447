import pg from 'pg'
import { openPool } from '../../src/storage/pool.ts'
import { endIntakeInTheWay } from '../../src/storage/sessions.ts'
import { intakeLogin } from '../intake/rawIntake.ts'
import { newReporter } from '../mailbox/reporter.ts'
import { asSuperuser } from '../support/cluster.ts'
import { until } from '../support/patience.ts'
import { startTestService } from '../support/service.ts'
import { t } from '../support/suite.ts'
import { startOpenServer } from './rawLook.ts'

/**
 * Whoever has the login of intake may have no table, and may wait for the strongest lock on any: Postgres looks at rights once
 * the lock is there. Behind one that waits stands everybody else.
 */

t.setTimeout(300_000)
const server = await startOpenServer(t)
const service = await startTestService(t, { databaseUrl: server.url })
const login = await intakeLogin(server.url)
await newReporter(service.base)
const headers = { authorization: `Bearer ${await service.token('triager')}` }
const list = async () => (await service.inject({ url: '/v1/triage/reports', headers })).statusCode

async function attacker(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: login })
  client.on('error', () => undefined)
  await client.connect()
  t.after(() => client.end().catch(() => undefined))
  for (const limit of ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'])
    await client.query(`SET ${limit} = 0`)
  return client
}

const isEnded = (client: pg.Client) =>
  client.query('SELECT 1').then(
    () => false,
    () => true,
  )

/** Knows all of the catalog that it asks, so that nobody keeps it out. */
const known = new pg.Client({ connectionString: server.url })
await known.connect()
t.after(() => known.end())
const waitingFor = (table: number) =>
  known.query(
    `SELECT FROM pg_lock_status() WHERE NOT granted AND mode = 'AccessExclusiveLock' AND relation = $1`,
    [table],
  )
/** Waits until the service has begun to look who is in the way. */
async function untilLookedAgain(): Promise<void> {
  const looked = async () => {
    const { rows } = await known.query<{ at: string }>(
      `SELECT max(query_start)::text AS at FROM pg_stat_get_activity(NULL) WHERE query LIKE '%end_intake_in_the_way%'
          AND pid <> pg_backend_pid()`,
    )
    return rows[0]?.at
  }
  const before = await looked()
  await until(async () => (await looked()) !== before)
}
const endAll = () =>
  known.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_get_activity(NULL)
                WHERE usesysid = (SELECT to_regrole('sotto_intake'))`)
await Promise.all([waitingFor(0), endAll()])

/** Holds a lock that is in nobody’s way, at work, so that it is not idle. */
async function holdOn(tables: string): Promise<void> {
  const client = await attacker()
  await client.query('BEGIN')
  // To prepare a statement takes its tables' locks; only to run it takes a right.
  await client.query(`PREPARE held AS SELECT FROM ${tables}`)
  client.query('SELECT pg_sleep(3600)').catch(() => undefined)
}

/** Waits for the strongest lock on a table, as nobody else who waits does. */
async function pressFor(table: string, client: pg.Client | undefined): Promise<void> {
  const { rows } = await known.query<{ oid: number }>('SELECT to_regclass($1)::oid AS oid', [table])
  client?.query(`CREATE RULE r AS ON INSERT TO ${table} DO NOTHING`).catch(() => undefined)
  await until(async () => ((await waitingFor(rows[0]?.oid ?? 0)).rowCount ?? 0) > 0)
}

t.test('nobody of staff waits behind one who asks for a lock that intake never has', async (t) => {
  await holdOn('public.reports, public.staff_tokens')
  for (const table of ['public.reports', 'public.staff_tokens', 'public.reports']) {
    const client = await attacker()
    await pressFor(table, client)
    t.equal(await list(), 200, table)
    t.ok(await isEnded(client), 'it was ended')
  }
  await endAll()
})

t.test(
  'nor where it asks for those of the catalog too, and has changed what is known of roles',
  async (t) => {
    for (const catalog of ['pg_authid', 'pg_auth_members', 'pg_class', 'pg_proc']) {
      await holdOn(`public.reports, pg_catalog.${catalog}`)
      const clients = [await attacker(), await attacker()]
      // What the service ends its sessions by must be looked up anew.
      await clients[0]?.query('ALTER ROLE sotto_intake PASSWORD NULL')
      // As every session that lasts, the second knows again before the first asks.
      await clients[1]?.query(`SELECT has_table_privilege('sotto_intake', 'public.reports', 'SELECT')`)
      await pressFor(`pg_catalog.${catalog}`, clients[0])
      await untilLookedAgain()
      await pressFor('public.reports', clients[1])
      t.equal(await list(), 200, catalog)
      // Whoever comes in anew reads these tables.
      await t.resolves(asSuperuser(server.url, (client) => client.query('SELECT FROM pg_roles')))
      await endAll()
      await intakeLogin(server.url)
    }
  },
)

t.test('a transaction that holds no lock but a snapshot is ended as one that holds a lock', async (t) => {
  const idle = await attacker()
  await idle.query('BEGIN ISOLATION LEVEL REPEATABLE READ')
  await idle.query('SELECT 1')
  const busy = await attacker()
  const working = busy.query('SELECT pg_sleep(3600)').then(
    () => false,
    () => true,
  )
  const pool = openPool(server.url, 'sotto_triage', 1)
  t.after(() => pool.close())
  let ended = 0
  const areEnded = async () => {
    ended += (await endIntakeInTheWay(pool, 1)).ended
    return (await isEnded(idle)) && ended >= 2
  }
  await t.resolves(until(areEnded))
  t.ok(await working)
})

t.end()
