import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readKeyringFile } from '../../src/crypto/keyring.ts'
import { administered, combined, consulted, type Deed, deeds } from '../../src/domain/audit/deeds.ts'
import { auditTrail } from '../../src/domain/audit/trail.ts'
import { eventFeed } from '../../src/domain/events/feed.ts'
import { arrivals } from '../../src/jobs/arrivals.ts'
import { forgetEvents, forgetHours } from '../../src/jobs/forget.ts'
import { tellOverdue } from '../../src/jobs/overdue.ts'
import type { EventPage, StaffEvent } from '../../src/schemas/events.ts'
import { openPool } from '../../src/storage/pool.ts'
import type { AuditAction } from '../../src/vocabulary/auditActions.ts'
import { actKinds, type EventKind, eventKinds } from '../../src/vocabulary/eventKinds.ts'
import type { Person } from '../../src/vocabulary/person.ts'
import { asSuperuser } from '../support/cluster.ts'
import { rounds } from '../support/rounds.ts'
import { startTestService } from '../support/service.ts'
import { byTwo, type Caller, callerWith, report, reportFor } from '../support/staffApi.ts'
import { t } from '../support/suite.ts'

const service = await startTestService(t)
const twin = await startTestService(t, service)
const pool = openPool(service.databaseUrl, 'sotto_triage', 4)
t.after(() => pool.close())
const token = await service.token('triager', { name: 'Tam', agency: 'community-safety' })
const tam = callerWith(service, token)
const sade = callerWith(service, await service.token('supervisor', { name: 'Sade' }))
const bea = callerWith(service, await service.token('supervisor', { name: 'Bea' }))
const path = '/v1/triage/events'
t.setTimeout(900_000)
const asPages = { accept: 'application/json' }

/** Every event after one, page by page. */
async function eventsOf(caller: Caller, after = 0, limit = 200): Promise<StaffEvent[]> {
  const events: StaffEvent[] = []
  let cursor: string | undefined
  do {
    const more = cursor === undefined ? '' : `&cursor=${cursor}`
    const headers = { ...asPages, 'last-event-id': String(after) }
    const { body } = await caller.call<EventPage>('GET', `${path}?limit=${limit}${more}`, { headers })
    events.push(...body.items)
    cursor = body.nextCursor
  } while (cursor !== undefined)
  return events
}

function reportRows(id: string): Promise<unknown[]> {
  return pool.query({
    name: 'version',
    text: 'SELECT version, status FROM reports WHERE id = $1',
    values: [id],
  })
}

/** Follows the stream; what it gave so far is in `events` and `lines`. */
async function follow(base: string, headers: Record<string, string> = {}) {
  const stopping = new AbortController()
  const { signal } = stopping
  const response = await fetch(`${base}${path}`, {
    headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream', ...headers },
    signal,
  })
  const events: StaffEvent[] = []
  const lines: string[] = []
  const ended = (async () => {
    let rest = ''
    for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const [...whole] = (rest + part).split('\n')
      rest = whole.pop() ?? ''
      lines.push(...whole)
      const data = whole.filter((line) => line.startsWith('data: '))
      events.push(...data.map((line) => JSON.parse(line.slice(6)) as StaffEvent))
    }
  })()
  ended.catch(() => {})
  const until = async (met: () => boolean, seconds = 120) => {
    const end = Date.now() + seconds * 1_000
    while (!met() && Date.now() < end) await sleep(20)
    if (!met()) throw new Error(`not met after ${seconds} s: ${JSON.stringify(events.slice(-3))}`)
  }
  return { response, events, lines, ended, until, stop: () => stopping.abort() }
}

