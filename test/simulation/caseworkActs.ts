import assert from 'node:assert/strict'
import { bodyOf, type Change, change } from './guarded.ts'
import { readsReports, sightOf } from './model.ts'
import { type Act, type ActOnReport, anyReport, expectOf, ofSupervisor, pathOf } from './scene.ts'

/** What staff do with a report, and what they find. */

export const finds: Act = async (scene) => {
  const { dice, world } = scene
  const report = anyReport(scene)
  const member = dice.oneOf(world.members.filter(readsReports))
  if (report === undefined || member === undefined) return
  const path = '/v1/triage/reports/search'
  const body = { q: report.mark }
  const { body: found } = await member.caller.call<{ items: { id: string }[] }>('POST', path, { body })
  const should = sightOf(member, report) === 'all' ? [report.id] : []
  assert.deepEqual(
    found.items.map(({ id }) => id),
    should,
  )
}

export const changes: ActOnReport = async ({ world, dice }, report, member) => {
  const waiting = dice.oneOf(report.pending)
  const some = world.members.filter(() => dice.isLucky(0.5)).map(({ id }) => id)
  const any = dice.pick<Change>([
    { field: 'legalHold', value: true },
    { field: 'legalHold', value: false },
    { field: 'proceedingsKnown', value: dice.isLucky(0.3) },
    { field: 'reviewGroup', value: dice.pick(['1', '2', '3', '4', 'unassessed']) },
    { field: 'conflictOfInterest', value: ['licensing'] },
    { field: 'conflictOfInterest', value: [] },
    { field: 'restriction', value: [] },
    { field: 'restriction', value: null },
    { field: 'restriction', value: some },
  ])
  const wanted = waiting !== undefined && dice.isLucky(0.6) ? waiting : any
  const { version } = report
  const { staff: _staff, ...known } = report
  const before = structuredClone(known)
  const expect = change({ report, person: member, wanted, people: world.members, today: world.today() })
  try {
    await member.caller.call('PATCH', pathOf(report), { version, body: bodyOf(wanted), expect })
  } catch (error) {
    throw new Error(`${member.name} wanted ${JSON.stringify(wanted)} of ${JSON.stringify(before)}`, {
      cause: error,
    })
  }
}

/** The way of a report through its life; what ends it, and what sends it out, are acts of their own. */
const next: Record<string, string> = {
  received: 'screening',
  screening: 'sanitising',
  sanitising: 'graded',
  graded: 'approved',
  disseminated: 'outcome-pending',
  'outcome-pending': 'development',
  development: 'approved',
  closed: 'screening',
}

export const movesOn: ActOnReport = async (_, report, member) => {
  const { version, status: from } = report
  const status = next[from]
  if (status === undefined) return
  const lacks =
    (status === 'graded' && !report.isAssessed) ||
    (status === 'approved' && !report.items.some(({ isApproved }) => isApproved))
  // Whom it is a stub to may only name people.
  const isStub = sightOf(member, report) === 'stub'
  const mayNot = status === 'approved' ? member.role !== 'supervisor' : !readsReports(member)
  const expect = mayNot || isStub ? 403 : expectOf(member, report, lacks ? 409 : 200)
  await member.caller.call('PATCH', pathOf(report), { version, body: { status }, expect })
  if (expect !== 200) return
  report.status = status
  report.version += 1
}

export const assesses: ActOnReport = async (_, report, member) => {
  if (report.isAssessed) return
  const expect = expectOf(member, report, 200)
  const body = { rationale: 'Simulated.' }
  await member.caller.call('PUT', `${pathOf(report)}/assessment`, { version: 0, body, expect })
  if (expect === 200) report.isAssessed = true
}

export const notes: ActOnReport = async ({ step }, report, member) => {
  const expect = expectOf(member, report, 201)
  const text = `A note of step ${step}`
  await member.caller.call('POST', `${pathOf(report)}/notes`, { body: { text }, expect })
  if (expect === 201) report.notes.push(text)
}

export const writesItem: ActOnReport = async ({ step }, report, member) => {
  const expect = expectOf(member, report, 201)
  const body = {
    title: 'A fictional thing',
    text: `What may be passed on, of step ${step}.`,
    kind: 'fact',
    grade: { source: 2, intelligence: 'D', handling: 'C' },
  }
  const path = `${pathOf(report)}/items`
  const { body: item } = await member.caller.call<{ id: string }>('POST', path, { body, expect })
  if (expect === 201) report.items.push({ id: item.id, author: member.id, isApproved: false })
}

export const approvesItem: ActOnReport = async ({ dice }, report, member) => {
  const item = dice.oneOf(report.items)
  if (item === undefined) return
  const expect = ofSupervisor(member, report, item.author === member.id ? 403 : 200)
  const path = `${pathOf(report)}/items/${item.id}/approval`
  await member.caller.call('POST', path, { version: 1, body: { approved: true }, expect })
  if (expect === 200) item.isApproved = true
}

export const demandsErasure: ActOnReport = async ({ dice }, report, member) => {
  const ground = dice.pick(['court-order', 'subject-erasure', 'unlawful'])
  const isHeld = report.legalHold || report.proceedingsKnown
  const isRefused = report.erasure !== undefined || (isHeld && ground !== 'court-order')
  const expect = ofSupervisor(member, report, isRefused ? 409 : 201)
  const body = { ground, reference: 'Order 118', reason: 'Simulated.' }
  await member.caller.call('POST', `${pathOf(report)}/erasure`, { body, expect })
  if (expect === 201) report.erasure = { by: member.id, ground, isApproved: false }
}

export const approvesErasure: ActOnReport = async (_, report, member) => {
  const { erasure, legalHold, proceedingsKnown } = report
  const isCourts = erasure?.ground === 'court-order'
  const isHeld = (legalHold || proceedingsKnown) && !isCourts && !erasure?.isApproved
  const ofOther = erasure === undefined ? 404 : erasure.by === member.id ? 403 : isHeld ? 409 : 200
  const expect = ofSupervisor(member, report, ofOther)
  await member.caller.call('POST', `${pathOf(report)}/erasure/approval`, { body: {}, expect })
  if (expect === 200 && erasure !== undefined) erasure.isApproved = true
}
