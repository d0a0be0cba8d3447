import { randomUUID } from 'node:crypto'
import { readKeyringFile } from '../../src/crypto/keyring.ts'
import { auditTrail } from '../../src/domain/audit/trail.ts'
import { waitingPage } from '../../src/domain/triage/approvals.ts'
import { closures } from '../../src/domain/triage/closures.ts'
import type { Waiting } from '../../src/schemas/approvals.ts'
import type { CaseView } from '../../src/schemas/casework.ts'
import type { Closure } from '../../src/schemas/closures.ts'
import type { EventPage } from '../../src/schemas/events.ts'
import { openPool } from '../../src/storage/pool.ts'
import { newReporter } from '../mailbox/reporter.ts'
import { asSuperuser } from '../support/cluster.ts'
import { startTestService } from '../support/service.ts'
import { byTwo, type Caller, callerWith, idOf, report, reportFor } from '../support/staffApi.ts'
import { t } from '../support/suite.ts'

t.setTimeout(600_000)
const service = await startTestService(t)
const person = async (role: Parameters<typeof service.token>[0], name: string, agency?: string) =>
  callerWith(service, await service.token(role, { name, ...(agency === undefined ? {} : { agency }) }))
const tam = await person('triager', 'Tam')
const sade = await person('supervisor', 'Sade')
const bea = await person('supervisor', 'Bea')
const path = '/v1/triage/reports/closures'
const at = (id: string) => `/v1/triage/reports/${id}`
const why = { closeReason: 'insufficient', rationale: 'Fictional reports in the same words' } as const

/** A report that an officer could close: screened and assessed. Its version is 2. */
async function closable(): Promise<string> {
  const id = await reportFor(service, tam)
  await tam.call('PATCH', at(id), { version: 1, body: { status: 'screening' } })
  await tam.call('PUT', `${at(id)}/assessment`, { version: 0, body: { threat: 'none' } })
  return id
}
const ask = async (ids: string[], caller: Caller = tam) =>
  (await caller.call<Closure>('POST', path, { body: { ids, ...why }, expect: 201 })).body
const confirm = async (id: string, caller: Caller = sade) =>
  (await caller.call<Closure>('POST', `${path}/${id}/approval`, { body: { approved: true } })).body
const read = async (id: string, caller: Caller = tam) =>
  (await caller.call<CaseView & { report: object }>('GET', at(id))).body
const byId = (reports: Closure['reports']) => reports.toSorted((one, other) => (one.id < other.id ? -1 : 1))
const told = (closure: Closure) => closure.reports.map(({ id, status, code }) => [id, code ?? status])
const isListed = async (id: string, query: string) =>
  (
    await tam.call<{ items: { id: string }[] }>('GET', `/v1/triage/reports?limit=200&${query}`)
  ).body.items.some((one) => one.id === id)