t.test('what staff do is an event each, of kinds and ids alone; what they read is none', async (t) => {
  const id = await reportFor(service, tam)
  const report = `/v1/triage/reports/${id}`
  await tam.call('GET', report)
  await tam.call('PATCH', report, { version: 1, body: { status: 'screening', reason: 'fictional' } })
  const { body: note } = await tam.call('POST', `${report}/notes`, { body: { text: 'a word' }, expect: 201 })
  await tam.call('PUT', `${report}/assessment`, { version: 0, body: { threat: 'none' } })
  const item = { title: 'T', text: 'T', kind: 'fact', grade: { source: 2, intelligence: 'D', handling: 'C' } }
  const { body: made } = await tam.call('POST', `${report}/items`, { body: item, expect: 201 })
  await sade.call('POST', `${report}/items/${made.id}/approval`, { version: 1, body: { approved: true } })

  const events = (await eventsOf(tam)).filter(({ report }) => report === id)
  t.same(
    events.map(({ kind, object }) => [kind, object]),
    [
      ['report-changed', null],
      ['note-added', note.id],
      ['assessment-changed', null],
      ['item-changed', made.id],
      ['item-approved', made.id],
    ],
  )
  t.same(await eventsOf(tam, 0, 2), await eventsOf(tam), 'page by page')
  t.same(await eventsOf(tam, events[2]?.id), events.slice(3), 'after one that was seen')
  for (const event of events) t.same((await tam.call('GET', `${path}/${event.id}`)).body, event, 'one by one')
  for (const none of ['0', '1', '999999999999999', String(Number(events[0]?.id) + 1)])
    await tam.call('GET', `${path}/${none}`, { expect: 404 })
  for (const bad of ['x', '-1', '1.5', '1e3', '9999999999999999', '%20', id])
    await tam.call('GET', `${path}/${bad}`, { expect: 400 })
  t.same((await eventsOf(sade)).length, (await eventsOf(tam)).length)
  await tam.call('GET', path, { headers: { ...asPages, 'last-event-id': 'x' }, expect: 400 })
  await tam.call('GET', `${path}?cursor=x`, { headers: asPages, expect: 400 })
})

