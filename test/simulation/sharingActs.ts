import { type ActOnReport, ofSupervisor, pathOf } from './scene.ts'

/** What goes to other agencies, and what becomes of it. */

const sendable = ['approved', 'disseminated', 'outcome-pending']
const addressed = {
  gateway: 'cda-1998-s115',
  basis: 'ukgdpr-public-task',
  necessity: 'Simulated.',
  proportionality: 'Simulated.',
  purpose: 'Simulated.',
  leadOrInformation: 'lead',
}

export const sends: ActOnReport = async ({ dice, agencyKeys }, report, member) => {
  const item = dice.oneOf(report.items)
  if (item === undefined) return
  const agency = dice.pick(['licensing', 'licensing', 'law-enforcement'])
  const may =
    item.isApproved && sendable.includes(report.status) && !report.conflictOfInterest.includes(agency)
  const expect = ofSupervisor(member, report, may ? 201 : 409)
  const body = { ...addressed, agency, items: [item.id] }
  const path = `${pathOf(report)}/disseminations`
  const sent = await member.caller.call<{ id: string }>('POST', path, { body, expect })
  if (expect !== 201) return
  const isToOwnKey = agency === 'licensing' && agencyKeys.length > 0
  const key = isToOwnKey ? { key: agencyKeys.length - 1 } : {}
  report.sent.push({ id: sent.body.id, agency, ...key, status: 'sent' })
  if (report.status !== 'approved') return
  report.status = 'disseminated'
  report.version += 1
}

export const recalls: ActOnReport = async ({ dice }, report, member) => {
  const sent = dice.oneOf(report.sent)
  if (sent === undefined) return
  const expect = ofSupervisor(member, report, 200)
  const path = `${pathOf(report)}/disseminations/${sent.id}/recall`
  await member.caller.call('POST', path, { body: { reason: 'Simulated.' }, expect })
  if (expect === 200) sent.status = 'recalled'
}

/** The agency says that it has it, or what came of it. */
export const answers: ActOnReport = async ({ dice, world }, report) => {
  const sent = dice.oneOf(report.sent)
  const partner = world.members.find(({ role, agency }) => role === 'partner' && agency === sent?.agency)
  if (sent === undefined || partner === undefined) return
  const isGone = sent.status === 'recalled'
  const path = `/v1/partner/disseminations/${sent.id}`
  if (dice.isLucky(0.3)) {
    await partner.caller.call('POST', `${path}/acknowledgement`, { expect: isGone ? 410 : 200 })
    if (sent.status === 'sent') sent.status = 'acknowledged'
    return
  }
  const body = { type: 'no-trace', on: world.today() }
  await partner.caller.call('POST', `${path}/outcomes`, { body, expect: isGone ? 410 : 201 })
  if (!isGone) sent.status = 'answered'
}
