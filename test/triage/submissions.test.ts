import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { readKeyringFile } from '../../src/crypto/keyring.ts'
import { auditTrail } from '../../src/domain/audit/trail.ts'
import { eraseByLaw } from '../../src/domain/retention/erasure.ts'
import { purge } from '../../src/domain/retention/purge.ts'
import type {
  OpenedSubmission,
  Submission,
  SubmissionAccepted,
  Submitter,
} from '../../src/schemas/submissions.ts'
import type { OpenedReport, ReportSummary } from '../../src/schemas/triage.ts'
import { openPool } from '../../src/storage/pool.ts'
import { eventKinds } from '../../src/vocabulary/eventKinds.ts'
import { plain } from '../images/fixtures.ts'
import { asSuperuser } from '../support/cluster.ts'
import { sampleReport } from '../support/reports.ts'
import { startTestService } from '../support/service.ts'
import { byTwo, type Caller, callerWith, reportFor } from '../support/staffApi.ts'
import { t } from '../support/suite.ts'
import { startReceiver } from '../webhooks/receiver.ts'

const receiver = await startReceiver(t)
const service = await startTestService(t, {
  environment: { WEBHOOK_ALLOW: `127.0.0.1:${receiver.port}` },
  delivering: { pause: 50 },
})
const tam = callerWith(service, await service.token('triager', { name: 'Tam' }))
const sade = callerWith(service, await service.token('supervisor', { name: 'Sade' }))
const bea = callerWith(service, await service.token('supervisor', { name: 'Bea' }))
const admin = callerWith(service, await service.token('admin'))
await admin.call('POST', '/v1/triage/agencies', {
  body: { slug: 'harbour-care', name: 'Harbour Care', kind: 'provider' },
  expect: 201,
})
const tokenOf = (agency: string, name?: string) => service.token('partner', { agency, ...(name && { name }) })
const worker = callerWith(service, await tokenOf('harbour-care', 'Philippa Quillfeather'))
const colleague = callerWith(service, await tokenOf('harbour-care'))
const stranger = callerWith(service, await tokenOf('licensing'))

const list = '/v1/partner/submissions'
const source = {
  basis: 'told-by-a-person',
  protect: true,
  note: 'Zebedee told me at the drop-in.',
  contact: 'pq@harbour.example, 07700 900461',
} as const

async function submit(caller: Caller, more: object = {}, of: object = {}): Promise<SubmissionAccepted> {
  const body = { ...sampleReport(), ...more, source: { ...source, ...of } }
  return (await caller.call<SubmissionAccepted>('POST', list, { body, expect: 201 })).body
}

/** A submission with the report that it became. */
async function submitted(caller: Caller, more: object = {}, of: object = {}) {
  const idsOf = async () =>
    (
      await tam.call<{ items: ReportSummary[] }>('GET', '/v1/triage/reports?origin=partner&limit=200')
    ).body.items.map(({ id }) => id)
  const before = await idsOf()
  const { id } = await submit(caller, more, of)
  const report = (await idsOf()).find((one) => !before.includes(one)) ?? ''
  return { id, one: `${list}/${id}`, report, path: `/v1/triage/reports/${report}` }
}

async function grade(path: string): Promise<void> {
  await tam.call('PATCH', path, { version: 1, body: { status: 'screening' } })
  await tam.call('PATCH', path, { version: 2, body: { status: 'sanitising' } })
  await tam.call('PUT', `${path}/assessment`, { version: 0, body: { rationale: 'Because' } })
  await tam.call('PATCH', path, { version: 3, body: { status: 'graded' } })
}

async function ask(path: string, text: string): Promise<void> {
  const { body } = await tam.call<{ id: string }>('POST', `${path}/messages`, { body: { text }, expect: 201 })
  await sade.call('POST', `${path}/messages/${body.id}/approval`, { version: 1, body: { approved: true } })
}

function product(agency: string, item: string) {
  return {
    agency,
    items: [item],
    gateway: 'cda-1998-s115',
    basis: 'ukgdpr-public-task',
    necessity: 'Power.',
    proportionality: 'Less.',
    purpose: 'To inspect.',
    leadOrInformation: 'lead',
  }
}

