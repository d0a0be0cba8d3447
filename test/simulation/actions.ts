import assert from 'node:assert/strict'
import { reporterAt } from '../mailbox/reporter.ts'
import { sampleReport } from '../support/reports.ts'
import type { Dice } from './dice.ts'
import { bodyOf, type Change, change } from './guarded.ts'
import { common } from './look.ts'
import { eraseAll, type Filed, filed, type Model, purgeAll, readsReports, sightOf } from './model.ts'
import type { Member, World } from './world.ts'

/** What can happen in one step. Each act asks the service and the model, which must agree on what is answered. */

export interface Scene {
  world: World
  model: Model
  dice: Dice
  /** How many steps there were. */
  step: number
}

type Act = (scene: Scene) => Promise<void>
type ActOnReport = (scene: Scene, report: Filed, member: Member) => Promise<void>

const arrives = async ({ world, model, dice, step }: Scene, meanwhile?: () => Promise<void>) => {
  const mark = `mark${step}x`
  const isCorruption = dice.isLucky(0.15)
  const content = sampleReport({
    narrative: `A ${common} report of fictional things, known by the word ${mark}.`,
    ...(isCorruption ? { subcategories: ['corruption'] } : {}),
  })
  const { receipt, id } = await world.report(content, meanwhile)
  model.set(id, filed({ id, mark, content, receipt, receivedOn: world.today() }, isCorruption))
}

const cut: Act = async (scene) => {
  await arrives(scene, scene.world.cutConnections)
  await scene.world.ready()
}

const finds: Act = async ({ model, world: { members }, dice }) => {
  const report = dice.oneOf([...model.values()])
  const member = dice.oneOf(members.filter(readsReports))
  if (report === undefined || member === undefined) return
  const { body } = await member.caller.call<{ items: { id: string }[] }>(
    'POST',
    '/v1/triage/reports/search',
    {
      body: { q: report.mark },
    },
  )
  const should = sightOf(member, report) === 'all' ? [report.id] : []
  assert.deepEqual(
    body.items.map(({ id }) => id),
    should,
  )
}

const changes: ActOnReport = async ({ world, dice }, report, member) => {
  const waiting = dice.oneOf(report.pending)
  const wanted = waiting !== undefined && dice.isLucky(0.6) ? waiting : anyChange(dice, world.members)
  const path = `/v1/triage/reports/${report.id}`
  const { version } = report
  const before = structuredClone(report)
  const expect = change({ report, person: member, wanted, people: world.members, today: world.today() })
  try {
    await member.caller.call('PATCH', path, { version, body: bodyOf(wanted), expect })
  } catch (error) {
    throw new Error(`${member.name} wanted ${JSON.stringify(wanted)} of ${JSON.stringify(before)}`, {
      cause: error,
    })
  }
}

function anyChange(dice: Dice, members: readonly Member[]): Change {
  const some = members.filter(() => dice.isLucky(0.5)).map(({ id }) => id)
  return dice.pick<Change>([
    { field: 'legalHold', value: true },
    { field: 'legalHold', value: false },
    { field: 'conflictOfInterest', value: ['licensing'] },
    { field: 'conflictOfInterest', value: [] },
    { field: 'restriction', value: [] },
    { field: 'restriction', value: null },
    { field: 'restriction', value: some },
  ])
}

/** Acts that anyone who reads the report may do. */
const expectOf = (member: Member, report: Filed, done: number) =>
  !readsReports(member) ? 403 : sightOf(member, report) === 'all' ? done : 404

const screens: ActOnReport = async (_, report, member) => {
  if (report.status !== 'received') return
  // Whom it is a stub to may only name people.
  const expect = sightOf(member, report) === 'stub' ? 403 : expectOf(member, report, 200)
  const request = { version: report.version, body: { status: 'screening', priority: 'high' }, expect }
  await member.caller.call('PATCH', `/v1/triage/reports/${report.id}`, request)
  if (expect !== 200) return
  report.status = 'screening'
  report.version += 1
}

const notes: ActOnReport = async ({ step }, report, member) => {
  const expect = expectOf(member, report, 201)
  const text = `A note of step ${step}`
  await member.caller.call('POST', `/v1/triage/reports/${report.id}/notes`, { body: { text }, expect })
  if (expect === 201) report.notes.push(text)
}

const writesItem: ActOnReport = async ({ step }, report, member) => {
  const expect = expectOf(member, report, 201)
  const body = {
    title: 'A fictional thing',
    text: `What may be passed on, of step ${step}.`,
    kind: 'fact',
    grade: { source: 2, intelligence: 'D', handling: 'C' },
  }
  const path = `/v1/triage/reports/${report.id}/items`
  const { body: item } = await member.caller.call<{ id: string }>('POST', path, { body, expect })
  if (expect === 201) report.items.push({ id: item.id, author: member.id, isApproved: false })
}

