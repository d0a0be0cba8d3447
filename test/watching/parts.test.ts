import { tellOverdueMixing } from '../../src/jobs/overdueMixing.ts'
import { createLog, type LogFields } from '../../src/log.ts'
import { openPool } from '../../src/storage/pool.ts'
import { asSuperuser } from '../support/cluster.ts'
import { until } from '../support/patience.ts'
import { startTestService } from '../support/service.ts'
import { t } from '../support/suite.ts'

/** When a part goes down or comes back, the log says so once, and a load balancer sees it. */

const service = await startTestService(t)
const sql = (text: string) => asSuperuser(service.databaseUrl, (client) => client.query(text))
const ready = async () => (await service.app.inject({ url: '/health/ready' })).statusCode
const lines = () => service.logLines.map((line) => JSON.parse(line) as Record<string, unknown>)
const told = (msg: string) => lines().filter((line) => line.msg === msg && line.part === 'intake')

t.test(
  'an intake that may not put in is not ready, is logged once, and logged again when it can',
  async (t) => {
    t.equal(await ready(), 200)
    await sql('REVOKE EXECUTE ON FUNCTION put_batch FROM sotto_intake')
    t.equal(await ready(), 503)
    await until(async () => told('a part is down').length === 1)
    t.match(told('a part is down'), [{ level: 'error', part: 'intake', code: 'storage-away' }])
    await sql('GRANT EXECUTE ON FUNCTION put_batch TO sotto_intake')
    await until(async () => told('a part is back').length === 1)
    t.match(told('a part is back'), [{ level: 'info', part: 'intake' }])
    t.equal(await ready(), 200)
    t.equal(told('a part is down').length, 1)
  },
)

t.test('the line says why by class and code, never by value', async (t) => {
  await sql('ALTER FUNCTION keys_accepted_now() RENAME TO keys_accepted_canary')
  await until(async () => told('a part is down').length === 2)
  t.match(told('a part is down').at(-1), { part: 'intake', code: '42883', error: 'DatabaseError' })
  t.notMatch(service.logLines.join(''), /canary|keys_accepted/)
  await sql('ALTER FUNCTION keys_accepted_canary() RENAME TO keys_accepted_now')
  await until(async () => told('a part is back').length === 2)
})

t.test(
  'a mixing that is overdue by 26 hours is said again and again, and no more once it came',
  async (t) => {
    const said: LogFields[] = []
    const log = createLog('info', { write: (line: string) => said.push(JSON.parse(line)) })
    const pool = openPool(service.databaseUrl, 'sotto_triage', 1)
    await sql(`INSERT INTO mixings (day, mixed_on, unopened, unplaced, emptied_on)
             VALUES ('2026-01-01', '2026-01-02', 0, 0, '2026-01-02')`)
    let now = new Date('2026-01-04T01:59:00Z')
    const telling = tellOverdueMixing(pool, () => now, log, 10)
    t.teardown(async () => {
      await telling.stop()
      await pool.close()
    })
    await pool.query({ name: 'a-while', text: 'SELECT pg_sleep(0.3)', values: [] })
    t.strictSame(said, [], 'not before')
    now = new Date('2026-01-04T05:30:00Z')
    await until(async () => said.length >= 2)
    t.match(said.slice(0, 2), [
      { level: 'error', msg: 'the mixing is overdue', hours: 3 },
      { level: 'error', msg: 'the mixing is overdue', hours: 3 },
    ])
    await sql('DELETE FROM mixings')
  },
)

t.test('every line has a level by name, a time and a message', async (t) => {
  for (const line of lines()) {
    t.match(line, { level: /^(trace|debug|info|warn|error|fatal)$/, time: /^\d{4}-\d\d-\d\dT/, msg: /\S/ })
  }
})

t.end()
