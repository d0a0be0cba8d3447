import pg from 'pg'
import { readKeyringFile } from '../../src/crypto/keyring.ts'
import { auditTrail } from '../../src/domain/audit/trail.ts'
import { mixBox } from '../../src/domain/mixing/mixBox.ts'
import { afterMixing } from '../../src/jobs/afterMixing.ts'
import { mixNightly } from '../../src/jobs/nightly.ts'
import { createLog } from '../../src/log.ts'
import { openPool } from '../../src/storage/pool.ts'
import { asSuperuser } from '../support/cluster.ts'
import { until } from '../support/patience.ts'
import { startTestService } from '../support/service.ts'
import { t } from '../support/suite.ts'

/**
 * A session keeps what it has counted for itself, for seconds or until its transaction ends, and hands it in then: counters that
 * were forgotten meanwhile say it again.
 */

const clock = () => new Date('2026-05-06T00:50:00Z')
const service = await startTestService(t, { clock })
const { databaseUrl: url, keyringFile } = service
await service.close()

const keyring = readKeyringFile(keyringFile)
const log = createLog('silent')
const periods = { unassessedDays: 365, graceDays: 14 }
const today = '2026-05-06'
const sql = <Row extends pg.QueryResultRow>(text: string) =>
  asSuperuser(url, async (client) => (await client.query<Row>(text)).rows)

async function withNightOf(work: (deps: ReturnType<typeof depsOf>) => Promise<void>): Promise<void> {
  const pool = openPool(url, 'sotto_triage', 4)
  await sql('DELETE FROM mixings')
  try {
    await work(depsOf(pool))
  } finally {
    await pool.close()
  }
}
const depsOf = (pool: ReturnType<typeof openPool<'sotto_triage'>>) => ({
  pool,
  keyring,
  clock,
  audit: auditTrail(pool, keyring, clock),
  interval: 0,
})

t.test('what the night itself looked at is forgotten with the rest', async (t) => {
  await sql(`INSERT INTO arrival_events (id, at) VALUES (1, '2026-05-05 14:00Z')`)
  await withNightOf(async (deps) => {
    await mixBox(deps)
    await afterMixing({ ...deps, log, periods }, today)
  })
  t.same(
    await sql(`SELECT heap_blks_read::int + heap_blks_hit::int AS pages, seq_tup_read::int AS rows
                 FROM pg_statio_user_tables JOIN pg_stat_user_tables USING (relid, relname) WHERE relname = 'arrival_events'`),
    [{ pages: 0, rows: 0 }],
  )
})

t.test('so is what any session hands in after it', async (t) => {
  const rowsRead = async () => {
    const [counted] = await sql<{ n: number }>(
      `SELECT seq_tup_read::int AS n FROM pg_stat_user_tables WHERE relname = 'accepted_keys'`,
    )
    return counted?.n ?? 0
  }
  const many = 1_000
  const session = new pg.Client(url)
  await session.connect()
  try {
    await session.query('BEGIN')
    await session.query(`DO 'BEGIN FOR time IN 1 .. ${many} LOOP PERFORM FROM accepted_keys; END LOOP; END'`)
    await withNightOf(async (deps) => {
      let handedIn: number | undefined
      const afterwards = async () => {
        await session.query('SELECT pg_stat_force_next_flush()')
        await session.query('COMMIT')
        handedIn = await rowsRead()
      }
      const nightly = mixNightly({ ...deps, log, every: 20, afterwards })
      await until(async () => handedIn !== undefined)
      t.ok(Number(handedIn) >= many, 'it was counted once the day was mixed')
      await until(async () => (await rowsRead()) < many).catch(({ message }: Error) => t.fail(message))
      await nightly.stop()
    })
  } finally {
    await session.end()
  }
})

t.test('and what a session that goes on has counted for itself alone', async (t) => {
  const [has] = await sql<{ has: boolean }>(
    `SELECT to_regprocedure('pg_stat_get_backend_io(integer)') IS NOT NULL AS has`,
  )
  if (has?.has !== true) return t.pass('this version counts nothing by session')
  const session = new pg.Client(url)
  await session.connect()
  try {
    const { rows } = await session.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
    const counted = async () =>
      (
        await sql<{ n: number; records: number }>(
          `SELECT (SELECT sum(hits + reads)::int FROM pg_stat_get_backend_io(${rows[0]?.pid})) AS n,
                  (SELECT wal_records::int FROM pg_stat_get_backend_wal(${rows[0]?.pid})) AS records`,
        )
      )[0]
    await session.query('UPDATE night_watch SET purged = purged; SELECT pg_stat_force_next_flush()')
    const before = await counted()
    t.ok(Number(before?.n) > 0 && Number(before?.records) > 0)
    await withNightOf(async (deps) => void (await mixBox(deps)))
    t.same(await counted(), { n: 0, records: 0 })
  } finally {
    await session.end()
  }
})

t.test('and a session that nobody uses ends: it shows when it was last used, and for what', async (t) => {
  const intake = openPool(url, 'sotto_intake', 2)
  try {
    await intake.query({ name: 'last-of-the-day', text: 'SELECT day_now()', values: [] })
    const shown = () =>
      sql(`SELECT FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%day_now()%'
              AND pid <> pg_backend_pid()`)
    t.equal((await shown()).length, 1)
    await until(async () => (await shown()).length === 0)
  } finally {
    await intake.close()
  }
})

t.end()
