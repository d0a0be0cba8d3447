import assert from 'node:assert/strict'
import type { OpenedSubmission, Submission, Submitter } from '../../src/schemas/submissions.ts'
import { firstLine, idsOf, pages } from './look.ts'
import { type Filed, type Model, sightOf } from './model.ts'
import { seesSubmission, submitted } from './submissionActs.ts'
import type { Member, World } from './world.ts'

const list = '/v1/partner/submissions'

/** What each partner lists of what was shared in. */
export async function lookAtSubmissions({ members }: Pick<World, 'members'>, model: Model): Promise<void> {
  for (const member of members.filter(({ role }) => role === 'partner')) {
    const listed = await pages<Submission>((cursor) =>
      member.caller.call('GET', `${list}?limit=200${cursor}`),
    )
    const should = submitted(model).filter((report) => seesSubmission(member, report))
    assert.deepEqual(idsOf(listed), should.map(({ submission }) => submission?.id).sort(), member.name)
  }
}

/** One of them, as each partner finds it; who submitted it, to whoever of triage may open the report. */
export async function lookAtSubmission({ members }: Pick<World, 'members'>, report: Filed): Promise<void> {
  const { submission } = report
  if (submission === undefined) return
  for (const member of members) {
    const { caller, role } = member
    const path = `${list}/${submission.id}`
    const expect = role !== 'partner' ? 403 : seesSubmission(member, report) ? 200 : 404
    const { body } = await caller.call<OpenedSubmission>('GET', path, { expect })
    if (expect === 200) lookAsPartner(member, report, body)
    if (sightOf(member, report) !== 'all') continue
    const headers = { 'audit-reason': 'Simulated' }
    const who = await caller.call<Submitter>('GET', `/v1/triage/reports/${report.id}/submitter`, { headers })
    assert.equal(who.body.id, submission.by)
  }
}

function lookAsPartner(member: Member, report: Filed, body: OpenedSubmission): void {
  const { submission, mailbox, status, said, written, images } = report
  const before = coarse(report.toldBefore?.status ?? status)
  const told = before === 'received' ? (status === 'received' ? 'received' : 'reviewed') : before
  assert.deepEqual(
    [body.mine, body.status],
    [submission?.by === member.id, report.toldBefore === undefined ? coarse(status) : told],
    `how it is to ${member.name}`,
  )
  const isOpen = mailbox === 'open'
  const sent = written.filter((one) => one.status === 'sent').map(({ text }) => text)
  assert.deepEqual(
    body.messages.map(({ text }) => firstLine(text)).sort(),
    isOpen ? [...said, ...sent].sort() : [],
    'what was said of it',
  )
  assert.deepEqual(idsOf(body.attachments), isOpen ? idsOf(images) : [])
}

const coarse = (status: string) => (status === 'received' || status === 'closed' ? status : 'reviewed')
