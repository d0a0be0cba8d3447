import pg from 'pg'
import { openPool } from '../../src/storage/pool.ts'
import { endIntakeInTheWay } from '../../src/storage/sessions.ts'
import { intakeLogin } from '../intake/rawIntake.ts'
import { newReporter } from '../mailbox/reporter.ts'
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

/** Holds a lock that is in nobody’s way, at work, so that it is not idle. Its other session can take it back. */
async function holdOn(tables: string): Promise<{ letGo(): Promise<unknown> }> {
  const [client, other] = [await attacker(), await attacker()]
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  await client.query('BEGIN')
  // To prepare a statement takes its tables' locks; only to run it takes a right.
  await client.query(`PREPARE held AS SELECT FROM ${tables}`)
  client.query('SELECT pg_sleep(3600)').catch(() => undefined)
  return { letGo: () => other.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]) }
}

const pressFor = (client: pg.Client, table: string) =>
  client.query(`CREATE RULE r AS ON INSERT TO ${table} DO NOTHING`).catch(() => undefined)

t.test('nobody of staff waits behind one who asks for a lock that intake never has', async (t) => {
  const holder = await holdOn('public.reports, public.staff_tokens')
  for (const table of ['public.reports', 'public.staff_tokens', 'public.reports']) {
    const client = await attacker()
    const pressing = pressFor(client, table)
    t.equal(await list(), 200, table)
    t.equal((await service.inject({ url: '/v1/triage/me', headers })).statusCode, 200)
    await pressing
    t.ok(await isEnded(client), 'it was ended')
  }
  await holder.letGo()
})

t.test(
  'nor where it asks for those of the catalog too, and has changed what is known of roles',
  async (t) => {
    for (const catalog of ['pg_authid', 'pg_auth_members', 'pg_class', 'pg_proc']) {
      const holder = await holdOn(`public.reports, pg_catalog.${catalog}`)
      const [first, second] = [await attacker(), await attacker()]
      // What the service ends its sessions by must be looked up anew.
      await first.query('ALTER ROLE sotto_intake PASSWORD NULL')
      const pressing = [pressFor(first, `pg_catalog.${catalog}`), pressFor(second, 'public.reports')]
      t.equal(await list(), 200, catalog)
      await holder.letGo()
      await Promise.all(pressing)
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
