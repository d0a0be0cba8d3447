import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  activateKey,
  destroyKey,
  newOrganisationKey,
  readKeyringFile,
  replaceKeyringFile,
} from '../../src/crypto/keyring.ts'
import { auditTrail } from '../../src/domain/audit/trail.ts'
import { mixBox } from '../../src/domain/mixing/mixBox.ts'
import { destroy } from '../../src/domain/retention/destroy.ts'
import { purge } from '../../src/domain/retention/purge.ts'
import { rewrap } from '../../src/domain/retention/rewrap.ts'
import { afterMixing } from '../../src/jobs/afterMixing.ts'
import { createLog } from '../../src/log.ts'
import type { Report } from '../../src/schemas/report.ts'
import { openPool } from '../../src/storage/pool.ts'
import { dayOf } from '../../src/vocabulary/calendar.ts'
import { keysOf } from '../mailbox/reporter.ts'
import { asSuperuser } from '../support/cluster.ts'
import { patientFetch } from '../support/patience.ts'
import { startTestService } from '../support/service.ts'
import { type Caller, callerWith } from '../support/staffApi.ts'
import { type Person, repliesUntilLock } from './model.ts'

/** The service as it is, with people who call it and a clock that can be moved. */
export type World = Awaited<ReturnType<typeof startWorld>>

export interface Member extends Person {
  caller: Caller
  token: string
}

interface Lifetime {
  after(cleanUp: () => Promise<void>): void
}

const day = 86_400_000
/** In the past: the clock of the database, which cannot be moved, must never be behind. Days begin with the year 2000. */
const yearsAgo = 25
const environment = { REPLY_LIMIT: String(repliesUntilLock) }
const operator = { id: 'operator', role: 'cli' } as const

/** Before the night's pass is due, so that the nights of a simulation are its own. */
const minutesAfterMidnight = 3

const cast = [
  ['Tam', 'triager', null],
  ['Lin', 'triager', 'licensing'],
  ['Sade', 'supervisor', null],
  ['Bea', 'supervisor', null],
  ['Lou', 'supervisor', 'licensing'],
  ['Pat', 'partner', 'licensing'],
  ['Ada', 'auditor', null],
  ['Alf', 'auditor', 'licensing'],
] as const

