import type pg from 'pg'
import { asSuperuser } from '../support/cluster.ts'
import { cloneDatabase } from '../support/database.ts'
import { until } from '../support/patience.ts'
import { startTestService } from '../support/service.ts'
import { t } from '../support/suite.ts'
import { newReporter } from './reporter.ts'

/** What Postgres undoes in favour of others, such as one side of a deadlock, is no fault of the caller. */

const { url } = await cloneDatabase(t)
const name = new URL(url).pathname.slice(1)
// Long enough for both sides to wait for each other, however busy the machine is.
await asSuperuser(url, (client) => client.query(`ALTER DATABASE "${name}" SET deadlock_timeout = '8s'`))
const service = await startTestService(t, { databaseUrl: url })

const isWaiting = async () =>
  asSuperuser(url, async (client) => {
    const text = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%put_message%' AND pid <> pg_backend_pid()`
    return (await client.query(text)).rows.length > 0
  })

t.test('a message that is one side of a deadlock is put in all the same, once', async (t) => {
  const reporter = await newReporter(service.base)
  await asSuperuser(url, async (other: pg.Client) => {
    await other.query("SET deadlock_timeout = '5min'")
    await other.query('BEGIN')
    await other.query('LOCK TABLE box_reporter_messages IN SHARE MODE')
    const said = reporter.say('A fictional word.')
    await until(isWaiting)
    await other.query('LOCK TABLE box_mailbox_turns')
    await other.query('COMMIT')
    t.equal((await said).status, 201)
  })
  t.equal((await reporter.read()).messages.length, 1)
  t.notMatch(service.logLines.join(''), 'unforeseen')
})

t.end()
