import { type Dice, diceOf } from '../simulation/dice.ts'
import type { Ground } from '../simulation/ground.ts'
import { type Filed, later, type Model } from '../simulation/model.ts'
import { type Caller, callerWith } from '../support/staffApi.ts'
import { severalAtOnce } from './severalAtOnce.ts'

export type Staff = Awaited<ReturnType<typeof staffOf>>

const daysOfTokens = 50 * 366
const reason = 'Simulated.'
const addressed = {
  gateway: 'cda-1998-s115',
  basis: 'ukgdpr-public-task',
  necessity: reason,
  proportionality: reason,
  purpose: reason,
  leadOrInformation: 'lead',
}

/** Those who work on reports on the day after they came; and on what they had begun. */
export async function staffOf(ground: Ground, allDice: Dice, daysANight: number) {
  const somebody = async (
    name: string,
    role: Parameters<Ground['token']>[0],
    agency: string | null = null,
  ): Promise<Caller> => callerWith(ground, await ground.token(role, { name, agency, days: daysOfTokens }))
  const sade = await somebody('Sade', 'supervisor')
  const bea = await somebody('Bea', 'supervisor')
  const pat = await somebody('Pat', 'partner', 'licensing')
  const ada = await somebody('Ada', 'auditor')

  const pathOf = ({ id }: Filed) => `/v1/triage/reports/${id}`

  async function patch(who: Caller, report: Filed, body: object, expect = 200): Promise<void> {
    await who.call('PATCH', pathOf(report), { version: report.version, body: { ...body, reason }, expect })
    report.version += 1
  }

  /** What loosens takes two. */
  async function loosen(report: Filed, body: object, today: string): Promise<void> {
    await patch(sade, report, body, 202)
    await patch(bea, report, body)
    report.loosenedOn = today
  }

  async function assess(report: Filed, dice: Dice): Promise<void> {
    await patch(sade, report, { status: 'screening' })
    await sade.call('PUT', `${pathOf(report)}/assessment`, { version: 0, body: { rationale: reason } })
    Object.assign(report, { status: 'screening', isAssessed: true })
    const group = dice.pick(['1', '2', '2', '3', '3', '3', '4', 'unassessed'] as const)
    if (group === 'unassessed') return
    await patch(sade, report, { reviewGroup: group })
    report.reviewGroup = group
  }

  /** Some of it goes to an agency, which answers, mostly. */
  async function share(report: Filed): Promise<void> {
    const path = pathOf(report)
    await patch(sade, report, { status: 'sanitising' })
    await patch(sade, report, { status: 'graded' })
    const grade = { source: 2, intelligence: 'D', handling: 'C' }
    const body = { title: 'A fictional thing', text: 'What may be passed on.', kind: 'fact', grade }
    const item = await sade.call<{ id: string }>('POST', `${path}/items`, { body, expect: 201 })
    await bea.call('POST', `${path}/items/${item.body.id}/approval`, {
      version: 1,
      body: { approved: true },
    })
    report.items.push({ id: item.body.id, author: '', isApproved: true })
    await patch(sade, report, { status: 'approved' })
    const sent = await sade.call<{ id: string }>('POST', `${path}/disseminations`, {
      body: { ...addressed, agency: 'licensing', items: [item.body.id] },
      expect: 201,
    })
    report.version += 1
    report.status = 'disseminated'
    report.sent.push({ id: sent.body.id, agency: 'licensing', status: 'sent' })
  }

  async function answer(report: Filed, today: string): Promise<void> {
    for (const sent of report.sent.filter(({ status }) => status === 'sent')) {
      const body = { type: 'no-trace', on: today }
      await pat.call('POST', `/v1/partner/disseminations/${sent.id}/outcomes`, { body, expect: 201 })
      sent.status = 'answered'
    }
  }

  /** What keeps it longer, or only looks as if it did. */
  async function keep(report: Filed, today: string, dice: Dice): Promise<void> {
    if (dice.isLucky(0.04)) {
      await patch(sade, report, { legalHold: true })
      report.legalHold = true
    }
    if (dice.isLucky(0.02)) {
      await patch(sade, report, { proceedingsKnown: true })
      report.proceedingsKnown = true
    }
    if (dice.isLucky(0.04)) {
      const request = {
        ...{ kind: dice.pick(['subject-access', 'court', 'foi']), subject: 'A fictional person' },
        ...{ neitherConfirmNorDeny: true, publicInterestImmunity: false, due: later(today, 30) },
      }
      await patch(sade, report, { disclosureRequests: [request] })
    }
  }

  /** Tonight, since a court orders it. */
  async function erase(report: Filed): Promise<void> {
    const body = { ground: 'court-order', reference: 'Order 118', reason }
    await sade.call('POST', `${pathOf(report)}/erasure`, { body, expect: 201 })
    await bea.call('POST', `${pathOf(report)}/erasure/approval`, { body: {} })
    report.erasure = { by: '', ground: 'court-order', isApproved: true }
  }

  async function beginWith(report: Filed, today: string, dice: Dice): Promise<void> {
    if (report.hasUnread && dice.isLucky(0.8)) {
      await sade.call('GET', `${pathOf(report)}/messages`)
      report.hasUnread = false
    }
    if (dice.isLucky(0.35)) await assess(report, dice)
    if (report.isAssessed && dice.isLucky(0.2)) await share(report)
    await keep(report, today, dice)
    if (dice.isLucky(0.015)) await erase(report)
  }

  /** What was begun comes to its end: within a year or two, or, of a few, never. */
  async function goOnWith(report: Filed, today: string, dice: Dice): Promise<void> {
    if (report.sent.length > 0 && dice.isLucky(0.02)) await answer(report, today)
    if (report.legalHold && dice.isLucky(0.002)) {
      await loosen(report, { legalHold: false }, today)
      report.legalHold = false
    }
    if (report.proceedingsKnown && dice.isLucky(0.002)) {
      await loosen(report, { proceedingsKnown: false }, today)
      report.proceedingsKnown = false
    }
  }

  return {
    sade,
    ada,
    async work(model: Model, today: string): Promise<void> {
      // With every other night missed, those of the day before yesterday.
      const yesterday = later(today, -daysANight)
      await severalAtOnce(
        [...model.values()].map((report) => ({ report, dice: diceOf(allDice.below(2 ** 31)) })),
        async ({ report, dice }) => {
          if (report.receivedOn === yesterday) await beginWith(report, today, dice)
          else if (report.receivedOn < yesterday) await goOnWith(report, today, dice)
        },
      )
    },
  }
}