t.test('an officer asks, another person confirms, and each report is closed for that reason', async (t) => {
  const receipt = await report(service)
  const ids = [await closable(), await closable()]
  const answer = await tam.call<Closure>('POST', path, { body: { ids, ...why }, expect: 201 })
  const closure = answer.body
  t.equal(answer.headers.get('location'), `${path}/${closure.id}`)
  t.match(closure, { ...why, status: 'pending', by: { id: await idOf(tam), name: 'Tam' } })
  t.same(
    told(closure),
    ids.map((id) => [id, 'pending']),
  )
  for (const id of ids) {
    const { status, version, closeReason, pending } = await read(id)
    t.same([status, version, closeReason], ['screening', 3, null])
    t.match(pending, [{ field: 'status', value: 'closed', closure: closure.id, by: { name: 'Tam' } }])
    t.notOk('closure' in (await read(id)))
    t.ok(await isListed(id, 'pending=true'))
  }
  const found = (await sade.call<Closure>('GET', `${path}/${closure.id}`)).body
  t.same({ ...found, reports: byId(found.reports) }, { ...closure, reports: byId(closure.reports) })
  const decided = await confirm(closure.id)
  t.equal(decided.status, 'decided')
  t.same(told(decided), ids.map((id) => [id, 'closed']).sort())
  for (const id of ids) {
    const { status, version, closeReason, pending } = await read(id)
    t.same([status, version, closeReason, pending], ['closed', 4, 'insufficient', []])
    t.notOk(await isListed(id, 'pending=true'))
    const { body } = await tam.call<{ items: { target: string; reason?: string }[] }>(
      'GET',
      `${at(id)}/history`,
    )
    t.ok(body.items.some(({ target, reason }) => target.includes(closure.id) && reason === why.rationale))
  }
  t.same(await confirm(closure.id), decided, 'the same again changes nothing')
  t.same(await confirm(closure.id, bea), decided)
  await sade.call('POST', `${path}/${closure.id}/approval`, {
    body: { approved: false, reason: 'No' },
    expect: 409,
  })
  const events = await tam.call<EventPage>('GET', '/v1/triage/events?limit=200', {
    headers: { accept: 'application/json' },
  })
  for (const id of ids) {
    t.same(
      events.body.items
        .filter(({ report }) => report === id)
        .slice(-3)
        .map(({ kind, object }) => [kind, object]),
      [
        ['confirmation-needed', closure.id],
        ['report-changed', null],
        ['confirmation-given', closure.id],
      ],
    )
  }
  const mailbox = await fetch(`${service.base}/v1/mailbox`, {
    headers: { authorization: `Bearer ${receipt}` },
  })
  t.equal(((await mailbox.json()) as { status: string }).status, 'received', 'of others nothing is told')
})

t.test('whoever asked does not confirm, whatever their token; no triager does', async (t) => {
  const id = await closable()
  const closure = await ask([id], sade)
  const again = await person('supervisor', 'Sade')
  for (const one of [sade, again]) {
    const { code } = await one.call('POST', `${path}/${closure.id}/approval`, { expect: 403 })
    t.equal(code, 'four-eyes')
  }
  const { code } = await tam.call('POST', `${path}/${closure.id}/approval`, { expect: 403 })
  t.equal(code, 'forbidden')
  t.equal((await read(id)).status, 'screening')
  t.same(told((await bea.call<Closure>('POST', `${path}/${closure.id}/approval`)).body), [[id, 'closed']])
})

t.test('each report is answered by its own rules, and stops none of the others', async (t) => {
  const good = await closable()
  const unknown = randomUUID()
  const unassessed = await reportFor(service, tam)
  await tam.call('PATCH', at(unassessed), { version: 1, body: { status: 'screening' } })
  const received = await reportFor(service, tam)
  const hidden = await closable()
  await sade.call('PATCH', at(hidden), { version: 2, body: { restricted: true } })
  const inConflict = await closable()
  await byTwo([sade, bea], at(inConflict), 2, { conflictOfInterest: ['licensing'] })
  const held = await closable()
  await tam.call('PATCH', at(held), { version: 2, body: { legalHold: true } })
  const closed = await closable()
  await tam.call('PATCH', at(closed), {
    version: 2,
    body: { status: 'closed', ...{ closeReason: 'duplicate' }, reason: 'x' },
  })
  const waiting = await closable()
  const other = await ask([waiting])
  const changed = await closable()
  const ofLicensing = await person('triager', 'Lee', 'licensing')

  const ids = [good, unknown, unassessed, received, hidden, inConflict, held, closed, waiting, changed]
  const closure = await ask(ids, ofLicensing)
  t.same(told(closure), [
    [good, 'pending'],
    [unknown, 'not-found'],
    [unassessed, 'invalid-transition'],
    [received, 'invalid-transition'],
    [hidden, 'not-found'],
    [inConflict, 'not-found'],
    [held, 'pending'],
    [closed, 'invalid-transition'],
    [waiting, 'conflict'],
    [changed, 'pending'],
  ])
  t.same((await read(closed)).closeReason, 'duplicate')
  await tam.call('PATCH', at(changed), { version: 3, body: { priority: 'high' } })
  t.same((await read(changed)).pending, [], 'what was changed waits no more')
  const decided = await confirm(closure.id)
  t.same(
    told(decided),
    [
      [good, 'closed'],
      [held, 'closed'],
      [changed, 'precondition-failed'],
    ].sort(),
  )
  t.ok((await read(held)).flags.includes('legalHold'))
  t.equal((await read(changed)).status, 'screening')
  t.equal((await read(waiting)).status, 'screening')
  t.same(told(await ask([changed])), [[changed, 'pending']], 'it can be selected anew')
  t.same(told(await confirm(other.id)), [[waiting, 'closed']])
})

