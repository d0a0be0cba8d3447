import assert from 'node:assert/strict'
import type { CaseView } from '../../src/schemas/casework.ts'
import type { Report } from '../../src/schemas/report.ts'
import { reporterAt } from '../mailbox/reporter.ts'
import { patientFetch } from '../support/patience.ts'
import { type Filed, isKept, type Model, readsReports, sightOf } from './model.ts'
import type { Member, World } from './world.ts'

/** Holds the service against the model: what should be readable is, by whom it should be, and nothing else. */

/** A word of every report. */
export const common = 'simulated'

interface Page {
  items: { id: string }[]
  nextCursor?: string
}
type Opened = CaseView & { report: Report | null }

/** Everything that each person can list, find and export; and who is restricted, to auditors. */
export async function lookAtLists({ members, at }: World, model: Model): Promise<void> {
  const reports = [...model.values()]
  for (const member of members) {
    const { caller, name } = member
    const seen = (sight: string) => idsOf(reports.filter((one) => sightOf(member, one) === sight))
    if (!readsReports(member)) {
      for (const path of ['/v1/triage/reports', '/v1/triage/export']) {
        await caller.call('GET', path, { expect: 403 })
      }
      await caller.call('POST', '/v1/triage/reports/search', { body: { q: common }, expect: 403 })
      continue
    }
    const listed = await pages((cursor) => caller.call<Page>('GET', `/v1/triage/reports?limit=200${cursor}`))
    assert.deepEqual(idsOf(listed), [...seen('all'), ...seen('stub')].sort(), `what ${name} lists`)
    const found = await pages((_, cursor) =>
      caller.call<Page>('POST', '/v1/triage/reports/search', { body: { q: common, limit: 200, ...cursor } }),
    )
    assert.deepEqual(idsOf(found), seen('all'), `what ${name} finds`)
    if (member.role !== 'supervisor') {
      await caller.call('GET', '/v1/triage/export', { expect: 403 })
      continue
    }
    const exported = await exportOf(at, member)
    assert.deepEqual(idsOf(exported), seen('all'), `what ${name} exports`)
    for (const one of exported) assert.deepEqual(one.report, model.get(one.id)?.content)
  }
}

/** One report: as each person opens it, and as its reporter finds the mailbox. */
export async function lookAtReport({ members, at, today }: World, filed: Filed): Promise<void> {
  const path = `/v1/triage/reports/${filed.id}`
  for (const member of members) {
    const { caller, name } = member
    const sight = sightOf(member, filed)
    const expect = !readsReports(member) ? 403 : sight === 'all' ? 200 : 404
    const { body } = await caller.call<Opened>('GET', path, { expect })
    if (expect !== 200) continue
    assert.deepEqual(body.report, filed.content, `what ${name} opens`)
    assert.deepEqual(shownOf(body), modelOf(filed), `how ${name} finds it`)
  }
  await lookAtMailbox(at, filed)
  const reader = members.find((one) => sightOf(one, filed) === 'all')
  if (reader === undefined) return
  await lookAtCasework(reader, path, filed)
  if (filed.mailbox === 'ended' && !isKept(filed, today())) return
  if (filed.mailbox === 'ended' && !filed.isConversationKept) return
  const { body } = await reader.caller.call<{ items: { text: string }[] }>(
    'GET',
    `${path}/messages?limit=200`,
  )
  assert.deepEqual(body.items.map(({ text }) => text).sort(), [...filed.said].sort(), 'the conversation')
  filed.hasUnread = false
}

async function lookAtCasework({ caller }: Member, path: string, filed: Filed): Promise<void> {
  const { body: notes } = await caller.call<{ items: { text: string }[] }>('GET', `${path}/notes?limit=200`)
  assert.deepEqual(notes.items.map(({ text }) => text).sort(), [...filed.notes].sort())
  const { body: items } = await caller.call<{ items: { id: string; status: string }[] }>(
    'GET',
    `${path}/items?limit=200`,
  )
  const states = filed.items.map(({ id, isApproved }) => [id, isApproved ? 'approved' : 'draft'])
  assert.deepEqual(items.items.map(({ id, status }) => [id, status]).sort(), states.sort())
}

async function lookAtMailbox(at: World['at'], { receipt, mailbox, receivedOn, said }: Filed): Promise<void> {
  const reporter = reporterAt(at.base, receipt)
  if (mailbox === 'ended') return assert.equal((await reporter.call('')).status, 401)
  const read = await reporter.read()
  assert.equal(read.receivedOn, receivedOn)
  assert.deepEqual(read.messages.map(({ text }) => text).sort(), [...said].sort(), 'what the receipt opens')
}

/** What is gone, by its purge or by law: nobody has it, its receipt opens nothing. */
export async function lookAtGone({ members, at }: World, { id, receipt }: Pick<Filed, 'id' | 'receipt'>) {
  for (const member of members) {
    const expect = readsReports(member) ? 404 : 403
    await member.caller.call('GET', `/v1/triage/reports/${id}`, { expect })
  }
  assert.equal((await reporterAt(at.base, receipt).call('')).status, 401)
}

function shownOf(body: Opened) {
  const { version, status, flags, conflictOfInterest, restrictedTo, pending } = body
  return {
    version,
    status,
    legalHold: flags.includes('legalHold'),
    restricted: flags.includes('restricted'),
    conflictOfInterest: [...conflictOfInterest].sort(),
    restrictedTo: restrictedTo.map(({ id }) => id).sort(),
    pending: pending.map(({ by }) => by.id).sort(),
  }
}

function modelOf({ version, status, legalHold, restriction, conflictOfInterest, pending }: Filed) {
  return {
    version,
    status,
    legalHold,
    restricted: restriction !== null,
    conflictOfInterest: [...conflictOfInterest].sort(),
    restrictedTo: [...(restriction ?? [])].sort(),
    pending: pending.map(({ by }) => by).sort(),
  }
}

async function pages(
  next: (query: string, body: { cursor?: string }) => Promise<{ body: Page }>,
): Promise<Page['items']> {
  const items: Page['items'] = []
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

function idsOf(items: readonly { id: string }[]): string[] {
  return items.map(({ id }) => id).sort()
}
