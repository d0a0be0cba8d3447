import { randomUUID } from 'node:crypto'
import { localTokens } from '../../src/auth/localTokens.ts'
import { readKeyringFile } from '../../src/crypto/keyring.ts'
import type { Report } from '../../src/schemas/report.ts'
import { openPool } from '../../src/storage/pool.ts'
import { dayOf } from '../../src/vocabulary/calendar.ts'
import { keysOf } from '../mailbox/reporter.ts'
import { asSuperuser } from '../support/cluster.ts'
import { patientFetch, until } from '../support/patience.ts'
import { type Caller, callerWith } from '../support/staffApi.ts'
import type { Dice } from './dice.ts'
import { cutConnections, groundInside, type Lifetime } from './ground.ts'
import { groundApart } from './groundApart.ts'
import { type Person, repliesUntilLock } from './model.ts'
import { operatorOf } from './operator.ts'
import { untilReady } from './ready.ts'

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

/** Before the night's pass is due, so that the nights of a simulation are its own. */
const minutesAfterMidnight = 1

const cast = [
  ['Tam', 'triager', null],
  ['Lin', 'triager', 'licensing'],
  ['Sade', 'supervisor', null],
  ['Bea', 'supervisor', null],
  ['Lou', 'supervisor', 'licensing'],
  ['Pat', 'partner', 'licensing'],
  ['Pru', 'partner', 'licensing'],
  ['Ada', 'auditor', null],
  ['Alf', 'auditor', 'licensing'],
  ['Ari', 'admin', null],
] as const

export async function startWorld(test: Lifetime, dice: Dice) {
  let now = Math.floor(Date.now() / day) * day + minutesAfterMidnight * 60_000
  const startGround = isApart ? groundApart : groundInside
  const ground = await startGround(test, new Date(now), environment)
  await untilReady(ground)
  const { databaseUrl, clock } = ground
  const pool = openPool(databaseUrl, 'sotto_triage', 3)
  test.after(() => pool.close())
  const everybody: Member[] = []
  for (const [name, role, agency] of cast) {
    const token = await ground.token(role, { name, agency, days: daysOfTokens })
    const caller = callerWith(ground, token)
    const { body } = await caller.call<{ id: string }>('GET', '/v1/triage/me')
    everybody.push({ id: body.id, name, role, agency, caller, token, isIn: true })
  }

  const operator = operatorOf(pool, ground)

  const world = {
    at: ground,
    everybody,
    /** Those who can sign in. */
    get members() {
      return everybody.filter(({ isIn }) => isIn)
    },

    /** All ways in of a person are shut, as `sotto staff revoke` does it. */
    async shutOut(member: Member) {
      const tokens = localTokens(pool, readKeyringFile(ground.keyringFile), clock)
      await pool.transaction((query) => tokens.revoke(query, [member.id]))
      member.isIn = false
      await member.caller.call('GET', '/v1/triage/me', { expect: 401 })
    },

    /** They get another token: the same person as before. */
    async letIn(member: Member) {
      const { name, role, agency } = member
      member.token = await ground.token(role, { name, agency, days: daysOfTokens })
      member.caller = callerWith(ground, member.token)
      member.isIn = true
      const { body } = await member.caller.call<{ id: string }>('GET', '/v1/triage/me')
      if (body.id !== member.id) throw new Error('they are another person now')
    },

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
      const isAnswered = () => (response?.status ?? 503) !== 503
      await until(async () => {
        if (!isAnswered()) response = await send().catch(unanswered)
        return isAnswered()
      })
      if (response?.status !== 201) {
        throw new Error(`a report was answered ${response?.status}: ${ground.lastWords()}`)
      }
      const { receipt } = (await response.json()) as { receipt: string }
      return { receipt, ...(await reportOfMailbox('lookup_id = $1', keysOf(receipt).lookupId)) }
    },

    /** The report that a submission became. No call tells it. */
    reportOfSubmission: (id: string) =>
      reportOfMailbox('report_id = (SELECT report_id FROM submissions WHERE id = $1)', id),

    cutConnections: () => cutConnections(databaseUrl),
    ready: () => untilReady(ground),
    crash: () => ground.crash(),

    /** A new key of the organisation; triage is restarted, as the command says. */
    async turnKey() {
      operator.turnKey()
      await ground.restart()
    },

    /** What is kept goes under the active key; the others are destroyed. As the commands do, after a purge. */
    async destroyOldKeys() {
      if ((await operator.destroyOldKeys()) > 0) await ground.restart()
    },

    async mix() {
      await operator.mix()
    },

    /** A mixing that may not come to its end changes nothing that anybody sees. */
    async mixWhileCut() {
      await ground.cutShort({ words: ['mix', '--include', 'today'], begin: operator.mix }, dice.next())
      await untilReady(ground)
    },

    /** Both clocks go on; nobody sees a night. */
    async passDays(days: number) {
      now += days * day
      await ground.moveTo(new Date(now))
    },

    night: operator.night,

    /** A day goes by, and its night while one of the clocks is wrong. Gives the day that the host took it for. */
    async nightByWrongClock(whose: 'host' | 'database', daysAhead: number) {
      await world.passDays(1)
      const [right, wrong] = [new Date(now), new Date(now + daysAhead * day)]
      await (whose === 'host' ? ground.moveTo(wrong, right) : ground.moveTo(right, wrong))
      const seen = dayOf(clock())
      await operator.night()
      await ground.moveTo(right)
      return seen
    },

    /** As `sotto purge --yes`. */
    async purge({ isCut }: { isCut: boolean }) {
      await operator.mix()
      if (isCut) {
        await ground.cutShort({ words: ['purge', '--yes'], begin: operator.purge }, dice.next())
        await untilReady(ground)
      }
      await operator.purge()
    },
  }

  async function reportOfMailbox(where: string, value: unknown): Promise<{ id: string; lookupId: string }> {
    const { rows } = await asSuperuser(databaseUrl, (client) =>
      client.query<{ id: string; lookupId: string }>(
        `SELECT report_id AS id, encode(lookup_id, 'hex') AS "lookupId" FROM listed_mailboxes WHERE ${where}`,
        [value],
      ),
    )
    const [row] = rows
    if (row === undefined) throw new Error('an acknowledged report is not there')
    return row
  }
  return world
}