t.test('a supervisor closes what they may see, and is told of no other', async (t) => {
  const [seen, unseen] = [await closable(), await closable()]
  const closure = await ask([seen, unseen])
  const lou = await person('supervisor', 'Lou', 'licensing')
  await byTwo([sade, bea], at(unseen), 3, { conflictOfInterest: ['licensing'] })
  const view = (await lou.call<Closure>('GET', `${path}/${closure.id}`)).body
  t.same(told(view), [[seen, 'pending']])
  const decided = await confirm(closure.id, lou)
  t.same([decided.status, told(decided)], ['decided', [[seen, 'closed']]])
  const hidden = await closable()
  const whole = await ask([hidden])
  await byTwo([sade, bea], at(hidden), 3, { conflictOfInterest: ['licensing'] })
  for (const [method, end] of [
    ['GET', ''],
    ['POST', '/approval'],
  ] as const)
    await lou.call(method, `${path}/${whole.id}${end}`, { expect: 404 })
  await sade.call('POST', `${path}/${randomUUID()}/approval`, { expect: 404 })
})

t.test('a supervisor may refuse with a reason; then the reports stay as they were', async (t) => {
  const id = await closable()
  const closure = await ask([id], sade)
  await bea.call('POST', `${path}/${closure.id}/approval`, { body: { approved: false }, expect: 400 })
  const refusal = { body: { approved: false, reason: 'One of them may be real' } }
  const { body } = await sade.call<Closure>('POST', `${path}/${closure.id}/approval`, refusal)
  t.same(told(body), [[id, 'withdrawn']], 'whoever asked may withdraw it')
  t.same((await bea.call('POST', `${path}/${closure.id}/approval`, refusal)).body, body)
  await bea.call('POST', `${path}/${closure.id}/approval`, { body: { approved: true }, expect: 409 })
  const { status, closeReason, pending } = await read(id)
  t.same([status, closeReason, pending], ['screening', null, []])
  t.notOk(await isListed(id, 'pending=true'))
})

t.test('asked twice with one key, it is one selection', async (t) => {
  const id = await closable()
  const headers = { 'idempotency-key': randomUUID() }
  const once = () => tam.call<Closure>('POST', path, { headers, body: { ids: [id], ...why }, expect: 201 })
  const [one, other] = await Promise.all([once(), once()])
  t.same(one.body, other.body)
  t.same((await once()).body, one.body)
  t.equal((await read(id)).version, 3)
  await tam.call('POST', path, { headers, body: { ids: [id], ...why, rationale: 'x' }, expect: 422 })
})

t.test('what was written into the database closes nothing', async (t) => {
  const [id, other] = [await closable(), await closable()]
  const closure = await ask([id])
  await asSuperuser(service.databaseUrl, async (client) => {
    await client.query('INSERT INTO closure_reports VALUES ($1, $2)', [closure.id, other])
  })
  t.same(told(await confirm(closure.id)), [[id, 'closed']])
  t.equal((await read(other)).status, 'screening')
})

