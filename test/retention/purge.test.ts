import { readKeyringFile } from '../../src/crypto/keyring.ts'
import { auditTrail } from '../../src/domain/audit/trail.ts'
import { mixBox } from '../../src/domain/mixing/mixBox.ts'
import { purge } from '../../src/domain/retention/purge.ts'
import { openPool } from '../../src/storage/pool.ts'
import { asSuperuser } from '../support/cluster.ts'
import { patientFetch } from '../support/patience.ts'
import { startTestService } from '../support/service.ts'
import { callerWith, reportFor } from '../support/staffApi.ts'
import { t } from '../support/suite.ts'

const day = 86_400_000
const began = Date.now()
let now = began
const clock = () => new Date(now)
const service = await startTestService(t, { clock })
const pool = openPool(service.databaseUrl, 'sotto_triage', 3)
t.after(() => pool.close())
const keyring = readKeyringFile(service.keyringFile)
const audit = auditTrail(pool, keyring, clock)
const deps = { pool, keyring, audit, clock, periods: { unassessedDays: 365, graceDays: 14 } }
const later = (days: number) => ({ ...deps, clock: () => new Date(began + days * day) })
const sade = callerWith(service, await service.token('supervisor', { name: 'Sade' }))

async function worked(body: object): Promise<string> {
  const id = await reportFor(service, sade)
  await sade.call('PATCH', `/v1/triage/reports/${id}`, { version: 1, body })
  return id
}

const ids = async () =>
  (
    await asSuperuser(service.databaseUrl, (client) => client.query('SELECT id FROM listed_reports'))
  ).rows.map((row: { id: string }) => row.id)

t.test('what is kept no longer is destroyed, and an erasure record remains', async (t) => {
  const plain = await worked({ status: 'screening' })
  await sade.call('POST', `/v1/triage/reports/${plain}/notes`, { body: { text: 'A note' }, expect: 201 })
  await sade.call('POST', `/v1/triage/reports/${plain}/entities`, {
    body: { entity: { kind: 'phone', number: '07700 900123' }, pointer: '/narrative', start: 0, end: 4 },
    expect: 201,
  })
  const held = await worked({ legalHold: true })
  const known = await worked({ proceedingsKnown: true })
  const longer = await worked({ reviewGroup: '2' })
  const certain = await worked({ reviewGroup: '1' })

  t.match(await purge(later(300)), { reports: 0 })
  t.match(await purge(later(370), { dryRun: true }), {
    reports: 1,
    kept: { 'legal-hold': 1, proceedings: 1 },
  })
  t.equal((await ids()).length, 5, 'a dry run destroys nothing')
  t.match(await purge(later(370)), { reports: 1, kept: { 'legal-hold': 1, proceedings: 1 } })
  t.same((await ids()).sort(), [held, known, longer, certain].sort())
  await sade.call('GET', `/v1/triage/reports/${plain}`, { expect: 404 })
  t.match(await purge(later(370)), { reports: 0 }, 'once is enough')

  const left = await asSuperuser(service.databaseUrl, async (client) => ({
    casework: (await client.query('SELECT FROM casework WHERE report_id = $1', [plain])).rowCount,
    mailboxes: (await client.query('SELECT FROM mailboxes WHERE report_id = $1', [plain])).rowCount,
    erasures: (
      await client.query(`SELECT FROM audit_records WHERE action = 'erasure' AND report_id = $1`, [plain])
    ).rowCount,
  }))
  t.same(left, { casework: 0, mailboxes: 0, erasures: 1 })
  t.match(await purge(later(11 * 366)), { reports: 1 }, 'ten years for group 2; certain protection stays')
})

t.test(
  'a report on which keys were destroyed when the pass was cut short is finished by the next',
  async (t) => {
    const id = await worked({ status: 'screening' })
    await asSuperuser(service.databaseUrl, (client) =>
      client.query(`UPDATE reports SET wrapped_key = '' WHERE id = $1`, [id]),
    )
    t.match(await purge(later(370)), { reports: 1 })
    t.notOk((await ids()).includes(id))
  },
)

t.test('a mailbox ends ninety days after the last message, and its report stays', async (t) => {
  now = began
  const receipt = (
    (await (
      await patientFetch(`${service.base}/v1/reports`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          category: 'cybercrime',
          narrative: 'A fictional report with a message after it.',
        }),
      })
    ).json()) as { receipt: string }
  ).receipt
  const headers = { authorization: `Bearer ${receipt}`, 'content-type': 'application/json' }
  await patientFetch(`${service.base}/v1/mailbox/messages`, {
    method: 'POST',
    headers,
    body: '{"text":"More"}',
  })
  await mixBox({ pool, keyring, clock }, { includeToday: true })
  t.match(await purge(later(95)), { mailboxes: 0 }, 'what staff have not read is not silence')
  const [listed] = (
    await sade.call<{ items: { id: string }[] }>('GET', '/v1/triage/reports?category=cybercrime')
  ).body.items
  await sade.call('GET', `/v1/triage/reports/${listed?.id}/messages`)
  t.match(await purge(later(60)), { mailboxes: 0 })
  t.match(await purge(later(95)), { mailboxes: 1, reports: 0 })
  t.equal((await patientFetch(`${service.base}/v1/mailbox`, { headers })).status, 401)
  const { body } = await sade.call<{ items: unknown[] }>('GET', '/v1/triage/reports?category=cybercrime')
  t.equal(body.items.length, 1)
})

t.end()
