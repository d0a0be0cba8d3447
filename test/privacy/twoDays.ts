import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { readKeyringFile } from '../../src/crypto/keyring.ts'
import { auditTrail } from '../../src/domain/audit/trail.ts'
import { mixBox } from '../../src/domain/mixing/mixBox.ts'
import { afterMixing } from '../../src/jobs/afterMixing.ts'
import { arrivals } from '../../src/jobs/arrivals.ts'
import { tellOverdue } from '../../src/jobs/overdue.ts'
import { createLog } from '../../src/log.ts'
import type { AuditRecord } from '../../src/schemas/audit.ts'
import { openPool, type Pool } from '../../src/storage/pool.ts'
import type { StaffRole } from '../../src/vocabulary/roles.ts'
import { type Reporter, reporterAt } from '../mailbox/reporter.ts'
import { startOpenServer } from '../mixing/rawLook.ts'
import { asSuperuser } from '../support/cluster.ts'
import { until } from '../support/patience.ts'
import { startTestService } from '../support/service.ts'
import { type Caller, callerWith, report, reportFor } from '../support/staffApi.ts'
import type { Test } from '../support/suite.ts'
import { countersOf, type Looks, looksOf } from './counters.ts'
import { type DayReporters, arrivals as dayArrivals, narrativeOf } from './dayArrivals.ts'
import type { DayAct, People, Step } from './dayPlan.ts'
import { dumpOf, inOrder, plainly } from './dump.ts'

const day = '2026-05-05'

/** What is left of a day: all that is stored and counted, and when the server last noted a look at anything. */
export interface Left {
  left: Record<string, unknown>
  looks: Looks
}

