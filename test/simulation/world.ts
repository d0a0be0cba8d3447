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
import { earlierClock } from '../../src/domain/retention/steadiness.ts'
import { afterMixing } from '../../src/jobs/afterMixing.ts'
import { createLog } from '../../src/log.ts'
import type { Report } from '../../src/schemas/report.ts'
import { openPool } from '../../src/storage/pool.ts'
import { dayOf } from '../../src/vocabulary/calendar.ts'
import { keysOf } from '../mailbox/reporter.ts'
import { asSuperuser } from '../support/cluster.ts'
import { patientFetch } from '../support/patience.ts'
import { type Caller, callerWith } from '../support/staffApi.ts'
import type { Dice } from './dice.ts'
import { cutConnections, groundInside, type Lifetime, untilReady } from './ground.ts'
import { groundApart } from './groundApart.ts'
import { type Person, repliesUntilLock } from './model.ts'

/** The service as it is, with people who call it and clocks that can be moved. */
export type World = Awaited<ReturnType<typeof startWorld>>

export interface Member extends Person {
  caller: Caller
  token: string
}

const day = 86_400_000
/** With a service and a Postgres of its own, each a process that lives in the time of the simulation. */
const isApart = process.env.SIMULATION_APART === '1'
const daysOfTokens = 50 * 366
const environment = { REPLY_LIMIT: String(repliesUntilLock) }
const operator = { id: 'operator', role: 'cli' } as const

/** Before the night's pass is due, so that the nights of a simulation are its own. */
const minutesAfterMidnight = 1

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

export async function startWorld(test: Lifetime, dice: Dice) {
  let now = Math.floor(Date.now() / day) * day + minutesAfterMidnight * 60_000
  const startGround = isApart ? groundApart : groundInside
  const ground = await startGround(test, new Date(now), environment)
  const { databaseUrl, keyringFile, clock } = ground
  const pool = openPool(databaseUrl, 'sotto_triage', 3)
  test.after(() => pool.close())
  const members: Member[] = []
  for (const [name, role, agency] of cast) {
    const token = await ground.token(role, { name, agency, days: daysOfTokens })
    const caller = callerWith(ground, token)
    const { body } = await caller.call<{ id: string }>('GET', '/v1/triage/me')
    members.push({ id: body.id, name, role, agency, caller, token })
  }

  const nightly = () => {
    const keyring = readKeyringFile(keyringFile)
    const log = createLog('fatal', { write: () => {} })
    const periods = { unassessedDays: 365, graceDays: 14 }
    return { pool, keyring, clock, log, periods, audit: auditTrail(pool, keyring, clock), interval: 0 }
  }

  const world = {
    at: ground,
    members,
    today: () => dayOf(clock()),

    /** Sends a report with a key, again until it is acknowledged, whatever happens to connections meanwhile. */
    async report(content: Report, meanwhile?: () => Promise<void>) {
      const key = randomUUID()
      const send = () =>
        patientFetch(`${ground.base}/v1/reports`, {
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
        throw new Error(`a report was answered ${response?.status}: ${ground.lastWords()}`)
      }
      const { receipt } = (await response.json()) as { receipt: string }
      return { receipt, ...(await reportOf(receipt)) }
    },

    cutConnections: () => cutConnections(databaseUrl),
    ready: () => untilReady(ground),
    crash: () => ground.crash(),

    /** A new key of the organisation; triage is restarted, as the command says. */
    async turnKey() {
      const today = dayOf(clock())
      const added = newOrganisationKey(readKeyringFile(keyringFile), today)
      const { kid = '' } = added.keys.at(-1) ?? {}
      replaceKeyringFile(keyringFile, activateKey(added, kid, today))
      await ground.restart()
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
      await ground.restart()
    },

    async mix() {
      const outcome = await mixBox(nightly(), { includeToday: true })
      if (outcome.state === 'busy') throw new Error('somebody else mixes')
    },

    /** A mixing that may not come to its end changes nothing that anybody sees. */
    async mixWhileCut() {
      const begin = () => mixBox(nightly(), { includeToday: true })
      await ground.cutShort({ words: ['mix', '--include', 'today'], begin }, dice.next())
      await untilReady(ground)
    },

    /** Both clocks go on; nobody sees a night. */
    async passDays(days: number) {
      now += days * day
      await ground.moveTo(new Date(now))
    },

    /** The pass of this night, as the service does it: by the earlier of both clocks. */
    async night() {
      const earlier = await earlierClock(pool.query, clock())
      const outcome = await mixBox({ ...nightly(), clock: () => earlier })
      if (outcome.state === 'busy') throw new Error('somebody else mixes')
      await afterMixing(nightly(), dayOf(earlier))
    },

    /** A day goes by, and its night while one of the clocks is wrong. Gives the day that the host took it for. */
    async nightByWrongClock(whose: 'host' | 'database', daysAhead: number) {
      await world.passDays(1)
      const [right, wrong] = [new Date(now), new Date(now + daysAhead * day)]
      await (whose === 'host' ? ground.moveTo(wrong, right) : ground.moveTo(right, wrong))
      const seen = dayOf(clock())
      await world.night()
      await ground.moveTo(right)
      return seen
    },

    /** As `sotto purge --yes`. */
    async purge({ isCut }: { isCut: boolean }) {
      await world.mix()
      if (isCut) {
        const begin = () => purge(nightly(), { beyondShare: true })
        await ground.cutShort({ words: ['purge', '--yes'], begin }, dice.next())
        await untilReady(ground)
      }
      await purge(nightly(), { beyondShare: true })
    },
  }

  async function reportOf(receipt: string): Promise<{ id: string; lookupId: string }> {
    const { lookupId } = keysOf(receipt)
    const { rows } = await asSuperuser(databaseUrl, (client) =>
      client.query<{ id: string }>('SELECT report_id AS id FROM listed_mailboxes WHERE lookup_id = $1', [
        lookupId,
      ]),
    )
    const [row] = rows
    if (row === undefined) throw new Error('an acknowledged report is not there')
    return { id: row.id, lookupId: lookupId.toString('hex') }
  }
  return world
}
