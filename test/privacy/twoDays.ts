import { setTimeout as sleep } from 'node:timers/promises'
import { readKeyringFile } from '../../src/crypto/keyring.ts'
import { auditTrail } from '../../src/domain/audit/trail.ts'
import { mixBox } from '../../src/domain/mixing/mixBox.ts'
import { afterMixing } from '../../src/jobs/afterMixing.ts'
import { arrivals } from '../../src/jobs/arrivals.ts'
import { tellOverdue } from '../../src/jobs/overdue.ts'
import { createLog } from '../../src/log.ts'
import type { AuditRecord } from '../../src/schemas/audit.ts'
import { openPool } from '../../src/storage/pool.ts'
import { reporterAt } from '../mailbox/reporter.ts'
import { startOpenServer } from '../mixing/rawLook.ts'
import { asSuperuser } from '../support/cluster.ts'
import { startTestService } from '../support/service.ts'
import { type Caller, callerWith, report, reportFor } from '../support/staffApi.ts'
import type { Test } from '../support/suite.ts'
import { dumpOf, inOrder, plainly } from './dump.ts'

/** A step of the day: the act of that number, the arrival of that number, or the full hour. */
export type Step = { act: number } | { arrival: number } | { hour: number }

interface People {
  triager: Caller
  supervisor: Caller
  admin: Caller
  auditor: Caller
  /** Takes the supervisor's export, until its end is recorded. */
  takeExport(): Promise<void>
}

const day = '2026-05-05'

/** What staff do, the same on every day; none of it is on a report that comes on the day. */
const acts: readonly ((people: People, old: string) => Promise<unknown>)[] = [
  ({ triager }) => search(triager, 'kiln'),
  ({ triager }) => search(triager, 'kiln', { limit: 1 }),
  ({ supervisor }) => search(supervisor, 'kiln', { status: ['received'], sort: 'received' }),
  ({ supervisor }) => search(supervisor, 'nowhere'),
  ({ triager }) => triager.call('GET', '/v1/triage/reports'),
  ({ supervisor }) => supervisor.call('HEAD', '/v1/triage/export?category=cybercrime'),
  ({ takeExport }) => takeExport(),
  ({ supervisor }) => supervisor.call('GET', '/v1/triage/stats?live=true&by=status'),
  ({ triager }) => triager.call('GET', '/v1/triage/watchlist'),
  ({ triager }, old) => triager.call('GET', `/v1/triage/reports/${old}`),
  ({ triager }, old) => triager.call('GET', `/v1/triage/reports/${old}/links`),
  ({ triager }, old) =>
    triager.call('POST', `/v1/triage/reports/${old}/notes`, { body: { text: 'A word.' }, expect: 201 }),
  ({ triager }) => triager.call('GET', '/v1/triage/events', { headers: { accept: 'application/json' } }),
  ({ admin }) =>
    admin.call('POST', '/v1/triage/webhooks', {
      body: { url: 'http://127.0.0.1:9/fictional', kinds: ['something-new'] },
      expect: 201,
    }),
  ({ auditor }) => auditor.call('GET', '/v1/triage/audit'),
  ({ auditor }) => auditor.call('GET', '/v1/triage/agencies'),
  ({ supervisor }, old) => {
    const body = { attentionBy: '2026-05-01', status: 'screening' }
    return supervisor.call('PATCH', `/v1/triage/reports/${old}`, { version: 2, body })
  },
  ({ triager }, old) =>
    triager.call('PUT', `/v1/triage/reports/${old}/assessment`, { version: 0, body: { threat: 'none' } }),
  ({ triager }, old) =>
    triager.call('POST', `/v1/triage/reports/${old}/entities`, {
      body: { entity: { kind: 'premises', address: 'The kiln' }, pointer: '/narrative', start: 0, end: 9 },
      expect: 201,
    }),
  ({ triager }, old) => triager.call('GET', `/v1/triage/reports/${old}/entities`),
  async ({ triager, supervisor }, old) => {
    const body = { ids: [old], closeReason: 'no-further-action', rationale: 'Fictional.' }
    const asked = await triager.call<{ id: string }>('POST', '/v1/triage/reports/closures', {
      body,
      expect: 201,
    })
    const path = `/v1/triage/reports/closures/${asked.body.id}/approval`
    await supervisor.call('POST', path, { body: { approved: true } })
  },
]
export const actCount = acts.length
export const arrivalCount = 6

async function search(caller: Caller, q: string, more: object = {}): Promise<void> {
  await caller.call('POST', '/v1/triage/reports/search', { body: { q, ...more } })
}

