import { waitsToBeDestroyed } from './model.ts'
import { type ActOnReport, expectOf, ofSupervisor, pathOf } from './scene.ts'

/** Images are put away by one person, and destroyed by two. */

export const quarantines: ActOnReport = async ({ dice }, report, member) => {
  const image = dice.oneOf(report.images)
  if (image === undefined) return
  const expect = expectOf(member, report, 200)
  await member.caller.call('POST', `${pathOf(report)}/attachments/${image.id}/quarantine`, { expect })
  if (expect === 200) image.isQuarantined = true
}

export const destroys: ActOnReport = async ({ dice, world }, report, member) => {
  const image = dice.oneOf(report.images)
  if (image === undefined) return
  const today = world.today()
  const waits = waitsToBeDestroyed(image, today)
  const isSecond = waits && image.destruction?.by !== member.id
  const done = !image.isQuarantined ? 409 : isSecond ? 204 : 202
  const expect = ofSupervisor(member, report, done)
  const headers = { 'audit-reason': 'Police reference 42/1234' }
  await member.caller.call('DELETE', `${pathOf(report)}/attachments/${image.id}`, { headers, expect })
  if (expect === 202 && !waits) image.destruction = { by: member.id, on: today }
  if (expect === 204) report.images = report.images.filter((one) => one !== image)
}

export const keepsImage: ActOnReport = async ({ dice, world }, report, member) => {
  const image = dice.oneOf(report.images)
  if (image === undefined) return
  const expect = ofSupervisor(member, report, waitsToBeDestroyed(image, world.today()) ? 204 : 404)
  await member.caller.call('DELETE', `${pathOf(report)}/attachments/${image.id}/destruction`, { expect })
  if (expect === 204) image.destruction = undefined
}
