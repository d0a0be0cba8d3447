import assert from 'node:assert/strict'
import { type Filed, type Model, type Person, readsReports, sightOf, waitsToBeClosed } from './model.ts'
import type { Act } from './scene.ts'

/** A selection is closed by two; each report's own rules hold. */

interface Answer {
  id: string
  reports: { id: string; status: string; code?: string }[]
}

const closable = ['screening', 'sanitising', 'graded', 'development']

function refusalOf(person: Person, report: Filed): string | undefined {
  if (sightOf(person, report) !== 'all') return 'not-found'
  if (waitsToBeClosed(report)) return 'conflict'
  return closable.includes(report.status) && report.isAssessed ? undefined : 'invalid-transition'
}

export const asksToClose: Act = async ({ world, model, dice }) => {
  const member = dice.oneOf(world.members)
  const chosen = [...model.values()].filter(() => dice.isLucky(0.2)).slice(0, 5)
  if (member === undefined || chosen.length === 0) return
  const body = {
    ids: chosen.map(({ id }) => id),
    closeReason: 'no-further-action',
    rationale: 'Simulated.',
  }
  const expect = readsReports(member) ? 201 : 403
  const path = '/v1/triage/reports/closures'
  const { body: closure } = await member.caller.call<Answer>('POST', path, { body, expect })
  if (expect !== 201) return
  for (const report of chosen) {
    const code = refusalOf(member, report)
    const told = closure.reports.find(({ id }) => id === report.id)
    const { status = code === undefined ? 'pending' : 'refused' } = {}
    assert.deepEqual(told, { id: report.id, status, ...(code === undefined ? {} : { code }) })
    if (code !== undefined) continue
    report.version += 1
    report.closure = { id: closure.id, by: member.id, version: report.version }
  }
}

export const decidesClosure: Act = async ({ world, model, dice }) => {
  const member = dice.oneOf(world.members)
  const waiting = dice.oneOf([...model.values()].filter(waitsToBeClosed))
  if (member === undefined || waiting?.closure === undefined) return
  const { id, by } = waiting.closure
  const approved = dice.isLucky(0.7)
  const seen = seenOf(model, member, id)
  const others = seen.length === 0 ? 404 : approved && by === member.id ? 403 : undefined
  // What was settled before, by somebody who saw less of it, is settled otherwise by nobody.
  const expect = member.role === 'supervisor' ? (others ?? 200) : 403
  const body = { approved, reason: 'Simulated.' }
  if (expect === 200 && !seen.some(waitsToBeClosed)) return
  await member.caller.call('POST', `/v1/triage/reports/closures/${id}/approval`, { body, expect })
  if (expect !== 200) return
  for (const report of seen.filter(waitsToBeClosed)) {
    report.version += 1
    if (approved) report.status = 'closed'
  }
}

function seenOf(model: Model, member: Person, id: string): Filed[] {
  return [...model.values()].filter(
    (report) => report.closure?.id === id && sightOf(member, report) === 'all',
  )
}
