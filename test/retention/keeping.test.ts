import { randomUUID } from 'node:crypto'
import { readKeyringFile } from '../../src/crypto/keyring.ts'
import { auditTrail } from '../../src/domain/audit/trail.ts'
import { mixBox } from '../../src/domain/mixing/mixBox.ts'
import { judgingOf } from '../../src/domain/retention/keeping.ts'
import { purge } from '../../src/domain/retention/purge.ts'
import { openPool } from '../../src/storage/pool.ts'
import { dueReports, takeReport } from '../../src/storage/retention.ts'
import { newReporter } from '../mailbox/reporter.ts'
import { staffOf } from '../mailbox/staff.ts'
import { asSuperuser } from '../support/cluster.ts'
import { startTestService } from '../support/service.ts'
import { callerWith, reportFor } from '../support/staffApi.ts'
import { t } from '../support/suite.ts'

/** What keeps a report keeps all that belongs to it, whoever asks and whenever. */

const day = 86_400_000
const service = await startTestService(t)
const pool = openPool(service.databaseUrl, 'sotto_triage', 3)
t.after(() => pool.close())
const keyring = readKeyringFile(service.keyringFile)
const audit = auditTrail(pool, keyring, () => new Date())
const staff = staffOf(t, service)
const token = await service.token('supervisor', { name: 'Sade' })
const sade = callerWith(service, token)
const later = (days: number) => ({
  pool,
  keyring,
  audit,
  clock: () => new Date(Date.now() + days * day),
  periods: { unassessedDays: 365, graceDays: 14 },
})
const sql = (text: string, values: unknown[] = []) =>
  asSuperuser(service.databaseUrl, async (client) => (await client.query(text, values)).rows)
const mix = () => mixBox({ pool, keyring, clock: () => new Date(), interval: 0 }, { includeToday: true })

const onDay = (days: number) => new Date(Date.now() + days * day).toISOString().slice(0, 10)

/** One way to keep a report, each as it stands in the database. */
const ways: Record<string, (id: string) => Promise<unknown>> = {
  'legal-hold': (id) => sql('UPDATE reports SET legal_hold = true WHERE id = $1', [id]),
  pending: (id) => sql('UPDATE reports SET pending = true WHERE id = $1', [id]),
  grace: (id) => sql('UPDATE reports SET loosened_on = $2 WHERE id = $1', [id, onDay(395)]),
  proceedings: (id) =>
    sade.call('PATCH', `/v1/triage/reports/${id}`, { version: 2, body: { proceedingsKnown: true } }),
  dissemination: (id) =>
    sql(
      `INSERT INTO disseminations (id, report_id, agency, status, sent_at, urgent, tell_reporter, author, batch_id, wrapped_key,
                                   body, signature, record_batch_id, record_wrapped_key, record)
       SELECT gen_random_uuid(), $1, 'licensing', 'sent', now(), false, false, gen_random_uuid(), gen_random_uuid(), '\\x00',
              '\\x00', decode(repeat('00', 64), 'hex'), gen_random_uuid(), '\\x00', '\\x00'`,
      [id],
    ),
}

async function talked() {
  const reporter = await newReporter(service.base)
  await reporter.say('A fictional word.')
  const id = await staff.reportOf(reporter.keys.lookupId)
  await sade.call('PATCH', `/v1/triage/reports/${id}`, { version: 1, body: { status: 'screening' } })
  await sade.call('GET', `/v1/triage/reports/${id}/messages`)
  return { id, reporter }
}

for (const [why, keep] of Object.entries(ways)) {
  t.test(`kept for ${why}, neither a report nor its conversation goes`, async (t) => {
    const { id, reporter } = await talked()
    await mix()
    await keep(id)
    const purged = await purge(later(400))
    t.match(purged, { reports: 0, mailboxes: 0, kept: { [why]: 1 } })
    t.match(await purge(later(400), { dryRun: true }), { ...purged }, 'a dry run says the same')
    t.equal((await reporter.read()).messages.length, 1)
    await sade.call('GET', `/v1/triage/reports/${id}`)
    if (why === 'grace') t.match(purged.grace, { [onDay(409)]: 1 })

    await sql('DELETE FROM disseminations WHERE report_id = $1', [id])
    await sql('UPDATE reports SET legal_hold = false, pending = false, loosened_on = NULL WHERE id = $1', [
      id,
    ])
    if (why === 'proceedings') {
      await sql(`DELETE FROM casework WHERE report_id = $1 AND kind = 'case'`, [id])
    }
    t.match(await purge(later(400)), { reports: 1 }, 'and then it does')
  })
}