/** Lives through one day and the night after it, on a server of its own; tells what is left. */
export async function live(t: Test, steps: readonly Step[]): Promise<Record<string, unknown>> {
  let now = new Date('2026-05-04T08:00:00Z')
  const clock = () => now
  const server = await startOpenServer(t)
  const environment = { WEBHOOK_ALLOW: '127.0.0.1:9' }
  const service = await startTestService(t, { databaseUrl: server.url, clock, environment })
  const keyring = readKeyringFile(service.keyringFile)
  const pool = openPool(server.url, 'sotto_triage', 4)
  t.after(() => pool.close())
  const audit = auditTrail(pool, keyring, clock)
  const log = createLog('silent')
  const somebody = async (role: Parameters<typeof service.token>[0], name: string) =>
    callerWith(service, await service.token(role, { name }))

  async function night(morning: string): Promise<void> {
    now = new Date(`${morning}T00:20:00Z`)
    while ((await mixBox({ pool, keyring, clock, interval: 0 })).state === 'busy') await sleep(50)
    await afterMixing(
      { pool, keyring, audit, clock, log, periods: { unassessedDays: 365 } } as never,
      morning,
    )
    while ((await countOf('unindexed')) > 0) await sleep(50)
  }
  async function countOf(from: string): Promise<number> {
    const text = `SELECT count(*)::int AS n FROM ${from}`
    const [row] = await pool.query<{ n: number }>({ name: text.slice(-60), text, values: [] })
    return row?.n ?? 0
  }

  const tam = await somebody('triager', 'Tam')
  const old = await reportFor(service, tam, { narrative: narrativeOf('old one') })
  await report(service, { narrative: narrativeOf('old two') })
  const talker = reporterAt(service.base, await report(service, { narrative: narrativeOf('old talker') }))
  await night(day)
  now = new Date(`${day}T08:00:00Z`)
  const token = await service.token('supervisor', { name: 'Sade' })
  const people: People = {
    triager: await somebody('triager', 'Tam'),
    supervisor: callerWith(service, token),
    admin: await somebody('admin', 'Alex'),
    auditor: await somebody('auditor', 'Ada'),
    async takeExport() {
      const headers = { authorization: `Bearer ${token}` }
      await (await fetch(`${service.base}/v1/triage/export?category=cybercrime`, { headers })).text()
      while ((await countOf(`audit_records WHERE target LIKE '%/end/whole'`)) === 0) await sleep(20)
    },
  }
  // Else random ids decide which comes first in the list.
  const first = { priority: 'high', reason: 'fictional' }
  await people.supervisor.call('PATCH', `/v1/triage/reports/${old}`, { version: 1, body: first })
  const told = arrivals(pool)
  await told.tell(new Date(`${day}T08:00:00Z`))
  await plant(server.url, 'CREATE SEQUENCE planted_ids; CREATE TABLE planted (act int, seen int, n bigint)')
  for (const step of steps) {
    if ('arrival' in step) {
      if (step.arrival === 0) await talker.say('There is more of it.')
      else await report(service, { narrative: narrativeOf(`new ${step.arrival}`), category: 'cybercrime' })
    } else if ('hour' in step) {
      const { came } = await tellHour(step.hour)
      // As it was: arrivals take ids of the acts' sequence.
      if (came) await plant(server.url, `SELECT nextval('planted_ids')`)
    } else {
      now = new Date(Date.parse(`${day}T09:00:00Z`) + step.act * 1_800_000 + 60_000)
      await acts[step.act]?.(people, old)
      await plant(
        server.url,
        `INSERT INTO planted SELECT ${step.act}, count(*), nextval('planted_ids') FROM listed_reports`,
      )
    }
  }

  async function tellHour(hour: number) {
    const before = await countOf('arrival_events')
    const onTheHour = new Date(`${day}T${String(hour).padStart(2, '0')}:00:00Z`)
    await told.tell(onTheHour)
    await tellOverdue(pool, onTheHour)
    return { came: (await countOf('arrival_events')) > before }
  }

  await night('2026-05-06')
  const named = await dumpOf(server.url)
  now = new Date('2026-05-06T08:00:00Z')
  const ada = await somebody('auditor', 'Ada')
  const sade = await somebody('supervisor', 'Sade')
  const labels = new Map<string, string>()
  for (const { id, label } of await labelled(sade)) labels.set(id, label)
  const plain = plainly(labels)
  const { body } = await ada.call<{ items: AuditRecord[] }>('GET', '/v1/triage/audit?limit=200&order=asc')
  const trail = body.items
    .filter(({ at }) => at < now.toISOString())
    .map((record) => {
      const { hash: _hash, reasonHash: _reasonHash, reason, ...rest } = record
      return inOrder(plain({ ...rest, reason: reason?.startsWith('{') ? JSON.parse(reason) : reason }))
    })
  return { ...named(labels), 'the trail, as auditors read it': trail }
}

const narrativeOf = (label: string) => `Fictional rubble by the kiln, as told by [${label}] to nobody real.`

async function labelled(caller: Caller): Promise<{ id: string; label: string }[]> {
  const { body } = await caller.call<{ items: { id: string }[] }>('GET', '/v1/triage/reports?limit=200')
  return Promise.all(
    body.items.map(async ({ id }) => {
      const opened = await caller.call<{ report: { narrative: string } }>('GET', `/v1/triage/reports/${id}`)
      return { id, label: /\[(.*)\]/.exec(opened.body.report.narrative)?.[1] ?? '' }
    }),
  )
}

function plant(url: string, sql: string): Promise<unknown> {
  return asSuperuser(url, (client) => client.query(sql))
}