export async function startWorld(test: Lifetime) {
  let now = Math.floor(Date.now() / day - yearsAgo * 365) * day + minutesAfterMidnight * 60_000
  const clock = () => new Date(now)
  let service = await startTestService(test, { clock, environment })
  const { databaseUrl, keyringFile } = service
  const pool = openPool(databaseUrl, 'sotto_triage', 3)
  test.after(() => pool.close())
  const at = {
    get base() {
      return service.base
    },
  }
  const members: Member[] = []
  for (const [name, role, agency] of cast) {
    const token = await service.token(role, { name, agency, days: (yearsAgo + 1) * 366 })
    const caller = callerWith(at, token)
    const { body } = await caller.call<{ id: string }>('GET', '/v1/triage/me')
    members.push({ id: body.id, name, role, agency, caller, token })
  }

  const nightly = () => {
    const keyring = readKeyringFile(keyringFile)
    const log = createLog('fatal', { write: () => {} })
    const periods = { unassessedDays: 365, graceDays: 14 }
    return { pool, keyring, clock, log, periods, audit: auditTrail(pool, keyring, clock), interval: 0 }
  }

  /** Lets work run into the end of its connections, somewhere. */
  async function cutShort(work: Promise<unknown>): Promise<void> {
    const over = work.catch(() => undefined)
    await sleep(Math.random() * 40)
    await world.cutConnections()
    await over
  }

  const world = {
    at,
    members,
    today: () => dayOf(clock()),

    /** Sends a report with a key, again until it is acknowledged, whatever happens to connections meanwhile. */
    async report(content: Report, meanwhile?: () => Promise<void>) {
      const key = randomUUID()
      const send = () =>
        patientFetch(`${at.base}/v1/reports`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': key },
          body: JSON.stringify(content),
        })
      const unanswered = () => undefined
      const first = send().catch(unanswered)
      await meanwhile?.()
      let response = await first
      for (let tries = 0; (response?.status ?? 503) === 503 && tries < 600; tries++) {
        await sleep(100)
        response = await send().catch(unanswered)
      }
      if (response?.status !== 201) {
        throw new Error(`a report was answered ${response?.status}: ${service.logLines.slice(-3)}`)
      }
      const { receipt } = (await response.json()) as { receipt: string }
      return { receipt, id: await reportOf(receipt) }
    },

    /** Every connection to the database is cut. */
    async cutConnections() {
      await asSuperuser(databaseUrl, (client) =>
        client.query(
          'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
        ),
      )
    },

    async ready() {
      for (let tries = 0; tries < 600; tries++) {
        const { status } = await fetch(`${at.base}/health/ready`)
        if (status === 200) return
        await sleep(100)
      }
      throw new Error('the service did not come back')
    },

    async restart() {
      await service.close()
      service = await startTestService(test, { clock, environment, databaseUrl, keyringFile })
    },

    /** The service is gone in the midst of whatever it does: its clients, its database, then another comes. */
    async crash() {
      service.app.server.closeAllConnections()
      await world.cutConnections()
      await world.restart()
    },

    /** A new key of the organisation; triage is restarted, as the command says. */
    async turnKey() {
      const today = dayOf(clock())
      const added = newOrganisationKey(readKeyringFile(keyringFile), today)
      const { kid = '' } = added.keys.at(-1) ?? {}
      replaceKeyringFile(keyringFile, activateKey(added, kid, today))
      await world.restart()
    },

    /** What is kept goes under the active key; the others are destroyed. As the commands do, after a purge. */
    async destroyOldKeys() {
      const keyring = readKeyringFile(keyringFile)
      const old = keyring.keys.filter(
        ({ purpose, status }) => purpose === 'organisation' && status === 'expired',
      )
      const kids = old.map(({ kid }) => kid)
      if (kids.length === 0) return
      const moved = await rewrap(nightly(), operator, kids)
      if (moved.state !== 'rewrapped' || moved.unopened > 0) throw new Error(JSON.stringify(moved))
      for (const kid of kids) {
        const removePrivateHalf = async () =>
          replaceKeyringFile(keyringFile, destroyKey(readKeyringFile(keyringFile), kid))
        const gone = await destroy(nightly(), operator, kid, { removePrivateHalf })
        if (gone.state !== 'destroyed') throw new Error(JSON.stringify(gone))
      }
      await world.restart()
    },

    async mix() {
      const outcome = await mixBox(nightly(), { includeToday: true })
      if (outcome.state === 'busy') throw new Error('somebody else mixes')
    },

    /** A mixing that may not come to its end changes nothing that anybody sees. */
    async mixWhileCut() {
      await cutShort(mixBox(nightly(), { includeToday: true }))
      await world.ready()
    },

    /** The days go by, the first of them with its night. */
    async nextDays(days: number) {
      now += day
      const outcome = await mixBox(nightly())
      if (outcome.state === 'busy') throw new Error('somebody else mixes')
      await afterMixing(nightly(), dayOf(clock()))
      now += (days - 1) * day
    },

    /** As `sotto purge --yes`. */
    async purge({ isCut }: { isCut: boolean }) {
      await world.mix()
      if (isCut) {
        await cutShort(purge(nightly(), { beyondShare: true }))
        await world.ready()
      }
      await purge(nightly(), { beyondShare: true })
    },
  }

  async function reportOf(receipt: string): Promise<string> {
    const { rows } = await asSuperuser(databaseUrl, (client) =>
      client.query<{ id: string }>('SELECT report_id AS id FROM listed_mailboxes WHERE lookup_id = $1', [
        keysOf(receipt).lookupId,
      ]),
    )
    const [row] = rows
    if (row === undefined) throw new Error('an acknowledged report is not there')
    return row.id
  }
  return world
}