t.test('what was loosened goes once its grace is over', async (t) => {
  const { id } = await talked()
  await mix()
  await sql('UPDATE reports SET loosened_on = $2 WHERE id = $1', [id, onDay(380)])
  t.match(await purge(later(393)), { reports: 0, kept: { grace: 1 } })
  const { body } = await sade.call('GET', `/v1/triage/reports/${id}`)
  t.match(body, { purgeNotBefore: onDay(394) }, 'staff see until when')
  for (const accept of ['application/x-ndjson', 'text/csv']) {
    const exported = await service.inject({
      url: '/v1/triage/export',
      headers: { authorization: `Bearer ${token}`, accept },
    })
    const line = exported.body.split('\n').find((one) => one.includes(id))
    t.match(line, onDay(394), `so do exports, as ${accept}`)
  }
  t.match(await purge(later(394)), { reports: 1 })
})

t.test('what the list was made from is looked at again under the lock', async (t) => {
  const id = await reportFor(service, sade)
  await sade.call('PATCH', `/v1/triage/reports/${id}`, { version: 1, body: { status: 'screening' } })
  const judging = judgingOf(later(400))
  const [listed] = await pool.transaction((query) => dueReports(query, judging, 10, undefined))
  t.match(listed, { id, keptBy: null })
  const judged = () => pool.transaction((query) => takeReport(query, id, judging))
  t.match(await judged(), { keptBy: null, isDue: true })
  for (const [why, keep] of Object.entries(ways)) {
    if (why === 'proceedings') continue
    await keep(id)
    t.match(await judged(), { keptBy: why }, why)
    await sql('DELETE FROM disseminations WHERE report_id = $1', [id])
    await sql('UPDATE reports SET legal_hold = false, pending = false, loosened_on = NULL WHERE id = $1', [
      id,
    ])
  }
  await sql(`UPDATE reports SET review_group = '2' WHERE id = $1`, [id])
  t.match(await judged(), { isDue: false })
  await sql(`UPDATE reports SET review_group = 'unassessed', received_on = $2 WHERE id = $1`, [
    id,
    onDay(100),
  ])
  t.match(await judged(), { isDue: false })
  t.equal(await pool.transaction((query) => takeReport(query, randomUUID(), judging)), undefined)
  await sql('DELETE FROM casework WHERE report_id = $1', [id])
  await sql('DELETE FROM reports WHERE id = $1', [id])
})

t.test('unread words are never silence, in the box or out of it', async (t) => {
  const { reporter, id } = await talked()
  await sade.call('PATCH', `/v1/triage/reports/${id}`, { version: 2, body: { reviewGroup: '1' } })
  await mix()
  await reporter.say('One more fictional word, not read.')
  t.match(await purge(later(400)), { mailboxes: 0 })
  await mix()
  t.match(await purge(later(400)), { mailboxes: 0 })
  t.equal((await reporter.read()).messages.length, 2)
  await sade.call('GET', `/v1/triage/reports/${id}/messages`)
  t.match(await purge(later(400)), { mailboxes: 1 })
  t.equal((await reporter.call('')).status, 401)
})

t.test('a case that cannot be read now keeps its report, and stops nothing', async (t) => {
  const [unread, plain] = [await talked(), await talked()]
  for (const { id } of [unread, plain]) {
    await sade.call('PATCH', `/v1/triage/reports/${id}`, { version: 2, body: { deconfliction: 'clear' } })
  }
  await mix()
  await sql(`UPDATE casework SET body = '\\x00' WHERE report_id = $1 AND kind = 'case'`, [unread.id])
  t.match(await purge(later(400)), { reports: 1, kept: { unreadable: 1 } })
  await sql(`DELETE FROM casework WHERE report_id = $1 AND kind = 'case'`, [unread.id])
  t.match(await purge(later(400)), { reports: 1 })
})

