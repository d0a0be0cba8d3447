import assert from 'node:assert/strict'
import type { CaseView } from '../../src/schemas/casework.ts'
import type { Report } from '../../src/schemas/report.ts'
import { reporterAt } from '../mailbox/reporter.ts'
import { patientFetch } from '../support/patience.ts'
import {
  type Filed,
  isInConflict,
  isListedAsPending,
  type Model,
  readsReports,
  showLock,
  sightOf,
  waitsToBeClosed,
} from './model.ts'
import type { Member, World } from './world.ts'

/** Holds the service against the model: what should be readable is, by whom it should be, and nothing else. */

/** A word of every report. */
export const common = 'simulated'

interface Page {
  items: { id: string }[]
  nextCursor?: string
}
type Opened = CaseView & { report: Report | null }

/** Everything that each person can list, find and export; what is restricted, to auditors; what was sent, to its agency. */
export async function lookAtLists(world: World, model: Model): Promise<void> {
  const { members } = world
  const reports = [...model.values()]
  await ofEach(members, async (member) => {
    if (member.role === 'auditor') await lookAtRestricted(member, reports)
    await (readsReports(member) ? lookAsStaff(world, member, model) : lookAsOthers(member))
  })
}

/** Looks change nothing: what one waits for need not be waited for by the others. */
export async function ofEach<T>(all: readonly T[], look: (one: T) => Promise<void>): Promise<void> {
  const ended = await Promise.allSettled(all.map(look))
  for (const one of ended) if (one.status === 'rejected') throw one.reason
}

async function lookAsOthers({ caller }: Member): Promise<void> {
  for (const path of ['/v1/triage/reports', '/v1/triage/export']) {
    await caller.call('GET', path, { expect: 403 })
  }
  await caller.call('POST', '/v1/triage/reports/search', { body: { q: common }, expect: 403 })
}

async function lookAsStaff(world: World, member: Member, model: Model): Promise<void> {
  const { caller, name } = member
  const reports = [...model.values()]
  const seen = (sight: string) => reports.filter((one) => sightOf(member, one) === sight)
  const listed = (query: string) =>
    pages((cursor) => caller.call<Page>('GET', `/v1/triage/reports?limit=200${query}${cursor}`))
  const should = [...seen('all'), ...seen('stub')]
  assert.deepEqual(idsOf(await listed('')), idsOf(should), `what ${name} lists`)
  const waiting = idsOf(should.filter((one) => isListedAsPending(one, world.today())))
  assert.deepEqual(idsOf(await listed('&pending=true')), waiting, `what waits, to ${name}`)
  const found = await pages((_, cursor) =>
    caller.call<Page>('POST', '/v1/triage/reports/search', { body: { q: common, limit: 200, ...cursor } }),
  )
  assert.deepEqual(idsOf(found), idsOf(seen('all')), `what ${name} finds`)
  if (member.role !== 'supervisor') {
    await caller.call('GET', '/v1/triage/export', { expect: 403 })
    return
  }
  const exported = await exportOf(world.at, member)
  assert.deepEqual(idsOf(exported), idsOf(seen('all')), `what ${name} exports`)
  for (const one of exported) assert.deepEqual(one.report, model.get(one.id)?.content)
}

/** Which reports are restricted, and whom they name; of those whose conflict names the auditor's agency a count. */
async function lookAtRestricted(member: Member, reports: readonly Filed[]): Promise<void> {
  interface Restricted extends Page {
    items: { id: string; restrictedTo: { id: string }[] }[]
    conflicting: number
  }
  const path = '/v1/triage/audit/restricted?limit=200'
  const { body } = await member.caller.call<Restricted>('GET', path)
  const restricted = reports.filter(({ restriction }) => restriction !== null)
  const shown = restricted.filter((one) => !isInConflict(member, one))
  const named = (ids: readonly string[]) => [...ids].sort().join()
  assert.deepEqual(
    body.items.map(({ id, restrictedTo }) => [id, named(restrictedTo.map((one) => one.id))]).sort(),
    shown.map(({ id, restriction }) => [id, named(restriction ?? [])]).sort(),
    'what auditors know to be restricted',
  )
  assert.equal(body.conflicting, restricted.length - shown.length)
}

/** One report: as each person opens it, and as its reporter finds the mailbox. */
export async function lookAtReport({ members, at }: World, filed: Filed): Promise<void> {
  const path = `/v1/triage/reports/${filed.id}`
  await ofEach(members, async (member) => {
    const { caller, name } = member
    const expect = !readsReports(member) ? 403 : sightOf(member, filed) === 'all' ? 200 : 404
    const { body } = await caller.call<Opened>('GET', path, { expect })
    if (expect !== 200) return
    assert.deepEqual(body.report, filed.content, `what ${name} opens`)
    assert.deepEqual(shownOf(body), modelOf(filed), `how ${name} finds it`)
  })
  await lookAtMailbox(at, filed)
  const reader = members.find((one) => sightOf(one, filed) === 'all')
  if (reader !== undefined) await lookAtCasework(reader, path, filed)
}

