import type pg from 'pg'
import { drawNumbersNowAndThen } from '../../src/jobs/drawNumbers.ts'
import { forgetCounters } from '../../src/storage/boxHalves.ts'
import { openPool } from '../../src/storage/pool.ts'
import { asSuperuser } from '../support/cluster.ts'
import { until } from '../support/patience.ts'
import { startTestService } from '../support/service.ts'
import { t } from '../support/suite.ts'

const service = await startTestService(t, {})
const { databaseUrl: url } = service
const pool = openPool(url, 'sotto_triage', 2)
t.teardown(() => pool.close())

const sql = <Row extends pg.QueryResultRow>(text: string) =>
  asSuperuser(url, async (client) => (await client.query<Row>(text)).rows)

/** What was put in and taken out, of rows and of the pieces of what is kept out of line. */
async function counted() {
  const [row] = await sql<{ put: number; taken: number; pieces: number }>(
    `SELECT t.n_tup_ins::int AS put, t.n_tup_del::int AS taken, o.n_tup_ins::int AS pieces
       FROM pg_class c JOIN pg_stat_all_tables t ON t.relid = c.oid JOIN pg_stat_all_tables o ON o.relid = c.reltoastrelid
      WHERE c.relname = 'drawn_numbers'`,
  )
  return row ?? { put: 0, taken: 0, pieces: 0 }
}

t.test('numbers of transactions and of what is kept out of line are drawn again and again', async (t) => {
  const drawing = drawNumbersNowAndThen(pool, 1)
  await until(async () => {
    const { put, pieces } = await counted()
    return put > 100 && pieces > 100
  })
  await drawing.stop()
  t.same(await sql('SELECT 1 FROM drawn_numbers'), [])
})

t.test('how many were drawn is forgotten with the other counters', async (t) => {
  await until(async () => {
    const { put, taken } = await counted()
    await pool.transaction(forgetCounters)
    return put === 0 && taken === 0
  })
  t.pass('none is counted')
})

t.end()