t.test('every act is one value: the words of its record and the kind of its event', async (t) => {
  const [id, other] = ['0f8fad5b-d9cb-469f-a165-70867728950e', 'c56a4180-65aa-42ec-a945-5fd21dec0538']
  const acts: [Deed, AuditAction, string, EventKind][] = [
    [deeds.reportChanged(id, ['status', 'priority']), 'alteration', 'priority,status', 'report-changed'],
    [deeds.reportChanged(id, []), 'alteration', 'unchanged', 'report-changed'],
    [deeds.reportErased(id), 'erasure', '', 'report-erased'],
    [deeds.reportErasedByLaw(id), 'erasure', 'by-law', 'report-erased'],
    [
      deeds.confirmation(id, 'needed', ['restrictedTo', 'legalHold']),
      'alteration',
      'confirmation/needed/legalHold,restrictedTo',
      'confirmation-needed',
    ],
    [
      deeds.confirmation(id, 'given', ['restricted']),
      'alteration',
      'confirmation/given/restricted',
      'confirmation-given',
    ],
    [
      deeds.confirmation(id, 'withdrawn', ['restricted']),
      'alteration',
      'confirmation/withdrawn/restricted',
      'confirmation-withdrawn',
    ],
    [deeds.erasure(id, 'requested'), 'alteration', 'erasure/requested', 'erasure-requested'],
    [deeds.erasure(id, 'approved'), 'alteration', 'erasure/approved', 'erasure-approved'],
    [deeds.erasure(id, 'withdrawn'), 'alteration', 'erasure/withdrawn', 'erasure-withdrawn'],
    [deeds.assessmentChanged(id), 'alteration', 'assessment', 'assessment-changed'],
    [deeds.noteAdded(id, other), 'alteration', `note/${other}`, 'note-added'],
    [deeds.entityConfirmed(id, other), 'alteration', `entity/${other}`, 'entity-confirmed'],
    [deeds.entityWithdrawn(id, other), 'alteration', `entity/${other}/withdrawn`, 'entity-withdrawn'],
    [deeds.itemChanged(id, other), 'alteration', `item/${other}`, 'item-changed'],
    [deeds.itemDecided(id, other, 'approved'), 'alteration', `item/${other}/approved`, 'item-approved'],
    [deeds.itemDecided(id, other, 'refused'), 'alteration', `item/${other}/refused`, 'item-refused'],
    [
      deeds.attachmentQuarantined(id, other),
      'alteration',
      `attachment/${other}/quarantine`,
      'attachment-quarantined',
    ],
    [
      deeds.attachmentToDestroy(id, other),
      'alteration',
      `attachment/${other}/destruction`,
      'confirmation-needed',
    ],
    [deeds.attachmentKept(id, other), 'alteration', `attachment/${other}/kept`, 'attachment-kept'],
    [deeds.attachmentErased(id, other), 'erasure', `attachment/${other}`, 'attachment-erased'],
    [deeds.messageWritten(id, other), 'alteration', `message/${other}`, 'message-written'],
    [deeds.messageSent(id, other), 'alteration', `message/${other}/sent`, 'message-sent'],
    [
      deeds.messageDecided(id, other, 'approved'),
      'alteration',
      `message/${other}/approved`,
      'message-approved',
    ],
    [deeds.messageDecided(id, other, 'refused'), 'alteration', `message/${other}/refused`, 'message-refused'],
    [
      deeds.messagesLocked(id, ['replies', 'under-age']),
      'alteration',
      'messages/lock/replies,under-age',
      'messages-locked',
    ],
    [deeds.messagesUnlocked(id), 'alteration', 'messages/unlock', 'messages-unlocked'],
    [deeds.linkDecided(id, other, 'proposed'), 'combination', `link/${other}/proposed`, 'link-proposed'],
    [deeds.linkDecided(id, other, 'confirmed'), 'combination', `link/${other}/confirmed`, 'link-confirmed'],
    [deeds.linkDecided(id, other, 'rejected'), 'combination', `link/${other}/rejected`, 'link-rejected'],
    [deeds.outcomeRecorded(id, other), 'alteration', `outcome/${other}`, 'outcome-recorded'],
    [deeds.disseminationSent(id, other), 'disclosure', `dissemination/${other}`, 'dissemination-sent'],
    [
      deeds.disseminationRecalled(id, other),
      'disclosure',
      `dissemination/${other}/recall`,
      'dissemination-recalled',
    ],
    [
      deeds.disseminationDecided(id, other, 'approved'),
      'alteration',
      `dissemination/${other}/approved`,
      'dissemination-approved',
    ],
    [
      deeds.disseminationDecided(id, other, 'refused'),
      'alteration',
      `dissemination/${other}/refused`,
      'dissemination-refused',
    ],
    [deeds.disseminationAcknowledged(id), 'alteration', 'acknowledgement', 'dissemination-acknowledged'],
    [deeds.disseminationAnswered(id, other), 'alteration', `outcome/${other}`, 'outcome-recorded'],
  ]
  for (const [deed, action, words, kind] of acts) {
    const { event, target } = deed
    const whole = event?.reportId === null ? 'dissemination' : 'report'
    t.equal(target, [whole, id, ...(words === '' ? [] : [words])].join('/'))
    t.equal(deed.action, action, target)
    t.equal(event?.kind, kind, target)
    t.equal(event?.reportId ?? event?.disseminationId, id)
    t.equal(event?.objectId, target.includes(other) ? other : null)
  }
  t.same(
    [...new Set(acts.map(([, , , kind]) => kind))].sort(),
    [...actKinds].sort(),
    'each kind is of an act that is known here',
  )
  for (const deed of [consulted(`report/${id}`), combined(`report/${id}/links`), administered('agency/x')])
    t.equal(deed.event, undefined, 'what is only read, or is of the service, is no event')
})

t.test('a reworded record changes no event', async (t) => {
  const [report, note] = [await reportFor(service, tam), randomUUID()]
  const [last] = (await eventsOf(tam)).slice(-1)
  const trail = auditTrail(pool, readKeyringFile(service.keyringFile), () => new Date())
  const reworded = { ...deeds.noteAdded(report, note), target: 'a word was written down' }
  await pool.transaction((query) =>
    trail.record({ query, person: { id: 'operator', role: 'cli' } }, reworded),
  )
  await pool.transaction((query) =>
    trail.record(
      { query, person: { id: 'operator', role: 'cli' } },
      consulted(`report/${report}/note/${note}`),
    ),
  )
  const told = (await eventsOf(tam, last?.id)).map(({ kind, object }) => [kind, object])
  t.same(told, [['note-added', note]])
})