t.test('a selection of none, of too many, or without a reason is refused with the rule', async (t) => {
  const id = randomUUID()
  const many = Array.from({ length: 501 }, () => randomUUID())
  for (const body of [
    { ...why, ids: [] },
    { ...why, ids: many },
    { ...why, ids: [id, id] },
    { ...why, ids: [id, id.toUpperCase()] },
    { ...why, ids: ['x'] },
    { ...why, ids: [id], closeReason: 'hoax' },
    { ...why, ids: [id], rationale: ' ​' },
    { ids: [id], closeReason: 'duplicate' },
    { ...why, ids: [id], version: 1 },
  ])
    await tam.call('POST', path, { body, expect: 400 })
  const nobody = await ask([id])
  t.same([nobody.status, told(nobody)], ['decided', [[id, 'not-found']]])
  for (const role of ['auditor', 'admin', 'partner'] as const) {
    const one = await person(role, role, role === 'partner' ? 'licensing' : undefined)
    await one.call('POST', path, { body: { ...why, ids: [id] }, expect: 403 })
    await one.call('GET', `${path}/${id}`, { expect: 403 })
  }
})

t.test('however many reports were selected, they are read by as many statements as one', async (t) => {
  const ids: string[] = []
  for (let n = 0; n < 6; n++) ids.push(await closable())
  const [first = '', second = ''] = ids.toSorted()
  const { id } = await ask(ids)
  const { id: other } = await ask([await closable()])
  // It waits for something else now: of this selection it says nothing any more.
  await tam.call('PATCH', at(first), { version: 3, body: { legalHold: true } })
  const lifted = { legalHold: false, reason: 'Fictional' }
  await sade.call('PATCH', at(first), { version: 4, body: lifted, expect: 202 })
  const approvals = async (caller: Caller) =>
    (await caller.call<{ items: Waiting[] }>('GET', '/v1/triage/approvals?limit=200')).body.items
  const found = (await approvals(sade)).filter((one) => one.id === id)
  t.match(found, [{ kind: 'closure', id, report: second, by: { name: 'Tam' } }])
  t.ok((await approvals(sade)).some((one) => one.id === other))

  const asked: string[] = []
  const pool = openPool(service.databaseUrl, 'sotto_triage', 1)
  t.teardown(() => pool.close())
  const transaction: typeof pool.transaction = (work) =>
    pool.transaction((query) =>
      work((statement) => {
        asked.push(statement.name)
        return query(statement)
      }),
    )
  const keyring = readKeyringFile(service.keyringFile)
  const clock = () => new Date()
  const deps = { pool: { ...pool, transaction }, keyring, clock, audit: auditTrail(pool, keyring, clock) }
  const expires = new Date('2999-01-01')
  const reader = { id: await idOf(sade), name: 'Sade', role: 'supervisor', agency: null, expires } as const
  const page = await waitingPage(deps, reader, { limit: 200 })
  t.ok([id, other].every((one) => page.items.some((item) => item.id === one)))
  t.same(asked, [...new Set(asked)], 'of the list no statement twice')
  asked.length = 0
  t.equal((await closures(deps).find(reader, id)).reports.length, 6)
  t.same(asked, [...new Set(asked)], 'of the selection neither')
})

t.test('what a lock changed waits no more, to nobody and for no purge', async (t) => {
  const listed = async () =>
    (await sade.call<{ items: { id: string }[] }>('GET', '/v1/triage/reports?limit=200')).body.items.map(
      ({ id }) => id,
    )
  const before = await listed()
  const reporter = await newReporter(service.base)
  const id = (await listed()).find((one) => !before.includes(one)) ?? ''
  await tam.call('PATCH', at(id), { version: 1, body: { status: 'screening' } })
  await tam.call('PUT', `${at(id)}/assessment`, { version: 0, body: { threat: 'none' } })
  await ask([id])
  t.ok(await isListed(id, 'pending=true'))
  await reporter.say('I am 13 and in year 8 at school.')
  t.match((await tam.call('GET', `${at(id)}/messages`)).body, { locked: true })
  t.match(await read(id), { version: 4, pending: [] })
  t.notOk(await isListed(id, 'pending=true'))
})

t.end()