t.test('a row that was put in beside it takes no neighbour along', async (t) => {
  const { id } = await talked()
  const neighbour = await reportFor(service, sade)
  await mix()
  await sade.call('PATCH', `/v1/triage/reports/${neighbour}`, { version: 1, body: { reviewGroup: '1' } })
  await sql(
    `INSERT INTO reporter_messages (id, report_id, mailbox_id, number, sent_on, batch_id, wrapped_key, body, signature, read)
     SELECT gen_random_uuid(), $1, gen_random_uuid(), 9, current_date, batch_id, '\\x00', '\\x00', decode(repeat('00', 64), 'hex'), true
       FROM reports WHERE id = $2`,
    [id, neighbour],
  )
  t.match(await purge(later(400)), { reports: 1 })
  await sade.call('GET', `/v1/triage/reports/${neighbour}`)
})

t.test(
  'under a hold a mailbox closes for its reporter, and the organisation keeps its copy until nothing keeps it',
  async (t) => {
    const held = await talked()
    const free = await talked()
    await mix()
    for (const { id, reporter } of [held, free]) {
      await staff.write(id, 'Thank you for writing.')
      await reporter.say('In the box still.')
      await sade.call('PATCH', `/v1/triage/reports/${id}`, { version: 2, body: { reviewGroup: '1' } })
    }
    await sql('UPDATE reports SET legal_hold = true WHERE id = $1', [held.id])
    const answers = []
    for (const { reporter } of [held, free]) {
      const ended = await reporter.end()
      const headers = Object.fromEntries(ended.headers)
      delete headers.date
      answers.push({ status: ended.status, headers, body: await ended.text() })
      const after = await reporter.call('')
      answers.push({ status: after.status, code: ((await after.json()) as { code: string }).code })
      t.equal((await reporter.say('Is anybody there?')).status, 401)
    }
    t.match(answers[0], { status: 204, body: '' })
    t.match(answers[1], { status: 401 })
    t.same(answers.slice(0, 2), answers.slice(2), 'nothing tells of the hold')

    const keysOf = async ({ id }: { id: string }) => {
      const mailboxes = `SELECT mailbox_id FROM reporter_messages WHERE report_id = $1
                       UNION SELECT mailbox_id FROM staff_messages WHERE report_id = $1
                       UNION SELECT mailbox_id FROM box_reporter_messages WHERE report_id = $1`
      return (await sql(`SELECT FROM listed_mailbox_batch_keys WHERE mailbox_id IN (${mailboxes})`, [id]))
        .length
    }
    const texts = async ({ id }: { id: string }) => {
      const { body } = await sade.call<{ ended: boolean; items: { text: string }[] }>(
        'GET',
        `/v1/triage/reports/${id}/messages`,
      )
      return { ended: body.ended, texts: body.items.map(({ text }) => text.split('\n')[0]) }
    }
    t.equal(await keysOf(held), 0, "the reporter's keys are destroyed")
    const all = ['A fictional word.', 'Thank you for writing.', 'In the box still.']
    t.same(await texts(held), { ended: true, texts: all })
    t.same(await texts(free), { ended: true, texts: [] })
    await mix()
    t.same(await texts(held), { ended: true, texts: all }, 'after mixing too')
    t.equal(await keysOf(held), 0)
    await sade.call('POST', `/v1/triage/reports/${held.id}/messages`, {
      body: { text: 'Are you there?' },
      expect: 410,
    })

    t.match(await purge(later(400)), { mailboxes: 0 })
    await sql('UPDATE reports SET legal_hold = false, loosened_on = $2 WHERE id = $1', [held.id, onDay(0)])
    t.match(await purge(later(13)), { mailboxes: 0 }, 'nor while it is in grace')
    t.match(await purge(later(14), { dryRun: true }), { mailboxes: 1 })
    t.match(await purge(later(14)), { mailboxes: 1 })
    t.same(await texts(held), { ended: true, texts: [] }, 'the hold is over: what the reporter ended ends')
    await sade.call('GET', `/v1/triage/reports/${held.id}`)
  },
)

t.end()
