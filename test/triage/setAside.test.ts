import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { admitReport } from '../../src/domain/acts/admission.ts'
import { mixBox } from '../../src/domain/mixing/mixBox.ts'
import { addDays, dayOf, parityOf } from '../../src/vocabulary/calendar.ts'
import { plain } from '../images/fixtures.ts'
import { newReporter, type Reporter } from '../mailbox/reporter.ts'
import { staffOf } from '../mailbox/staff.ts'
import { asSuperuser } from '../support/cluster.ts'
import { patientFetch } from '../support/patience.ts'
import { startTestService } from '../support/service.ts'
import { type Caller, callerWith } from '../support/staffApi.ts'
import { t } from '../support/suite.ts'

/** Two rows of one id, as somebody makes them who writes into the database. No function of intake's does. */

let now = new Date()
const clock = () => now
const service = await startTestService(t, { clock })
const { base, databaseUrl } = service
const staff = staffOf(t, service)
let supToken = await service.token('supervisor', { name: 'Sup' })
let sup = callerWith(service, supToken)
let tam = callerWith(service, await service.token('triager', { name: 'Tam' }))
/** Their tokens live for a day. */
async function moveClock(to: string): Promise<void> {
  now = new Date(to)
  supToken = await service.token('supervisor', { name: 'Sup' })
  sup = callerWith(service, supToken)
  tam = callerWith(service, await service.token('triager', { name: 'Tam' }))
}
const today = dayOf(now)
const jpeg = await plain(40, 30).jpeg().toBuffer()

const sql = <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> =>
  asSuperuser(databaseUrl, async (client) => (await client.query<Row>(text, values)).rows)

const boxes = {
  box_reports: { key: 'id', day: 'received_on' },
  box_mailboxes: { key: 'report_id', day: 'opened_on' },
  box_reporter_messages: { key: 'report_id', day: 'sent_on' },
  box_attachments: { key: 'report_id', day: 'received_on' },
} as const
type Box = keyof typeof boxes

/** Puts a copy of each of a report's rows into the other half of the box, with what was changed of it. */
async function twin(box: Box, reportId: string, changes: object = {}): Promise<void> {
  const { key, day } = boxes[box]
  await sql(
    `INSERT INTO ${box} SELECT (jsonb_populate_record(NULL::${box}, to_jsonb(b)
       || jsonb_build_object('parity', 1 - b.parity, '${day}', $2::text) || $3)).* FROM ${box} b WHERE b.${key} = $1`,
    [reportId, addDays(today, 1), changes],
  )
}

const forged = {
  restricted: false,
  category: 'other-serious-crime',
  body: `\\x${randomBytes(64).toString('hex')}`,
}

interface Listed {
  items: { id: string; category: string; priority?: string }[]
}
const listedBy = async (caller: Caller, query = '') =>
  (await caller.call<Listed>('GET', `/v1/triage/reports?limit=200${query}`)).body.items
const setAside = async () =>
  (await sup.call<{ items: { id: string; receivedOn: string }[] }>('GET', '/v1/triage/reports/set-aside'))
    .body.items

async function arrives(report: object): Promise<{ id: string; reporter: Reporter }> {
  const reporter = await newReporter(base, report)
  return { reporter, id: await staff.reportOf(reporter.keys.lookupId) }
}

const corruption = { subcategories: ['corruption'], narrative: 'A fictional officer sells fictional files.' }

