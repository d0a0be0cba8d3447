import { randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { readKeyringFile } from '../../src/crypto/keyring.ts'
import { auditTrail } from '../../src/domain/audit/trail.ts'
import { mixBox } from '../../src/domain/mixing/mixBox.ts'
import { eraseByLaw } from '../../src/domain/retention/erasure.ts'
import { shareOf } from '../../src/domain/retention/purge.ts'
import { afterMixing } from '../../src/jobs/afterMixing.ts'
import { createLog } from '../../src/log.ts'
import type { Erasure } from '../../src/schemas/erasure.ts'
import { openPool } from '../../src/storage/pool.ts'
import { newReporter } from '../mailbox/reporter.ts'
import { staffOf } from '../mailbox/staff.ts'
import { asSuperuser } from '../support/cluster.ts'
import { startTestService } from '../support/service.ts'
import { callerWith, reportFor } from '../support/staffApi.ts'
import { t } from '../support/suite.ts'

/** What a court or the law demands is erased in the coming night, by two supervisors and nobody less. */

const service = await startTestService(t)
const pool = openPool(service.databaseUrl, 'sotto_triage', 3)
t.after(() => pool.close())
const keyring = readKeyringFile(service.keyringFile)
const clock = () => new Date()
const audit = auditTrail(pool, keyring, clock)
const deps = { pool, keyring, audit, clock, periods: { unassessedDays: 365, graceDays: 14 } }
const staff = staffOf(t, service)
const staffMember = async (role: 'supervisor' | 'triager' | 'auditor', name: string) =>
  callerWith(service, await service.token(role, { name }))
const sade = await staffMember('supervisor', 'Sade')
const sadeToo = await staffMember('supervisor', 'SADE')
const sam = await staffMember('supervisor', 'Sam')
const tam = await staffMember('triager', 'Tam')
const pat = await staffMember('auditor', 'Pat')
const sql = (text: string, values: unknown[] = []) =>
  asSuperuser(service.databaseUrl, async (client) => (await client.query(text, values)).rows)

const demand = (ground = 'court-order') => ({
  ground,
  reference: 'Order 118',
  reason: 'As the court orders.',
})
const pathOf = (id: string) => `/v1/triage/reports/${id}/erasure`

/** Every table that names the report, and where nothing of it may be left. */
async function leftOf(id: string): Promise<Record<string, number>> {
  const columns = await sql(
    `SELECT c.relname AS t, a.attname AS c FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
        AND NOT a.attisdropped AND c.relname <> 'audit_records'
        AND (a.attname IN ('report_id', 'first', 'second') OR (c.relname IN ('reports', 'box_reports') AND a.attname = 'id'))`,
  )
  const left: Record<string, number> = {}
  for (const { t: table, c: column } of columns) {
    const [{ n }] = await sql(`SELECT count(*)::integer AS n FROM ${table} WHERE ${column} = $1`, [id])
    if (n > 0) left[`${table}.${column}`] = n
  }
  const [{ n }] = await sql('SELECT count(*)::integer AS n FROM unplaced_rows WHERE content::text LIKE $1', [
    `%${id}%`,
  ])
  return n > 0 ? { ...left, unplaced_rows: n } : left
}

t.test('two supervisors have everything of a report erased in the coming night', async (t) => {
  const phone = { entities: [{ kind: 'phone' as const, number: '07700 900123' }] }
  const reporter = await newReporter(service.base, phone)
  await reporter.say('A fictional word.')
  await reporter.attach(
    await sharp({ create: { width: 20, height: 20, channels: 3, background: '#345678' } })
      .jpeg()
      .toBuffer(),
  )
  const neighbour = await newReporter(service.base, phone)
  const id = await staff.reportOf(reporter.keys.lookupId)
  await mixBox({ pool, keyring, clock, interval: 0 }, { includeToday: true })
  await reporter.say('One more, in the box still.')
  await sade.call('POST', `/v1/triage/reports/${id}/notes`, { body: { text: 'A note' }, expect: 201 })
  await staff.write(id, 'Thank you for writing.')
  await sql('UPDATE reports SET loosened_on = current_date WHERE id = $1', [id])
  // Twins of it, as a mixing sets them aside.
  for (const [source, of] of [
    ['box_reports', 'id'],
    ['box_reporter_messages', 'report_id'],
    ['box_attachments', 'report_id'],
  ]) {
    await sql(
      `INSERT INTO unplaced_rows (source, found_on, content)
       SELECT $2, current_date, to_jsonb(r) - 'body' FROM ${source?.replace('box_', '')} r WHERE ${of} = $1`,
      [id, source],
    )
  }
  t.ok((await leftOf(id)).unplaced_rows)

  const key = randomUUID()
  const request = { body: demand(), headers: { 'idempotency-key': key }, expect: 201 }
  const first = await sade.call<Erasure>('POST', pathOf(id), request)
  t.equal(first.headers.get('location'), pathOf(id))
  t.equal(first.headers.get('etag'), '"1"')
  t.match(first.body, { id, status: 'requested', requestedBy: { name: 'Sade' }, ...demand() })
  t.notOk(first.body.decidedBy)
  const again = await sade.call('POST', pathOf(id), request)
  t.equal(again.headers.get('idempotency-replayed'), 'true')
  t.equal((await sam.call('POST', pathOf(id), { body: demand(), expect: 409 })).code, 'conflict')
  t.same(await eraseByLaw(deps), { reports: 0, held: 0 }, 'nothing goes before it is approved')

  for (const caller of [sade, sadeToo]) {
    t.equal((await caller.call('POST', `${pathOf(id)}/approval`, { expect: 403 })).code, 'four-eyes')
  }
  for (const caller of [tam, pat]) {
    await caller.call('POST', pathOf(id), { body: demand(), expect: 403 })
    await caller.call('POST', `${pathOf(id)}/approval`, { expect: 403 })
  }
  const approved = await sam.call<Erasure>('POST', `${pathOf(id)}/approval`)
  t.match(approved.body, { status: 'approved', version: 2, decidedBy: { name: 'Sam' } })
  t.same(
    (await sam.call('POST', `${pathOf(id)}/approval`, { body: {} })).body,
    approved.body,
    'the same again',
  )
  t.same((await sade.call('GET', pathOf(id))).body, approved.body)

  const events = await tam.call<{ items: { kind: string; report: string }[] }>('GET', '/v1/triage/events', {
    headers: { accept: 'application/json' },
  })
  const kinds = events.body.items.filter(({ report }) => report === id).map(({ kind }) => kind)
  t.match(kinds, ['note-added', 'erasure-requested', 'erasure-approved'])

  await sql('UPDATE night_watch SET last_night = current_date - 400')
  const lines: string[] = []
  const log = createLog('info', { write: (line: string) => lines.push(line) })
  await afterMixing({ ...deps, log }, clock().toISOString().slice(0, 10))
  t.match(lines.join(), /erased by law/, 'though the clock is in doubt')
  await sql('UPDATE night_watch SET last_night = NULL, steady_nights = 7')
  t.same(await leftOf(id), { 'events.report_id': 1 }, 'nothing but that it was erased')
  t.match(await sql('SELECT kind FROM events WHERE report_id = $1', [id]), [{ kind: 'report-erased' }])
  t.equal((await reporter.call('')).status, 401)
  await sade.call('GET', `/v1/triage/reports/${id}`, { expect: 404 })
  await sade.call('GET', `/v1/triage/reports/${await staff.reportOf(neighbour.keys.lookupId)}`)
  t.equal((await neighbour.call('')).status, 200)
  const records = await sql(
    `SELECT action, target, reason_batch_id IS NULL OR NOT EXISTS (SELECT FROM batch_keys k WHERE k.batch_id = reason_batch_id)
              AS forgotten FROM audit_records WHERE report_id = $1 ORDER BY seq`,
    [id],
  )
  t.match(records.at(-1), { action: 'erasure', target: `report/${id}/by-law` })
  t.ok(records.every(({ forgotten }) => forgotten))
})

t.test('what the law demands knows no share of a night, however much it is', async (t) => {
  const ids: string[] = []
  for (let count = 0; count < shareOf(0) + 3; count += 1) {
    const id = await reportFor(service, tam)
    await sade.call('POST', pathOf(id), { body: demand('unlawful'), expect: 201 })
    await sam.call('POST', `${pathOf(id)}/approval`)
    ids.push(id)
  }
  t.match(await eraseByLaw(deps), { reports: ids.length, held: 0 })
  t.same(await sql('SELECT id FROM listed_reports WHERE id = ANY ($1)', [ids]), [])
})

t.test('under a hold or known proceedings only a court order erases', async (t) => {
  const worked = async (body: object) => {
    const id = await reportFor(service, sade)
    await sade.call('PATCH', `/v1/triage/reports/${id}`, { version: 1, body })
    return id
  }
  for (const body of [{ legalHold: true }, { proceedingsKnown: true }]) {
    const id = await worked(body)
    for (const ground of ['subject-erasure', 'unlawful']) {
      t.equal((await sade.call('POST', pathOf(id), { body: demand(ground), expect: 409 })).code, 'conflict')
    }
    await sade.call('POST', pathOf(id), { body: demand(), expect: 201 })
    await sam.call('POST', `${pathOf(id)}/approval`)
    t.same(await eraseByLaw(deps, { dryRun: true }), { reports: 1, held: 0 })
    t.same(await eraseByLaw(deps), { reports: 1, held: 0 })
  }
  const late = await worked({ status: 'screening' })
  await sade.call('POST', pathOf(late), { body: demand('unlawful'), expect: 201 })
  await sade.call('PATCH', `/v1/triage/reports/${late}`, { version: 2, body: { legalHold: true } })
  t.equal((await sam.call('POST', `${pathOf(late)}/approval`, { expect: 409 })).code, 'conflict')
  await sql('UPDATE reports SET legal_hold = false WHERE id = $1', [late])
  await sam.call('POST', `${pathOf(late)}/approval`)
  await sql('UPDATE reports SET legal_hold = true WHERE id = $1', [late])
  t.same(await eraseByLaw(deps), { reports: 0, held: 1 }, 'a hold that came after the approval counts too')
  await sql('UPDATE reports SET legal_hold = false WHERE id = $1', [late])
  t.same(await eraseByLaw(deps), { reports: 1, held: 0 })
})

t.test('either supervisor withdraws it until the night, and it can be demanded anew', async (t) => {
  const id = await reportFor(service, sade)
  await sade.call('GET', pathOf(id), { expect: 404 })
  await sam.call('POST', `${pathOf(id)}/approval`, { expect: 404 })
  await sade.call('POST', pathOf(id), { body: demand('subject-erasure'), expect: 201 })
  await sam.call('POST', `${pathOf(id)}/approval`)
  await sade.call('DELETE', pathOf(id), { expect: 204 })
  await sam.call('DELETE', pathOf(id), { expect: 204 })
  t.same(await eraseByLaw(deps), { reports: 0, held: 0 })
  t.match((await sade.call('GET', pathOf(id))).body, { status: 'withdrawn' })
  await sam.call('POST', `${pathOf(id)}/approval`, { expect: 409 })
  t.match((await sam.call('POST', pathOf(id), { body: demand(), expect: 201 })).body, { version: 4 })
  t.equal((await sam.call('POST', `${pathOf(id)}/approval`, { expect: 403 })).code, 'four-eyes')
})

t.test('what was put in behind the service’s back erases nothing', async (t) => {
  const id = await reportFor(service, sade)
  await sade.call('POST', pathOf(id), { body: demand(), expect: 201 })
  await sql(
    `INSERT INTO casework (kind, id, version, report_id, author, written_at, batch_id, wrapped_key, body, signature)
     SELECT kind, id, 2, report_id, gen_random_uuid(), written_at, batch_id, wrapped_key, body, signature
       FROM casework WHERE kind = 'erasure' AND id = $1`,
    [id],
  )
  t.same(await eraseByLaw(deps), { reports: 0, held: 0 })
})

t.end()
