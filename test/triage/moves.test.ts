import type { ProblemBody } from '../../src/schemas/problem.ts'
import { type ReportStatus, reportStatuses } from '../../src/vocabulary/statuses.ts'
import {
  type Condition,
  type Move,
  type Transition,
  transitionsFrom,
} from '../../src/vocabulary/transitions.ts'
import { startTestService } from '../support/service.ts'
import { type Caller, callerWith, reportFor } from '../support/staffApi.ts'
import { t } from '../support/suite.ts'

/** Every row of the table of transitions, and every move that it does not list, as people make them over HTTP. */

const service = await startTestService(t)
const tam = callerWith(service, await service.token('triager', { name: 'Tam' }))
const sade = callerWith(service, await service.token('supervisor', { name: 'Sade' }))
const rationale = { rationale: 'Within the powers of the housing team' }

interface Opened {
  status: ReportStatus
  version: number
  moves: Move[]
}

type Answer = Opened & Pick<ProblemBody, 'detail'>

const open = async (path: string, by = sade) => (await by.call<Opened>('GET', path)).body
const newReport = async () => `/v1/triage/reports/${await reportFor(service, tam)}`

async function move(path: string, to: ReportStatus, { by = sade, more = {}, expect = 200 } = {}) {
  const { version } = await open(path)
  return (await by.call<Answer>('PATCH', path, { version, body: { status: to, ...more }, expect })).body
}

async function assess(path: string, content: object): Promise<void> {
  const { version } = (await tam.call<Opened>('GET', `${path}/assessment`)).body
  await tam.call('PUT', `${path}/assessment`, { version, body: content })
}

async function approveAnItem(path: string): Promise<string> {
  const body = {
    title: 'A shared house',
    text: 'A family house may be let to around twelve people.',
    kind: 'fact',
    grade: { source: 2, intelligence: 'D', handling: 'C' },
  }
  const { id } = (await tam.call<{ id: string }>('POST', `${path}/items`, { body, expect: 201 })).body
  await sade.call('POST', `${path}/items/${id}/approval`, { version: 1, body: { approved: true } })
  return id
}

/** Does what a move lacks; tells what goes with it. */
async function fulfil(path: string, needs: readonly Condition[]): Promise<object> {
  if (needs.includes('assessed')) await assess(path, {})
  if (needs.includes('approved-item')) await approveAnItem(path)
  return needs.includes('close-reason') ? { closeReason: 'insufficient', reason: 'Nothing to go by' } : {}
}

/** The way to each status, one move at a time. */
const ways: Record<ReportStatus, readonly ReportStatus[]> = {
  received: [],
  screening: ['screening'],
  sanitising: ['screening', 'sanitising'],
  graded: ['screening', 'sanitising', 'graded'],
  development: ['screening', 'sanitising', 'graded', 'development'],
  'awaiting-clarification': ['screening', 'sanitising', 'graded', 'awaiting-clarification'],
  approved: ['screening', 'sanitising', 'graded', 'approved'],
  disseminated: ['screening', 'sanitising', 'graded', 'approved', 'disseminated'],
  'outcome-pending': ['screening', 'sanitising', 'graded', 'approved', 'disseminated', 'outcome-pending'],
  closed: ['screening', 'closed'],
}

/** A new report that was moved to a status. */
async function reportAt(status: ReportStatus): Promise<string> {
  const path = await newReport()
  for (const to of ways[status]) {
    if (to === 'disseminated') {
      await disseminate(path)
      continue
    }
    const { status: from } = await open(path)
    const listed = transitionsFrom(from).find((one) => one.to === to)
    await move(path, to, { more: await fulfil(path, listed?.needs ?? []) })
  }
  return path
}

async function disseminate(path: string, expect = 201) {
  const { items } = (await sade.call<{ items: { id: string }[] }>('GET', `${path}/items`)).body
  const body = {
    agency: 'planning-enforcement',
    items: items.map(({ id }) => id),
    gateway: 'cda-1998-s115',
    basis: 'ukgdpr-public-task',
    necessity: 'They have the power.',
    proportionality: 'Only the address.',
    purpose: 'To inspect.',
    leadOrInformation: 'lead',
  }
  return (await sade.call<ProblemBody>('POST', `${path}/disseminations`, { body, expect })).body
}