/** Lives through one day and the night after it, on a server of its own. */
export async function live(t: Test, plan: readonly DayAct[], steps: readonly Step[]): Promise<Left> {
  let now = new Date('2026-05-04T08:00:00Z')
  const clock = () => now
  const server = await startOpenServer(t)
  const environment = { WEBHOOK_ALLOW: '127.0.0.1:9' }
  const service = await startTestService(t, { databaseUrl: server.url, clock, environment })
  const { keyringFile } = service
  const keyring = readKeyringFile(keyringFile)
  const somebody = async (role: StaffRole, name: string, agency: string | null = null) =>
    callerWith(service, await service.token(role, { name, agency }))
  let pool = poolUntil(t, server.url)

  async function night(morning: string): Promise<void> {
    now = new Date(`${morning}T00:20:00Z`)
    const deps = { pool, keyring, clock, audit: auditTrail(pool, keyring, clock), interval: 0 }
    while ((await mixBox(deps)).state === 'busy') await sleep(50)
    const periods = { unassessedDays: 365, graceDays: 14 }
    await afterMixing({ ...deps, log: createLog('silent'), periods }, morning)
  }
  const countOf = async (from: string) => {
    const { rows } = await asSuperuser(server.url, (client) =>
      client.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${from}`),
    )
    return rows[0]?.n ?? 0
  }
  const indexed = () => until(async () => (await countOf('unindexed')) === 0)

  const tam = await somebody('triager', 'Tam')
  const old = await reportFor(service, tam, { narrative: narrativeOf('old one') })
  await report(service, { narrative: narrativeOf('old two') })
  const olds: Reporter[] = []
  for (const label of ['old talker', 'old leaver']) {
    olds.push(reporterAt(service.base, await report(service, { narrative: narrativeOf(label) })))
  }
  await olds[1]?.say('That was all.')
  await night(day)
  await indexed()
  now = new Date(`${day}T08:00:00Z`)
  const token = await service.token('supervisor', { name: 'Sade' })
  const people: People = {
    triager: await somebody('triager', 'Tam'),
    supervisor: callerWith(service, token),
    admin: await somebody('admin', 'Alex'),
    auditor: await somebody('auditor', 'Ada'),
    partner: await somebody('partner', 'Pat', 'licensing'),
    async takeExport() {
      const headers = { authorization: `Bearer ${token}` }
      await (await fetch(`${service.base}/v1/triage/export?category=cybercrime`, { headers })).text()
      await until(async () => (await countOf(`audit_records WHERE target LIKE '%/end/whole'`)) > 0)
    },
  }
  // Else random ids decide which comes first in the list.
  const first = { priority: 'high', reason: 'fictional' }
  await people.supervisor.call('PATCH', `/v1/triage/reports/${old}`, { version: 1, body: first })
  const told = arrivals(pool)
  await told.tell(new Date(`${day}T08:00:00Z`))
  await plant(server.url, 'CREATE SEQUENCE planted_ids; CREATE TABLE planted (act int, seen int, n bigint)')
  const reporters: DayReporters = { base: service.base, old: olds, today: new Map() }
  for (const step of steps) {
    if ('arrival' in step) {
      const response = await arrivalOf(step)?.(reporters, step.arrival)
      assert(response?.ok, `part ${step.part} of arrival ${step.arrival}: ${response?.status}`)
    } else if ('hour' in step) {
      const { came } = await tellHour(step.hour)
      // As it was: arrivals take ids of the acts' sequence.
      if (came) await plant(server.url, `SELECT nextval('planted_ids')`)
    } else {
      now = new Date(Date.parse(`${day}T09:00:00Z`) + step.act * 1_800_000 + 60_000)
      await plan[step.act]?.act(people, old)
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

  await indexed()
  // What a session has counted is known once it has ended.
  await service.close()
  await pool.close()
  await until(() => nobodyIsConnected(server.url))
  const began = await asSuperuser(server.url, timeOf)
  pool = poolUntil(t, server.url)
  await night('2026-05-06')
  await pool.close()
  await until(() => nobodyIsConnected(server.url))
  const { looks, counters } = await asSuperuser(server.url, async (client) => ({
    looks: await looksOf(client, began),
    counters: await countersOf(client),
  }))

  const again = await startTestService(t, { databaseUrl: server.url, keyringFile, clock, environment })
  await indexed()
  const named = await dumpOf(server.url)
  now = new Date('2026-05-06T08:00:00Z')
  const later = async (role: StaffRole, name: string) => callerWith(again, await again.token(role, { name }))
  const labels = new Map<string, string>()
  for (const { id, label } of await labelled(await later('supervisor', 'Sade'))) labels.set(id, label)
  const trail = await trailOf(await later('auditor', 'Ada'), now, labels)
  return { looks, left: { ...named(labels), ...counters, 'the trail, as auditors read it': trail } }
}

const arrivalOf = ({ arrival, part }: { arrival: number; part: number }) => dayArrivals[arrival]?.parts[part]

async function trailOf(ada: Caller, now: Date, labels: ReadonlyMap<string, string>): Promise<unknown[]> {
  const plain = plainly(labels)
  const { body } = await ada.call<{ items: AuditRecord[] }>('GET', '/v1/triage/audit?limit=200&order=asc')
  return body.items
    .filter(({ at }) => at < now.toISOString())
    .map((record) => {
      const { hash: _hash, reasonHash: _reasonHash, reason, ...rest } = record
      return inOrder(plain({ ...rest, reason: reason?.startsWith('{') ? JSON.parse(reason) : reason }))
    })
}

/** A pool that may be closed before the test ends. */
function poolUntil(t: Test, url: string): Pool<'sotto_triage'> {
  const pool = openPool(url, 'sotto_triage', 4)
  let closed: Promise<void> | undefined
  const close = () => {
    closed ??= pool.close()
    return closed
  }
  t.after(close)
  return { ...pool, close }
}

async function nobodyIsConnected(url: string): Promise<boolean> {
  const { rows } = await asSuperuser(url, (client) =>
    client.query(`SELECT FROM pg_stat_activity
                   WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`),
  )
  return rows.length === 0
}

async function timeOf(client: pg.Client): Promise<Date> {
  const { rows } = await client.query<{ now: Date }>('SELECT clock_timestamp() AS now')
  return rows[0]?.now ?? new Date(0)
}

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