async function lookAtCasework({ caller }: Member, path: string, filed: Filed): Promise<void> {
  type Many<T> = { items: T[] }
  const all = async <T>(what: string) =>
    (await caller.call<Many<T>>('GET', `${path}/${what}?limit=200`)).body.items
  const notes = await all<{ text: string }>('notes')
  assert.deepEqual(notes.map(({ text }) => text).sort(), [...filed.notes].sort())
  const items = await all<{ id: string; status: string }>('items')
  const states = filed.items.map(({ id, isApproved }) => [id, isApproved ? 'approved' : 'draft'])
  assert.deepEqual(items.map(({ id, status }) => [id, status]).sort(), states.sort())
  const sent = await all<{ id: string; status: string }>('disseminations')
  assert.deepEqual(
    sent.map(({ id, status }) => [id, status]).sort(),
    filed.sent.map(({ id, status }) => [id, status]).sort(),
  )
  const { body: images } = await caller.call<Many<{ id: string; quarantined: boolean }>>(
    'GET',
    `${path}/attachments`,
  )
  assert.deepEqual(
    images.items.map(({ id, quarantined }) => [id, quarantined]).sort(),
    filed.images.map(({ id, isQuarantined }) => [id, isQuarantined]).sort(),
  )
  const messages = await all<{ text: string }>('messages')
  const spoken = [...filed.said, ...filed.written.map(({ text }) => text)]
  assert.deepEqual(messages.map(({ text }) => firstLine(text)).sort(), spoken.sort(), 'the conversation')
  filed.hasUnread = false
  showLock(filed)
}

async function lookAtMailbox(at: World['at'], filed: Filed): Promise<void> {
  const { receipt, mailbox, receivedOn, said, written, status, images, submission } = filed
  if (submission !== undefined) return
  const reporter = reporterAt(at.base, receipt)
  if (mailbox === 'ended') return assert.equal((await reporter.call('')).status, 401)
  const read = await reporter.read()
  assert.equal(read.receivedOn, receivedOn)
  assert.equal(read.status, status === 'received' || status === 'closed' ? status : 'reviewed')
  const sent = written.filter((one) => one.status === 'sent').map(({ text }) => text)
  assert.deepEqual(
    read.messages.map(({ text }) => firstLine(text)).sort(),
    [...said, ...sent].sort(),
    'what the receipt opens',
  )
  assert.deepEqual(idsOf(read.attachments), idsOf(images))
}

/** What was written, without the standing words that it goes out with. */
export const firstLine = (text: string) => text.split('\n')[0]

/** What is gone, by its purge or by law: nobody has it, its receipt opens nothing. */
export async function lookAtGone(
  { members, at }: World,
  { id, receipt, submission }: Pick<Filed, 'id' | 'receipt' | 'submission'>,
) {
  await ofEach(members, async ({ caller, role }) => {
    await caller.call('GET', `/v1/triage/reports/${id}`, { expect: readsReports({ role }) ? 404 : 403 })
    if (submission === undefined) return
    const expect = role === 'partner' ? 404 : 403
    await caller.call('GET', `/v1/partner/submissions/${submission.id}`, { expect })
  })
  if (submission === undefined) assert.equal((await reporterAt(at.base, receipt).call('')).status, 401)
}

function shownOf(body: Opened) {
  const { version, status, flags, conflictOfInterest, restrictedTo, pending } = body
  const { reviewGroup, proceedingsKnown } = body
  return {
    version,
    status,
    legalHold: flags.includes('legalHold'),
    chisReview: flags.includes('chisReview'),
    reviewGroup,
    proceedingsKnown,
    restricted: flags.includes('restricted'),
    conflictOfInterest: [...conflictOfInterest].sort(),
    restrictedTo: restrictedTo.map(({ id }) => id).sort(),
    pending: pending.map(({ by }) => by.id).sort(),
  }
}

function modelOf(filed: Filed) {
  const { version, status, legalHold, restriction, conflictOfInterest, pending, closure } = filed
  const waiting = waitsToBeClosed(filed) && closure !== undefined ? [...pending, closure] : pending
  return {
    version,
    status,
    legalHold,
    chisReview: filed.isLockShown,
    reviewGroup: filed.reviewGroup,
    proceedingsKnown: filed.proceedingsKnown,
    restricted: restriction !== null,
    conflictOfInterest: [...conflictOfInterest].sort(),
    restrictedTo: [...(restriction ?? [])].sort(),
    pending: waiting.map(({ by }) => by).sort(),
  }
}

/** All items of a list, page by page. */
export async function pages<T = { id: string }>(
  next: (query: string, body: { cursor?: string }) => Promise<{ body: { items: T[]; nextCursor?: string } }>,
): Promise<T[]> {
  const items: T[] = []
  for (let cursor: string | undefined; ; ) {
    const { body } = await next(
      cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`,
      cursor === undefined ? {} : { cursor },
    )
    items.push(...body.items)
    cursor = body.nextCursor
    if (cursor === undefined) return items
  }
}

async function exportOf(at: World['at'], { token }: Member): Promise<Opened[]> {
  const response = await patientFetch(`${at.base}/v1/triage/export`, {
    headers: { authorization: `Bearer ${token}` },
  })
  assert.equal(response.status, 200)
  const lines = (await response.text()).trimEnd().split('\n')
  const end = JSON.parse(lines.pop() ?? '')
  assert.deepEqual(end, { end: true, count: lines.length }, 'the export is whole')
  return lines.map((line) => JSON.parse(line))
}

export function idsOf(items: readonly { id: string }[]): string[] {
  return items.map(({ id }) => id).sort()
}
