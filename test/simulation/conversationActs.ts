import { type Filed, isConflicted, isLocked, showLock } from './model.ts'
import { type ActOnReport, expectOf, ofSupervisor, pathOf } from './scene.ts'

/** Staff and reporter talk, until it locks. */

const mayNotSend = (report: Filed) => isConflicted(report) || isLocked(report)

/** What is refused for a conflict shows no lock. */
function showLockOf(report: Filed): void {
  if (!isConflicted(report)) showLock(report)
}

export const reads: ActOnReport = async (_, report, member) => {
  const expect = expectOf(member, report, 200)
  await member.caller.call('GET', `${pathOf(report)}/messages`, { expect })
  if (expect !== 200) return
  report.hasUnread = false
  showLock(report)
}

export const writes: ActOnReport = async ({ step }, report, member) => {
  const done = report.mailbox === 'ended' ? 410 : mayNotSend(report) ? 409 : 201
  const expect = expectOf(member, report, done)
  const text = `Thank you. This is answer ${step}.`
  const path = `${pathOf(report)}/messages`
  const { body } = await member.caller.call<{ id: string }>('POST', path, { body: { text }, expect })
  if (expect === 409) showLockOf(report)
  if (expect === 201) report.written.push({ id: body.id, author: member.id, text, status: 'pending' })
}

export const decidesMessage: ActOnReport = async ({ dice, world }, report, member) => {
  const message = dice.oneOf(report.written)
  if (message === undefined) return
  const approved = dice.isLucky(0.8)
  const wanted = approved ? 'sent' : 'refused'
  const isLeft = message.status === 'pending'
  const isOwn = message.author === member.id
  const decided =
    isLeft && approved && mayNotSend(report) ? 409 : isLeft || message.status === wanted ? 200 : 409
  const expect = ofSupervisor(member, report, report.mailbox === 'ended' ? 410 : isOwn ? 403 : decided)
  const body = { approved, reason: 'Simulated.' }
  const path = `${pathOf(report)}/messages/${message.id}/approval`
  await member.caller.call('POST', path, { version: 1, body, expect })
  if (expect === 409 && isLeft) showLockOf(report)
  if (expect !== 200 || !isLeft) return
  message.status = wanted
  if (approved) report.lastSaid = world.today()
}

export const unlocks: ActOnReport = async (_, report, member) => {
  const expect = ofSupervisor(member, report, report.mailbox === 'ended' ? 410 : 200)
  const body = { reason: 'Advice was taken.' }
  await member.caller.call('POST', `${pathOf(report)}/messages/unlock`, { body, expect })
  if (expect !== 200 || !isLocked(report)) return
  if (report.isLockShown) report.version += 1
  report.isLockShown = false
  report.toldSinceUnlock = 0
}