const approvesItem: ActOnReport = async ({ dice }, report, member) => {
  const item = dice.oneOf(report.items)
  if (item === undefined) return
  const isAuthor = item.author === member.id
  const may = member.role === 'supervisor'
  const expect = !may ? 403 : sightOf(member, report) !== 'all' ? 404 : isAuthor ? 403 : 200
  const path = `/v1/triage/reports/${report.id}/items/${item.id}/approval`
  await member.caller.call('POST', path, { version: 1, body: { approved: true }, expect })
  if (expect === 200) item.isApproved = true
}

const reads: ActOnReport = async (_, report, member) => {
  const expect = expectOf(member, report, 200)
  await member.caller.call('GET', `/v1/triage/reports/${report.id}/messages`, { expect })
  if (expect === 200) report.hasUnread = false
}

const says: ActOnReport = async ({ world, step }, report) => {
  const text = `The reporter adds something at step ${step}.`
  const { status } = await reporterAt(world.at.base, report.receipt).say(text)
  assert.equal(status, report.mailbox === 'open' ? 201 : 401)
  if (report.mailbox === 'ended') return
  report.said.push(text)
  report.lastSaid = world.today()
  report.hasUnread = true
}

const ends: ActOnReport = async ({ world }, report) => {
  const { status } = await reporterAt(world.at.base, report.receipt).end()
  assert.equal(status, report.mailbox === 'open' ? 204 : 401)
  if (report.mailbox === 'open') report.isConversationKept = report.legalHold
  report.mailbox = 'ended'
}

const demandsErasure: ActOnReport = async ({ dice }, report, member) => {
  const ground = dice.pick(['court-order', 'subject-erasure', 'unlawful'])
  const isRefused = report.erasure !== undefined || (report.legalHold && ground !== 'court-order')
  const may = member.role === 'supervisor'
  const expect = !may ? 403 : sightOf(member, report) !== 'all' ? 404 : isRefused ? 409 : 201
  const body = { ground, reference: 'Order 118', reason: 'Simulated.' }
  await member.caller.call('POST', `/v1/triage/reports/${report.id}/erasure`, { body, expect })
  if (expect === 201) report.erasure = { by: member.id, ground, isApproved: false }
}

const approvesErasure: ActOnReport = async (_, report, member) => {
  const { erasure } = report
  const path = `/v1/triage/reports/${report.id}/erasure/approval`
  const may = member.role === 'supervisor'
  const sees = may && sightOf(member, report) === 'all'
  const isHeld = report.legalHold && erasure?.ground !== 'court-order' && !erasure?.isApproved
  const ofOther = erasure?.by === member.id ? 403 : isHeld ? 409 : 200
  const expect = !may ? 403 : !sees || erasure === undefined ? 404 : ofOther
  await member.caller.call('POST', path, { body: {}, expect })
  if (expect === 200 && erasure !== undefined) erasure.isApproved = true
}

const night: Act = async ({ world, model, dice }) => {
  await world.nextDays(dice.pick([1, 1, 2]))
  eraseAll(model)
}

const longTime: Act = async ({ world, model, dice }) => {
  await world.nextDays(20 + dice.below(100))
  eraseAll(model)
  await world.purge()
  purgeAll(model, world.today())
}

const onReport =
  (act: ActOnReport): Act =>
  async (scene) => {
    const report = scene.dice.oneOf([...scene.model.values()])
    const member = scene.dice.oneOf(scene.world.members)
    if (report !== undefined && member !== undefined) await act(scene, report, member)
  }

/** Each act with how often it comes. */
export const acts: readonly { name: string; weight: number; act: Act }[] = [
  { name: 'a report arrives', weight: 20, act: (scene) => arrives(scene) },
  { name: 'a report arrives while connections are cut', weight: 2, act: cut },
  { name: 'the service is restarted', weight: 1, act: ({ world }) => world.restart() },
  { name: 'the key is turned', weight: 1, act: ({ world }) => world.turnKey() },
  { name: 'the boxes are mixed', weight: 3, act: ({ world }) => world.mix() },
  { name: 'a night goes by', weight: 4, act: night },
  { name: 'a long time goes by, and a purge', weight: 2, act: longTime },
  { name: 'somebody searches', weight: 6, act: finds },
  { name: 'somebody changes what is guarded', weight: 60, act: onReport(changes) },
  { name: 'somebody screens', weight: 8, act: onReport(screens) },
  { name: 'somebody writes a note', weight: 6, act: onReport(notes) },
  { name: 'somebody writes an item', weight: 6, act: onReport(writesItem) },
  { name: 'somebody approves an item', weight: 6, act: onReport(approvesItem) },
  { name: 'somebody reads messages', weight: 6, act: onReport(reads) },
  { name: 'a reporter says something', weight: 8, act: onReport(says) },
  { name: 'a reporter ends the mailbox', weight: 2, act: onReport(ends) },
  { name: 'somebody demands erasure', weight: 6, act: onReport(demandsErasure) },
  { name: 'somebody approves erasure', weight: 6, act: onReport(approvesErasure) },
]