const roleOf = (by: Caller) => (by === sade ? 'supervisor' : 'triager')

for (const from of reportStatuses) {
  const rows: readonly Transition[] = transitionsFrom(from)
  const listed = rows.map(({ to }) => to)

  t.test(`from ${from} nobody moves a report but as the table says`, async (t) => {
    const path = await reportAt(from)
    for (const by of [tam, sade]) {
      const { status, moves } = await open(path, by)
      t.equal(status, from)
      t.strictSame(
        moves.map(({ to }) => to),
        listed,
        'all that the table lists, as it lists them',
      )
      t.strictSame(
        moves.filter(({ missing }) => missing.includes('supervisor')).map(({ to }) => to),
        rows.filter((row) => !row.by.includes(roleOf(by))).map(({ to }) => to),
        'what another role may, with what it needs',
      )
      for (const { allowed, missing } of moves) t.equal(allowed, missing.length === 0)

      const unlisted = reportStatuses.filter((to) => to !== from && !listed.includes(to))
      for (const to of unlisted.filter((one) => one !== 'approved' || by === sade)) {
        const refused = await move(path, to, { by, expect: 409 })
        t.match(refused, { code: 'invalid-transition' }, to)
        t.strictSame(refused.moves, moves, 'a refusal says where it may go instead')
        t.match(refused.detail, listed[0] ?? /dissemination/, 'in words too')
      }
    }
    if (from !== 'approved') await move(path, 'approved', { by: tam, expect: 403 })
    t.match(await open(path), { status: from }, 'what was refused changed nothing')
  })

  for (const { to, by, needs = [] } of rows) {
    t.test(`a report goes from ${from} to ${to} once nothing lacks`, async (t) => {
      const path = await reportAt(from)
      const { moves } = await open(path)
      if (moves.find((one) => one.to === to)?.allowed === false) {
        const refused = await move(path, to, { expect: 409 })
        t.match(refused, { code: 'invalid-transition', moves })
        t.match(refused.detail, /^This move still lacks something: /)
      }
      const more = await fulfil(path, needs)
      const mover = by.includes('triager') ? tam : sade
      t.match(await move(path, to, { by: mover, more }), { status: to })
    })
  }
}

t.test('what a move lacks is named, and goes as it is done', async (t) => {
  const path = await reportAt('screening')
  const toClose = async () => (await open(path)).moves.find(({ to }) => to === 'closed')
  t.match(await toClose(), { allowed: false, missing: ['assessed', 'close-reason', 'rationale'] })
  const bare = await move(path, 'closed', { more: { closeReason: 'duplicate' }, expect: 409 })
  t.equal(
    bare.detail,
    'This move still lacks something: write the assessment; send a reason, or write a rationale into the assessment.',
  )
  await assess(path, rationale)
  t.strictSame((await toClose())?.missing, ['close-reason'], 'the rationale of the assessment will do')

  const elsewhere = { closeReason: 'out-of-remit' }
  const unsent = await move(path, 'closed', { more: elsewhere, expect: 409 })
  t.match(unsent.detail, /referral/)
  t.strictSame(unsent.moves?.find(({ to }) => to === 'closed')?.missing, ['referred'])
  const { version } = await open(path)
  const set = await sade.call<Opened>('PATCH', path, { version, body: elsewhere })
  t.strictSame(set.body.moves.find(({ to }) => to === 'closed')?.missing, ['referred'], 'a PATCH says so too')
  const referral = { kind: 'adult-social-care', owner: 'Sade', due: '2026-11-28', sent: '2026-11-28' }
  t.match(await move(path, 'closed', { more: { referrals: [referral] } }), {
    status: 'closed',
    closeReason: 'out-of-remit',
    moves: [{ to: 'screening', allowed: true, missing: [] }],
  })
  t.match(await move(path, 'screening'), { closeReason: null })
})

t.test('a dissemination of a report that is not approved says where the report may go', async (t) => {
  const path = await reportAt('graded')
  await approveAnItem(path)
  const refused = await disseminate(path, 409)
  t.match(refused, { code: 'invalid-transition', detail: /approved/ })
  t.match(
    refused.moves?.find(({ to }) => to === 'approved'),
    { allowed: true },
  )
})

t.end()