for (const where of ['in the box', 'out of the box'] as const) {
  t.test(`a twin of a restricted report ${where} opens it to nobody, and stops nobody`, async (t) => {
    const { id, reporter } = await arrives(corruption)
    await reporter.say('From the reporter.')
    if (where === 'out of the box') {
      await staff.pool.transaction((query) => admitReport({ query, keyring: staff.keyring }, id))
      await sql(
        `INSERT INTO box_reports (parity, id, received_on, category, priority, lead_agency, support_agencies, restricted,
                                  batch_id, wrapped_key, body)
         SELECT $2, id, received_on, 'property-misuse', 1, lead_agency, '{}', false, batch_id, wrapped_key, $3
           FROM reports WHERE id = $1`,
        [id, 1 - parityOf(today), randomBytes(64)],
      )
    } else await twin('box_reports', id, forged)

    t.notOk(
      (await listedBy(tam)).some((row) => row.id === id),
      'no triager sees it',
    )
    await tam.call('GET', `/v1/triage/reports/${id}`, { expect: 404 })
    await tam.call('GET', `/v1/triage/reports/${id}/history`, { expect: 404 })
    await tam.call('POST', `/v1/triage/reports/${id}/notes`, { body: { text: 'Mine?' }, expect: 404 })
    const found = await tam.call<Listed>('POST', '/v1/triage/reports/search', { body: { q: 'fictional' } })
    t.notOk(found.body.items.some((row) => row.id === id))
    const stubs = (await listedBy(sup)).filter((row) => row.id === id)
    t.strictSame(
      stubs.map(({ category, priority }) => [category, priority]),
      [['other-serious-crime', undefined]],
      'supervisors see the one, as a stub',
    )
    const aside = await setAside()
    t.strictSame(
      aside.filter((row) => row.id === id).map(({ receivedOn }) => receivedOn),
      [where === 'in the box' ? addDays(today, 1) : today],
    )
    await tam.call('GET', '/v1/triage/reports/set-aside', { expect: 403 })
    t.match(await reporter.read(), { messages: [{ text: 'From the reporter.' }] })

    await staff.pool.transaction((query) => admitReport({ query, keyring: staff.keyring }, id))
    t.equal(
      (await sql('SELECT FROM box_reports WHERE id = $1', [id])).length,
      1,
      'the twin stays where it lies',
    )
    await sql('UPDATE reports SET restricted = false WHERE id = $1', [id])
    const { body } = await sup.call<{ report: { category: string }; version: number }>(
      'GET',
      `/v1/triage/reports/${id}`,
    )
    t.equal(body.report.category, 'other-serious-crime', 'who may see it opens the one that came')
    await sup.call('POST', `/v1/triage/reports/${id}/notes`, { body: { text: 'Read.' }, expect: 201 })
    const again = await sup.call<{ version: number }>('GET', `/v1/triage/reports/${id}`)
    await sup.call('PATCH', `/v1/triage/reports/${id}`, {
      body: { status: 'screening' },
      version: again.body.version,
    })
    t.equal((await sql('SELECT FROM reports WHERE id = $1', [id])).length, 1)
    const answer = await patientFetch(`${base}/v1/triage/export`, {
      headers: { authorization: `Bearer ${supToken}`, accept: 'application/x-ndjson' },
    })
    const lines = (await answer.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { id?: string; end?: boolean; count?: number; report?: object })
    t.match(
      lines.filter((line) => line.id === id),
      [{ category: 'other-serious-crime', report: { narrative: corruption.narrative } }],
      'an export holds the one that came, once',
    )
    t.match(lines.at(-1), { end: true, count: lines.length - 1 }, 'and comes to its end')
    t.ok(
      (await setAside()).some((row) => row.id === id),
      'the twin lies where it lay',
    )
  })
}

t.test('of what belongs to a mailbox, too, the first counts', async (t) => {
  const { id, reporter } = await arrives({})
  await reporter.say('The first.')
  t.equal((await reporter.attach(jpeg)).status, 201)
  const other = await arrives({})
  const keyed = { sealing_key: `\\x${randomBytes(32).toString('hex')}` }
  await twin('box_mailboxes', id, { ...keyed, id: '00000000-0000-4000-8000-00000000000a' })
  await twin('box_reporter_messages', id, { report_id: other.id, number: 7 })
  await twin('box_attachments', id, { report_id: other.id })
  await sql(
    `INSERT INTO box_batch_keys (parity, put_on, batch_id, kid, enc, ciphertext)
     SELECT 1 - parity, $1, batch_id, kid, enc, $2 FROM box_batch_keys ON CONFLICT DO NOTHING`,
    [addDays(today, 1), randomBytes(48)],
  )
  await sql(
    `INSERT INTO box_mailbox_batch_keys (parity, put_on, batch_id, mailbox_id, enc, ciphertext)
     SELECT 1 - parity, $1, batch_id, mailbox_id, enc, $2 FROM box_mailbox_batch_keys ON CONFLICT DO NOTHING`,
    [addDays(today, 1), randomBytes(48)],
  )
  const holds = async () => {
    t.match(await reporter.read(), {
      messages: [{ text: 'The first.', number: 1 }],
      attachments: [{ mediaType: 'image/jpeg' }],
    })
    const path = `/v1/triage/reports/${id}`
    const { body: said } = await sup.call<{ items: { text: string }[] }>('GET', `${path}/messages`)
    t.match(said.items, [{ text: 'The first.' }])
    const { body: images } = await sup.call<{ items: { id: string }[] }>('GET', `${path}/attachments`)
    t.equal(images.items.length, 1)
    const { body: others } = await sup.call<{ items: unknown[] }>(
      'GET',
      `/v1/triage/reports/${other.id}/attachments`,
    )
    t.strictSame(others.items, [])
    return images.items[0]?.id ?? ''
  }
  const image = await holds()
  await sup.call('POST', `/v1/triage/reports/${id}/attachments/${image}/quarantine`)
  await sup.call('POST', `/v1/triage/reports/${id}/notes`, { body: { text: 'Out of the box.' }, expect: 201 })
  await holds()
  t.equal((await reporter.say('And another.')).status, 201)
})