t.test('the kinds in the contract, for webhooks and on the page are those of the code', async (t) => {
  const document = service.app.swagger() as { components?: { schemas?: Record<string, { enum?: string[] }> } }
  t.same(document.components?.schemas?.EventKind?.enum, eventKinds)
  const page = readFileSync(join(import.meta.dirname, '../../../docs/events.md'), 'utf8')
  const table = page.slice(page.indexOf('## Kinds'), page.indexOf('## Something new'))
  const named = table
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([a-z-]+)`/g)].map(([, kind]) => kind))
  t.same([...named].sort(), [...eventKinds].sort(), 'each once')
})

t.test('an event is shown to those who may see its report when they ask, and to nobody else', async (t) => {
  const id = await reportFor(service, tam)
  const mine = async (caller: Caller) => (await eventsOf(caller)).filter(({ report }) => report === id).length
  await tam.call('PATCH', `/v1/triage/reports/${id}`, { version: 1, body: { status: 'screening' } })
  t.same([await mine(tam), await mine(sade)], [1, 1])
  await byTwo([sade, bea], `/v1/triage/reports/${id}`, 2, { conflictOfInterest: ['community-safety'] })
  t.same([await mine(tam), await mine(sade)], [0, 4])
  const [first, ...others] = (await eventsOf(sade)).filter(({ report }) => report === id)
  await tam.call('GET', `${path}/${first?.id}`, { expect: 404 })
  t.same((await sade.call('GET', `${path}/${first?.id}`)).body, first)
  await sade.call('PATCH', `/v1/triage/reports/${id}`, { version: 4, body: { restricted: true } })
  t.same([await mine(tam), await mine(sade)], [0, 1], 'of a stub only that something was to be confirmed')
  await sade.call('GET', `${path}/${first?.id}`, { expect: 404 })
  const needed = others.find(({ kind }) => kind === 'confirmation-needed')
  t.same((await sade.call('GET', `${path}/${needed?.id}`)).body, needed)
})

t.test('a stream goes on where its reader was, at any instance', async (t) => {
  const id = await reportFor(service, tam)
  const report = `/v1/triage/reports/${id}`
  const live = await follow(twin.base)
  t.match(live.response.headers.get('content-type'), /^text\/event-stream/)
  t.equal(live.response.headers.get('cache-control'), 'no-store')
  await live.until(() => live.lines.length > 0)
  await tam.call('POST', `${report}/notes`, { body: { text: 'one' }, expect: 201 })
  await live.until(() => live.events.length === 1)
  t.match(live.events, [{ kind: 'note-added', report: id }])
  t.ok(live.lines.includes(`id: ${live.events[0]?.id}`) && live.lines.includes('event: note-added'))
  live.stop()
  await tam.call('POST', `${report}/notes`, { body: { text: 'two' }, expect: 201 })
  await tam.call('POST', `${report}/notes`, { body: { text: 'three' }, expect: 201 })
  const again = await follow(service.base, { 'last-event-id': String(live.events[0]?.id) })
  await again.until(() => again.events.length === 2)
  again.stop()
})

t.test(
  'two instances and hundreds of acts at once: no event is lost, doubled or out of order',
  { timeout: 600_000 },
  async (t) => {
    const reports: string[] = []
    for (let i = 0; i < 16; i += 1) reports.push(await reportFor(service, tam))
    const [last] = (await eventsOf(tam)).slice(-1)
    const followers = [await follow(service.base), await follow(twin.base)]
    for (const follower of followers) await follower.until(() => follower.lines.length > 0)
    const wanted = rounds(300, 1_000)
    let acts = 0
    let done = false
    const work = async (caller: Caller, one: number) => {
      while (acts < wanted) {
        acts += 1
        const to = `/v1/triage/reports/${reports[(acts + one) % reports.length]}/notes`
        await caller.call('POST', to, { body: { text: 'a fictional note' }, expect: 201 })
      }
    }
    // A poller that takes each id for the last word on all below it.
    const polled: StaffEvent[] = []
    const poll = async () => {
      for (let isLast = false; !isLast; await sleep(30)) {
        isLast = done
        polled.push(...(await eventsOf(tam, polled.at(-1)?.id ?? last?.id ?? 0)))
      }
    }
    const polling = poll()
    const callers = [tam, callerWith(twin, token)]
    await Promise.all(Array.from({ length: 32 }, (_, one) => work(callers[one % 2] as Caller, one)))
    done = true
    await polling
    for (const follower of followers) await follower.until(() => follower.events.length >= wanted)
    const ids = polled.map(({ id }) => id)
    t.equal(ids.length, wanted)
    t.ok(
      ids.every((id, index) => index === 0 || id > (ids[index - 1] ?? 0)),
      'in rising order',
    )
    for (const { events, stop } of followers) {
      t.same(
        events.map(({ id }) => id),
        ids,
      )
      stop()
    }
  },
)

t.test('something new is told once on the full hour, and forgotten with the day', async (t) => {
  const [one, other] = [arrivals(pool), arrivals(pool)]
  const tell = async (time: string) => {
    await Promise.all([one, other].map(({ tell }) => tell(new Date(`2026-11-24T${time}Z`))))
    return (await eventsOf(tam)).filter(({ kind }) => kind === 'something-new').map(({ at }) => at)
  }
  await report(service)
  const told = await tell('09:00:00.004')
  t.same(
    told,
    ['2026-11-24T09:00:00.000Z'],
    'an instance that was not there before tells what lies in the box',
  )
  t.same(await tell('10:00:00'), told, 'nothing came')
  const receipt = await report(service)
  t.same(await tell('11:00:01'), [...told, '2026-11-24T11:00:00.000Z'])
  await tam.call('PATCH', `/v1/triage/reports/${await reportFor(service, tam)}`, {
    version: 1,
    body: { attentionBy: null },
  })
  t.equal((await tell('12:00:00')).length, 2, 'what staff have taken out of the box is new to nobody')
  await fetch(`${service.base}/v1/mailbox/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${receipt}`, 'content-type': 'application/json' },
    body: JSON.stringify({ text: 'And another thing.' }),
  })
  t.equal((await tell('13:00:00')).length, 3, 'a message is something new as well')
  const events = (await eventsOf(tam)).filter(({ kind }) => kind === 'something-new')
  t.ok(events.every(({ report, object }) => report === null && object === null))
  t.same((await tam.call('GET', `${path}/${events[0]?.id}`)).body, events[0])
  await forgetHours(pool, '2026-11-24')
  t.equal((await tell('14:00:00')).length, 3, 'those of today are kept')
  await forgetHours(pool, '2026-11-25')
  t.equal((await tell('15:00:00')).length, 0)
})

t.test(
  'what is overdue is told once on the hour, by whichever of three instances, to who may see it',
  async (t) => {
    const ids: string[] = []
    for (let i = 0; i < 5; i += 1) ids.push(await reportFor(service, tam))
    const [late, later, done, hidden, inConflict] = ids as [string, string, string, string, string]
    const path = (id: string) => `/v1/triage/reports/${id}`
    const wanted = { attentionBy: '2026-11-20' }
    for (const id of [late, done, hidden, inConflict])
      await tam.call('PATCH', path(id), { version: 1, body: wanted })
    await tam.call('PATCH', path(later), { version: 1, body: { attentionBy: '2026-11-24' } })
    await asSuperuser(service.databaseUrl, (client) =>
      client.query(`UPDATE reports SET status = 'closed' WHERE id = $1`, [done]),
    )
    await byTwo([sade, bea], path(inConflict), 2, { conflictOfInterest: ['community-safety'] })
    await sade.call('PATCH', path(hidden), { version: 2, body: { restricted: true } })

    const told = async (caller: Caller) =>
      (await eventsOf(caller))
        .filter(({ kind, report }) => kind === 'attention-overdue' && ids.includes(report ?? ''))
        .map(({ at, report, object }) => [at, report, object])
    const before = await reportRows(late)
    const hour = (time: string) => new Date(`2026-11-${time}:00:00.000Z`)
    const tell = (time: string) => Promise.all([1, 2, 3].map(() => tellOverdue(pool, hour(time))))
    await tell('20T23')
    t.same(await told(sade), [], 'the day itself is not over')
    await tell('21T00')
    const first = ['2026-11-21T00:00:00.000Z', late, null]
    t.same(await told(tam), [first], 'neither what is closed, restricted or in conflict')
    t.same((await told(sade)).map(([, id]) => id).sort(), [late, inConflict].sort())
    await tell('21T01')
    t.same(await told(tam), [first], 'once')
    t.same(await reportRows(late), before, 'its version stays')
    await tell('25T09')
    t.same(await told(tam), [first, ['2026-11-25T09:00:00.000Z', later, null]])
    await tam.call('PATCH', path(late), { version: 2, body: { attentionBy: '2026-11-23' } })
    await tell('25T10')
    t.same((await told(tam)).length, 3, 'another day that has passed')
    const inBox = await reportFor(service, tam, { immediateDanger: 'yes' })
    await tellOverdue(pool, new Date(Date.now() + 86_400_000))
    const ofBox = async () => (await eventsOf(tam)).filter(({ report }) => report === inBox).length
    t.equal(await ofBox(), 0, 'what lies in the box waits for the mixing')
    await tam.call('POST', `${path(inBox)}/notes`, { body: { text: 'a word' }, expect: 201 })
    await tellOverdue(pool, new Date(Date.now() + 86_400_000))
    t.equal(await ofBox(), 2)
  },
)

t.test('events are kept for 30 days, and ids are never used again', async (t) => {
  const newest = Math.max(...(await eventsOf(sade)).map(({ id }) => id))
  const today = new Date()
  await forgetEvents(pool, today.toISOString().slice(0, 10))
  t.not((await eventsOf(sade)).length, 0)
  await asSuperuser(service.databaseUrl, (client) =>
    client.query(`UPDATE events SET at = at - interval '32 days'`),
  )
  await forgetEvents(pool, today.toISOString().slice(0, 10))
  t.same(await eventsOf(sade), [])
  const id = await reportFor(service, tam)
  await tam.call('PATCH', `/v1/triage/reports/${id}`, { version: 1, body: { status: 'screening' } })
  t.ok(((await eventsOf(tam))[0]?.id ?? 0) > newest)
})

t.test(
  'a stream beats, ends with the rights of its reader, and lets go of whoever takes nothing',
  async (t) => {
    const keyring = readKeyringFile(service.keyringFile)
    const feed = eventFeed({ pool, keyring }, { lookEvery: 20, beatEvery: 60, patience: 100, atMost: 2 })
    const person: Person = {
      id: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
      name: 'Tam',
      role: 'triager',
      agency: null,
      expires: new Date(),
    }
    let rights: Person | undefined = person
    const open = () => feed.open({ person, recheck: async () => rights, after: undefined })
    const stream = open()
    const seen: string[] = []
    stream.on('data', (line: string) => seen.push(line))
    const beats = () => seen.filter((line) => line === ': still here\n\n').length
    for (let tries = 0; beats() < 2 && tries < 600; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 50))
    t.equal(seen[0], 'retry: 3000\n\n')
    t.ok(beats() >= 2)
    const stalled = open()
    t.throws(open, { message: 'overloaded' }, 'streams are bounded in number')
    await new Promise((resolve) => stalled.once('close', resolve))
    rights = undefined
    await new Promise((resolve) => stream.once('end', resolve))
    t.pass('the rights were taken away')
    await feed.end()
  },
)

t.test('HEAD has the headers and no stream; open streams do not keep a service from closing', async (t) => {
  const head = await fetch(`${twin.base}${path}`, {
    method: 'HEAD',
    headers: { authorization: `Bearer ${token}` },
  })
  t.match(head.headers.get('content-type'), /^text\/event-stream/)
  const auditor = callerWith(service, await service.token('auditor'))
  await auditor.call('GET', path, { expect: 403 })
  await tam.call('GET', path, { headers: { accept: 'text/html' }, expect: 406 })

  const live = await follow(twin.base)
  await live.until(() => live.lines.length > 0)
  await twin.close()
  await live.ended
  t.notOk(live.lines.includes(': still here'), 'before the next sign of life would find out')
})

t.end()
