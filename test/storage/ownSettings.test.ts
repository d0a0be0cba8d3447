import { readKeyringFile } from '../../src/crypto/keyring.ts'
import { mixBox } from '../../src/domain/mixing/mixBox.ts'
import { openPool } from '../../src/storage/pool.ts'
import { dayOf } from '../../src/vocabulary/calendar.ts'
import { newReporter } from '../mailbox/reporter.ts'
import { asSuperuser } from '../support/cluster.ts'
import { cloneDatabase } from '../support/database.ts'
import { startTestService } from '../support/service.ts'
import { callerWith } from '../support/staffApi.ts'
import { t } from '../support/suite.ts'

/** A database, or a login for itself, says otherwise for every session how things are written, looked for and seen. */

const settings: Readonly<Record<string, string>> = {
  datestyle: 'German',
  intervalstyle: 'iso_8601',
  timezone: 'Pacific/Kiritimati',
  bytea_output: 'escape',
  standard_conforming_strings: 'off',
  search_path: 'pg_temp',
  row_security: 'off',
  default_transaction_isolation: 'serializable',
}

const { url } = await cloneDatabase(t)
await asSuperuser(url, async (client) => {
  const { rows } = await client.query<{ name: string }>('SELECT current_database() AS name')
  for (const [name, value] of Object.entries(settings))
    await client.query(`ALTER DATABASE ${rows[0]?.name} SET ${name} = '${value}'`)
})
const service = await startTestService(t, { databaseUrl: url })
const today = dayOf(new Date())

t.test('reporters are told and read what they would be told elsewhere', async (t) => {
  const reporter = await newReporter(service.base)
  t.match(await reporter.say('A fictional word.'), { status: 201 })
  const mailbox = await reporter.read()
  t.match(mailbox, { receivedOn: today, messages: [{ text: 'A fictional word.', sentOn: today }] })
})

t.test('staff read it, act on it and let it be mixed', async (t) => {
  const tam = callerWith(service, await service.token('triager', { name: 'Tam' }))
  const supervisor = callerWith(service, await service.token('supervisor'))
  const { body } = await tam.call<{ items: { id: string; receivedOn: string }[] }>(
    'GET',
    '/v1/triage/reports',
  )
  t.match(body.items, [{ receivedOn: today }])
  const id = body.items[0]?.id
  await tam.call('GET', `/v1/triage/reports/${id}`)
  await tam.call('POST', `/v1/triage/reports/${id}/notes`, { body: { text: 'Seen.' }, expect: 201 })
  await newReporter(service.base)
  const pool = openPool(url, 'sotto_triage', 2)
  t.after(() => pool.close())
  const deps = { pool, keyring: readKeyringFile(service.keyringFile), clock: () => new Date(), interval: 0 }
  t.match(await mixBox(deps, { includeToday: true }), { state: 'mixed', reports: 1, emptied: true })
  t.match((await supervisor.call('GET', `/v1/triage/reports/${id}/messages`)).body, {
    items: [{ text: 'A fictional word.' }],
  })
})

t.end()