t.test('the mixing moves the first and sets the other aside, whichever half it comes to first', async (t) => {
  const { id, reporter } = await arrives({})
  await reporter.say('Still there.')
  await twin('box_reports', id, forged)
  await twin('box_mailboxes', id, {
    lookup_id: `\\x${randomBytes(32).toString('hex')}`,
    id: '00000000-0000-4000-8000-00000000000b',
  })
  // The half with the twin ends first: its day was yesterday, while triage did not mix the one before.
  const deps = { pool: staff.pool, keyring: staff.keyring, clock, interval: 0 }
  await moveClock(`${addDays(today, 2)}T01:00:00Z`)
  const outcome = await mixBox(deps)
  t.match(outcome, { state: 'mixed' })
  t.equal((await sql('SELECT FROM reports WHERE id = $1', [id])).length, 0, 'the twin is not in its place')
  t.ok(
    (await setAside()).some((row) => row.id === id),
    'supervisors see it still',
  )
  t.ok((await listedBy(tam)).some((row) => row.id === id))
  await moveClock(`${addDays(today, 3)}T01:00:00Z`)
  t.match(await mixBox(deps), { state: 'mixed', emptied: true })
  t.equal((await sql('SELECT FROM box_reports')).length, 0)
  const { body } = await sup.call<{ report: { category: string } }>('GET', `/v1/triage/reports/${id}`)
  t.equal(body.report.category, 'other-serious-crime')
  t.match(await reporter.read(), { messages: [{ text: 'Still there.' }] })
  t.strictSame(
    await sql('SELECT report_id AS id FROM mailboxes WHERE report_id = $1', [id]),
    [{ id }],
    'with its own mailbox alone',
  )
})

t.test('supervisors page through what was set aside, in the box and moved from it', async (t) => {
  const many = await Promise.all(Array.from({ length: 5 }, () => arrives({})))
  for (const { id } of many) await twin('box_reports', id, forged)
  const all = await setAside()
  t.ok(all.length >= 8)
  const paged: unknown[] = []
  let cursor = ''
  do {
    const { body } = await sup.call<{ items: unknown[]; nextCursor?: string }>(
      'GET',
      `/v1/triage/reports/set-aside?limit=2${cursor && `&cursor=${cursor}`}`,
    )
    paged.push(...body.items)
    cursor = body.nextCursor ?? ''
  } while (cursor !== '')
  t.strictSame(paged, all)
  for (const { receivedOn } of all) t.match(receivedOn, /^\d{4}-\d\d-\d\d$/)
  const [row] = many
  await sql(`UPDATE box_reports SET category = category WHERE id = $1`, [row?.id])
  await staff.pool.transaction((query) => admitReport({ query, keyring: staff.keyring }, row?.id ?? ''))
  await sql(`UPDATE reports SET conflict_of_interest = '{licensing}' WHERE id = $1`, [row?.id])
  const lic = callerWith(service, await service.token('supervisor', { agency: 'licensing' }))
  const { body } = await lic.call<{ items: { id: string }[] }>('GET', '/v1/triage/reports/set-aside')
  t.equal(body.items.length, all.length - 1, 'not whose agency may not know of the report')
})

t.test('no line of the log came while they were met', (t) => {
  t.same(service.logLines, [])
  t.end()
})

t.end()