t.test('a provider shares something in, triage asks, the provider answers', async (t) => {
  const draft = { ...sampleReport(), source }
  const check = await worker.call('POST', `${list}/check`, { body: draft })
  t.match(check.body, { warnings: Array, signposts: Array, notice: /999.*101.*no referral/s })
  const narrative = 'One of our clients told me that boxes come at night to the shop.'
  const told = { body: { ...sampleReport(), narrative, source } }
  t.match((await worker.call('POST', `${list}/check`, told)).body, {
    warnings: [{ code: 'who-told', pointer: '/narrative', start: 0 }],
  })
  const key = randomUUID()
  const sent = await worker.call<SubmissionAccepted>('POST', list, {
    body: draft,
    headers: { 'idempotency-key': key },
    expect: 201,
  })
  const again = await worker.call('POST', list, {
    body: draft,
    headers: { 'idempotency-key': key },
    expect: 201,
  })
  t.equal(again.headers.get('idempotency-replayed'), 'true')
  t.strictSame(again.body, sent.body)
  t.equal(sent.headers.get('location'), `${list}/${sent.body.id}`)
  t.notMatch(JSON.stringify(Object.keys(sent.body)), /receipt|report/i, 'nothing that leads to a report')

  const { items } = (await tam.call<{ items: ReportSummary[] }>('GET', '/v1/triage/reports?origin=partner'))
    .body
  t.match(items, [{ origin: 'partner', originAgency: 'harbour-care', status: 'received' }])
  const path = `/v1/triage/reports/${items[0]?.id}`
  const { report, proposals, source: known } = (await tam.call<OpenedReport>('GET', path)).body
  t.strictSame(report, sampleReport(), 'what was sent reads back as it was')
  t.strictSame(known, { basis: 'told-by-a-person', protect: true })
  t.match(
    proposals.find(({ field }) => field === 'grade'),
    { value: '1C-C' },
  )

  await ask(path, 'Is anybody hurt? Please say what you can.')
  const one = `${list}/${sent.body.id}`
  t.match((await worker.call<OpenedSubmission>('GET', one)).body, {
    id: sent.body.id,
    status: 'received',
    mine: true,
    asked: true,
    messages: [{ from: 'staff', text: /Is anybody hurt/ }],
  })
  await worker.call('POST', `${one}/messages`, { body: { text: 'Nobody that we know of.' }, expect: 201 })
  t.match((await worker.call('GET', list)).body, { items: [{ id: sent.body.id, asked: false }] })
  const image = await fetch(`${service.base}${one}/attachments`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await tokenOf('harbour-care', 'Philippa Quillfeather')}`,
      'content-type': 'image/png',
    },
    body: new Uint8Array(await plain(40, 30).png().toBuffer()),
  })
  t.equal(image.status, 201)
  const conversation = await tam.call<{ items: { from: string; text: string }[] }>('GET', `${path}/messages`)
  t.match(conversation.body.items, [{ from: 'staff' }, { from: 'reporter', text: 'Nobody that we know of.' }])
  t.match((await tam.call('GET', `${path}/attachments`)).body, { items: [{ mediaType: 'image/png' }] })
})

t.test('only its own agency, and there only who submitted it, sees a submission', async (t) => {
  const own = await submitted(worker)
  const shared = await submitted(worker, {}, { shareWithAgency: true })
  const idsSeenBy = async (caller: Caller) =>
    (await caller.call<{ items: Submission[] }>('GET', list)).body.items.map(({ id }) => id)
  t.ok((await idsSeenBy(worker)).includes(own.id))
  t.strictSame(await idsSeenBy(colleague), [shared.id])
  t.strictSame(await idsSeenBy(stranger), [])
  await colleague.call('GET', own.one, { expect: 404 })
  await stranger.call('GET', shared.one, { expect: 404 })
  t.match((await colleague.call('GET', shared.one)).body, { mine: false })
  await colleague.call('POST', `${shared.one}/messages`, { body: { text: 'I take over.' }, expect: 403 })
  await colleague.call('DELETE', shared.one, { expect: 403 })

  const pool = openPool(service.databaseUrl, 'sotto_partner', 1)
  t.teardown(() => pool.close())
  const seen = await pool.transaction(async (query) => {
    await query({ name: 'as', text: `SELECT set_config('sotto.agency', 'licensing', true)`, values: [] })
    return query({ name: 'rows', text: 'SELECT id FROM submissions', values: [] })
  })
  t.strictSame(seen, [], 'nor does its connection')
  for (const column of ['report_id', 'submitter'])
    await t.rejects(
      pool.query({ name: column, text: `SELECT ${column} FROM submissions`, values: [] }),
      column,
    )
})

t.test('a provider has nothing else', async () => {
  await worker.call('GET', '/v1/partner/disseminations', { expect: 403 })
  await stranger.call('GET', '/v1/partner/disseminations')
  const { path } = await submitted(worker)
  await tam.call('PATCH', path, { version: 1, body: { leadAgency: 'harbour-care' }, expect: 400 })
})

t.test('who submitted it opens with a reason alone, and is recorded', async (t) => {
  const { report, path } = await submitted(worker)
  await tam.call('GET', `${path}/submitter`, { expect: 400 })
  const opened = await tam.call<Submitter>('GET', `${path}/submitter`, {
    headers: { 'audit-reason': 'To ring her' },
  })
  t.match(opened.body, {
    name: 'Philippa Quillfeather',
    agency: 'harbour-care',
    contact: source.contact,
    source,
  })
  const targets = await asSuperuser(service.databaseUrl, (client) =>
    client.query(`SELECT actor, target, reason_body FROM audit_records WHERE target LIKE '%/submitter'`),
  )
  t.match(targets.rows, [{ target: `report/${report}/submitter`, reason_body: Buffer }])
  const publicly = await reportFor(service, tam)
  await tam.call('GET', `/v1/triage/reports/${publicly}/submitter`, {
    headers: { 'audit-reason': 'To look' },
    expect: 404,
  })
  const item = {
    title: 'From Philippa',
    text: 'Call 07700 900461.',
    kind: 'fact',
    grade: { source: 1, intelligence: 'C', handling: 'C' },
  }
  const written = await tam.call('POST', `${path}/items`, { body: item, expect: 201 })
  t.match(written.body, {
    warnings: [
      { code: 'names-submitter', pointer: '/title', start: 5, end: 13 },
      { code: 'names-submitter', pointer: '/text' },
    ],
  })
  t.notMatch(JSON.stringify(written.body), /Quillfeather|pq@/, 'and not what')
  const compared = await asSuperuser(service.databaseUrl, (client) =>
    client.query(`SELECT actor FROM audit_records WHERE target = $1`, [
      `report/${report}/submitter/compared`,
    ]),
  )
  t.equal(compared.rowCount, 1, 'whoever tries names is on record')
})

t.test(
  'who must be protected is in nothing that is approved or sent, and others by a warning alone',
  async (t) => {
    const itemOf = async (path: string, words: object) => {
      const grade = { source: 1, intelligence: 'C', handling: 'C' }
      const body = { title: 'Goods', text: 'Boxes come at night.', kind: 'fact', grade, ...words }
      const { id } = (await tam.call<{ id: string }>('POST', `${path}/items`, { body, expect: 201 })).body
      const approve = (expect: number, more: object = {}) =>
        sade.call('POST', `${path}/items/${id}/approval`, {
          version: 1,
          body: { approved: true, ...more },
          expect,
        })
      return { id, approve }
    }
    const { path } = await submitted(worker)
    const reason = 'Somebody else of that name'
    for (const words of [
      { text: 'quillfeather, PHILIPPA said so.' },
      { title: 'Ring 07700 900461' },
      {
        grade: {
          source: 1,
          intelligence: 'C',
          handling: 'C',
          conditions: [{ kind: 'contact-originator', text: 'pq@harbour.example' }],
        },
      },
    ])
      await (await itemOf(path, words)).approve(409, { reason })
    const namesake = await itemOf(path, { text: 'One Philippa Stonecroft runs it.' })
    await namesake.approve(409)
    await namesake.approve(200, { reason })
    await tam.call('PATCH', path, { version: 1, body: { status: 'screening' } })
    await tam.call('PATCH', path, { version: 2, body: { status: 'sanitising' } })
    await tam.call('PUT', `${path}/assessment`, { version: 0, body: { rationale: 'Because' } })
    await tam.call('PATCH', path, { version: 3, body: { status: 'graded' } })
    await sade.call('PATCH', path, { version: 4, body: { status: 'approved' } })
    const send = (purpose: string, expect: number) =>
      sade.call('POST', `${path}/disseminations`, {
        body: { ...product('licensing', namesake.id), purpose },
        expect,
      })
    const compared = () =>
      asSuperuser(service.databaseUrl, (client) =>
        client.query('SELECT actor FROM audit_records WHERE target = $1', [
          `${path.replace('/v1/triage/reports', 'report')}/submitter/compared`,
        ]),
      )
    const before = (await compared()).rows.length
    await send('Philippa Quillfeather asks you to inspect.', 409)
    t.equal((await compared()).rows.length, before + 1, 'whoever tries names in a purpose is on record')
    await send('To inspect.', 201)

    const open = await submitted(worker, {}, { protect: false })
    await (await itemOf(open.path, { text: 'Philippa Quillfeather said so.' })).approve(200)
  },
)

t.test(
  'a hold keeps it, the purge and the law destroy all of it, and who submitted it with it',
  async (t) => {
    const pool = openPool(service.databaseUrl, 'sotto_triage', 2)
    t.teardown(() => pool.close())
    const keyring = readKeyringFile(service.keyringFile)
    const clock = () => new Date()
    const audit = auditTrail(pool, keyring, clock)
    const deps = { pool, keyring, audit, clock, periods: { unassessedDays: 365, graceDays: 14 } }
    const [silent, held, demanded] = [
      await submitted(worker),
      await submitted(worker),
      await submitted(worker),
    ]
    await tam.call('PATCH', silent.path, { version: 1, body: { status: 'screening' } })
    await tam.call('PATCH', held.path, { version: 1, body: { legalHold: true } })
    const demand = { ground: 'court-order', reference: 'Order 118', reason: 'As the court orders.' }
    await sade.call('POST', `${demanded.path}/erasure`, { body: demand, expect: 201 })
    await bea.call('POST', `${demanded.path}/erasure/approval`)
    await eraseByLaw(deps)
    const later = () => new Date(Date.now() + 370 * 86_400_000)
    await purge({ ...deps, clock: later })
    const left = await asSuperuser(service.databaseUrl, (client) =>
      client.query('SELECT id FROM submissions WHERE id = ANY ($1)', [[silent.id, held.id, demanded.id]]),
    )
    t.strictSame(left.rows, [{ id: held.id }])
    for (const { one, path } of [silent, demanded]) {
      await worker.call('GET', one, { expect: 404 })
      await tam.call('GET', `${path}/submitter`, { headers: { 'audit-reason': 'To look' }, expect: 404 })
    }
    await worker.call('GET', held.one)
  },
)

t.test('it is taken back until it is graded, unless something keeps it', async (t) => {
  const early = await submitted(worker)
  await worker.call('DELETE', early.one, { expect: 204 })
  await worker.call('GET', early.one, { expect: 404 })
  await tam.call('GET', early.path, { expect: 404 })

  const held = await submitted(worker)
  await tam.call('PATCH', held.path, { version: 1, body: { legalHold: true } })
  await worker.call('DELETE', held.one, { expect: 204 })
  await worker.call('GET', held.one, { expect: 404 })
  await tam.call('GET', held.path)
  await tam.call('GET', `${held.path}/submitter`, { headers: { 'audit-reason': 'Held' } })

  const graded = await submitted(worker)
  await grade(graded.path)
  t.equal((await worker.call('DELETE', graded.one, { expect: 409 })).code, 'conflict')
})

t.test(
  'an agency in conflict with what it submitted itself is told nothing more, and cannot notice it',
  async (t) => {
    const { id, one, path } = await submitted(stranger)
    const versionNow = async (at: string) => (await sade.call<OpenedReport>('GET', at)).body.version
    const isInConflict = async (at: string, conflictOfInterest: string[]) =>
      byTwo([sade, bea], at, await versionNow(at), { conflictOfInterest })
    const seen = async () => [
      (await stranger.call('GET', one)).body,
      (await stranger.call('GET', `${one}/messages`)).body,
      (await stranger.call<{ items: Submission[] }>('GET', list)).body.items.find((item) => item.id === id),
      (await stranger.call('DELETE', one, { expect: 409 })).body,
    ]
    await grade(path)
    await ask(path, 'Who else knows of this?')
    const { body: draft } = await tam.call<{ id: string }>('POST', `${path}/messages`, {
      body: { text: 'How do you know?' },
      expect: 201,
    })
    const closing = { status: 'closed', closeReason: 'no-further-action', reason: 'Nothing to do.' }
    await tam.call('PATCH', path, { version: await versionNow(path), body: closing })
    const before = await seen()
    t.match(before[0], { status: 'closed', asked: true, messages: [{ from: 'staff' }] })
    await isInConflict(path, ['licensing'])
    t.strictSame(await seen(), before)

    const approval = `${path}/messages/${draft.id}/approval`
    const told = [
      await sade.call('POST', approval, { version: 1, body: { approved: true }, expect: 409 }),
      await tam.call('POST', `${path}/messages`, { body: { text: 'And who else?' }, expect: 409 }),
    ]
    for (const { code, body } of told) {
      t.equal(code, 'conflict')
      t.match(body, { detail: /agency that submitted it has a conflict of interest/ })
    }
    await tam.call('PATCH', path, { version: await versionNow(path), body: { status: 'screening' } })
    t.strictSame(await seen(), before, 'nor that it goes on')
    await stranger.call('POST', `${one}/messages`, { body: { text: 'Nobody.' }, expect: 201 })
    t.match((await stranger.call('GET', one)).body, { asked: false, messages: { length: 2 } })
    await isInConflict(path, [])
    t.match(
      (await stranger.call('GET', one)).body,
      { status: 'reviewed' },
      'it holds for as long as the conflict',
    )
    await sade.call('POST', approval, { version: 1, body: { approved: true } })

    const early = await submitted(stranger)
    await isInConflict(early.path, ['licensing'])
    t.match((await stranger.call('GET', early.one)).body, { status: 'received' })
    const at = await versionNow(early.path)
    await tam.call('PATCH', early.path, { version: at, body: { status: 'screening' } })
    await tam.call('PATCH', early.path, { version: at + 1, body: { status: 'sanitising' } })
    await tam.call('PUT', `${early.path}/assessment`, { version: 0, body: { rationale: 'Because' } })
    await tam.call('PATCH', early.path, { version: at + 2, body: { status: 'graded' } })
    t.match((await stranger.call('GET', early.one)).body, { status: 'reviewed' })
    await stranger.call('DELETE', early.one, { expect: 204 })
    await sade.call('GET', early.path)
  },
)

t.test(
  'of a conflict from before that was kept the agency is told the less, and triage keeps its copy',
  async (t) => {
    const { one, path } = await submitted(stranger)
    await grade(path)
    await ask(path, 'Who else knows of this?')
    const { version } = (await sade.call<OpenedReport>('GET', path)).body
    await byTwo([sade, bea], path, version, { conflictOfInterest: ['licensing'] })
    await asSuperuser(service.databaseUrl, (client) =>
      client.query(
        `UPDATE submissions SET told_status = NULL, told_graded = NULL
                   WHERE report_id = (SELECT id FROM reports WHERE id = $1)`,
        [path.split('/').at(-1)],
      ),
    )
    await stranger.call('POST', `${one}/messages`, { body: { text: 'There is more.' }, expect: 201 })
    const own = [{ from: 'reporter', text: 'There is more.' }]
    t.match((await stranger.call('GET', one)).body, { status: 'reviewed', asked: false, messages: own })
    t.equal((await stranger.call<OpenedSubmission>('GET', one)).body.messages.length, 1)
    await tam.call('POST', `${path}/messages`, { body: { text: 'And who else?' }, expect: 409 })
    await stranger.call('DELETE', one, { expect: 204 })
    t.match((await sade.call<OpenedReport>('GET', path)).body, { status: 'graded' })
  },
)

t.test('two submissions of one agency are not two sources', async (t) => {
  const plate = { entities: [{ kind: 'vehicle', registration: 'QX71 ZZB' }] }
  const first = await submitted(worker, plate)
  await submitted(colleague, plate)
  const links = async () =>
    (
      await tam.call<{ items: { id: string; version: number; reports: string[] }[] }>(
        'GET',
        `${first.path}/links`,
      )
    ).body.items
  let found = await links()
  for (; found.length < 1; found = await links()) await sleep(100)
  const [link] = found
  t.ok(link)
  const decide = (independence: string, expect: number) =>
    tam.call('PUT', `${first.path}/links/${link?.id}`, {
      version: link?.version ?? 0,
      body: { decision: 'confirmed', independence },
      expect,
    })
  t.equal((await decide('likely', 409)).code, 'conflict')
  await decide('unknown', 200)
})

t.test('neither who submitted it nor who told them is in anything that leaves triage', async (t) => {
  await admin.call('POST', '/v1/triage/webhooks', {
    body: { url: receiver.url('/all'), kinds: eventKinds },
    expect: 201,
  })
  const { id, path } = await submitted(worker)
  await grade(path)
  const body = {
    title: 'Goods behind the shop',
    text: 'Boxes come at night.',
    kind: 'fact',
    grade: { source: 1, intelligence: 'C', handling: 'C' },
  }
  const item = (await tam.call<{ id: string; warnings: [] }>('POST', `${path}/items`, { body, expect: 201 }))
    .body
  t.strictSame(item.warnings, [])
  await sade.call('POST', `${path}/items/${item.id}/approval`, { version: 1, body: { approved: true } })
  await sade.call('PATCH', path, { version: 4, body: { status: 'approved' } })
  const sent = await sade.call('POST', `${path}/disseminations`, {
    body: product('planning-enforcement', item.id),
    expect: 201,
  })
  const planning = callerWith(service, await tokenOf('planning-enforcement'))
  const text = async (caller: string, at: string, accept = 'application/json') => {
    const headers = { authorization: `Bearer ${caller}`, accept }
    return (await fetch(`${service.base}${at}`, { headers })).text()
  }
  const supervisor = await service.token('supervisor')
  const rang = () => receiver.at('/all').map(({ headers, body }) => JSON.stringify({ headers, body }))
  while (!rang().some((one) => one.includes('dissemination-sent'))) await sleep(50)
  const told = {
    webhooks: rang().join(''),
    product: JSON.stringify([sent.body, (await planning.call('GET', '/v1/partner/disseminations')).body]),
    export: await text(supervisor, '/v1/triage/export', 'application/x-ndjson'),
    csv: await text(supervisor, '/v1/triage/export', 'text/csv'),
    events: await text(supervisor, '/v1/triage/events?limit=200'),
    stats: await text(supervisor, '/v1/triage/stats?by=origin'),
    history: await text(supervisor, `${path}/history`),
    list: await text(supervisor, '/v1/triage/reports?originAgency=harbour-care'),
    log: service.logLines.join(''),
  }
  t.match(told.export, /"origin":"partner","originAgency":"harbour-care"/)
  t.match(told.csv, /"partner","harbour-care"/)
  const { id: person } = (await worker.call<{ id: string }>('GET', '/v1/triage/me')).body
  for (const [place, words] of Object.entries(told)) {
    t.ok(place === 'log' || words.length > 0, place)
    for (const secret of ['Quillfeather', 'pq@harbour', '900461', 'Zebedee', 'drop-in', person, id])
      t.notOk(words.includes(secret), `${place} without ${secret}`)
  }
})

t.end()
