import assert from 'node:assert/strict'
import type { Waiting } from '../../src/schemas/approvals.ts'
import type { StaffEvent } from '../../src/schemas/events.ts'
import { ofEach, pages } from './look.ts'
import { type Filed, type Model, readsReports, sightOf, waitsToBeClosed } from './model.ts'
import type { World } from './world.ts'

/** Whoever may not open a report meets none of it by any other way. */

const parts = [
  'history',
  'assessment',
  'notes',
  'items',
  'messages',
  'attachments',
  'disseminations',
  'outcomes',
  'links',
  'entities',
]

export async function lookAside({ members }: Pick<World, 'members'>, filed: Filed): Promise<void> {
  const path = `/v1/triage/reports/${filed.id}`
  const things = [
    ...filed.items.map(({ id }) => `items/${id}`),
    ...filed.images.map(({ id }) => `attachments/${id}`),
    ...filed.sent.map(({ id }) => `disseminations/${id}`),
  ]
  await ofEach(members, async (member) => {
    if (!readsReports(member) || sightOf(member, filed) === 'all') return
    await ofEach([...parts, ...things], async (part) => {
      await member.caller.call('GET', `${path}/${part}`, { expect: 404 })
    })
    const ofErasure = member.role === 'supervisor' ? 404 : 403
    await member.caller.call('GET', `${path}/erasure`, { expect: ofErasure })
    const audited = { 'audit-reason': 'Simulated' }
    await member.caller.call('GET', `${path}/submitter`, { headers: audited, expect: 404 })
  })
}

/**
 * Events are those of the reports that somebody may open, all that others who may open them see too; of a stub only that
 * it waits for a second supervisor.
 */
export async function lookAtEvents({ members }: Pick<World, 'members'>, model: Model): Promise<void> {
  const all = new Map<number, StaffEvent>()
  const seenBy = new Map<string, Set<number>>()
  const readers = members.filter(readsReports)
  await ofEach(readers, async ({ caller, name }) => {
    const found = await pages<StaffEvent>((cursor) =>
      caller.call('GET', `/v1/triage/events?limit=200${cursor}`, { headers: { accept: 'application/json' } }),
    )
    for (const event of found) all.set(event.id, event)
    seenBy.set(name, new Set(found.map(({ id }) => id)))
  })
  for (const { id, kind, report } of all.values()) {
    if (report === null || comesByItself(kind)) continue
    const filed = model.get(report)
    assert(filed !== undefined, `${kind} of a report that is gone`)
    for (const member of readers) {
      const sight = sightOf(member, filed)
      const should = sight === 'all' || (sight === 'stub' && kind === 'confirmation-needed')
      assert.equal(seenBy.get(member.name)?.has(id), should, `${kind}, to ${member.name}`)
    }
  }
}

/**
 * What waits for a second person, to each of those who may open the report: items, messages, and selections that are to be
 * closed, as long as a report of them stands as it did when that was asked.
 */
export async function lookAtApprovals({ members }: Pick<World, 'members'>, model: Model): Promise<void> {
  await ofEach(members.filter(readsReports), async (member) => {
    const listed = await pages<Waiting>((cursor) =>
      member.caller.call('GET', `/v1/triage/approvals?limit=200${cursor}`),
    )
    const seen = [...model.values()].filter((report) => sightOf(member, report) === 'all')
    const drafts = seen.flatMap(({ items, written, mailbox }) => [
      ...items.filter(({ isApproved }) => !isApproved).map(({ id, author }) => `item ${id} by ${author}`),
      ...written
        // What nobody can read any more waits for nobody.
        .filter(({ status }) => status === 'pending' && mailbox === 'open')
        .map(({ id, author }) => `message ${id} by ${author}`),
    ])
    const toBeClosed = seen.flatMap((report) =>
      waitsToBeClosed(report) && report.closure !== undefined ? [{ ...report.closure, of: report.id }] : [],
    )
    const closures = new Set(toBeClosed.map(({ id, by }) => `closure ${id} by ${by}`))
    assert.deepEqual(
      listed.map(({ kind, id, by }) => `${kind} ${id} by ${by.id}`).sort(),
      [...drafts, ...closures].sort(),
      `what waits, to ${member.name}`,
    )
    for (const { kind, id, report } of listed) {
      if (kind !== 'closure') continue
      const named = toBeClosed.some((one) => one.id === id && one.of === report)
      assert(named, `a report of the selection that waits and is seen, to ${member.name}`)
    }
  })
}

/** No act of anybody: between two looks there may be more of them. */
const comesByItself = (kind: string) => kind.startsWith('link-') || kind === 'attention-overdue'
