import { patientFetch } from '../support/patience.ts'
import { sampleReport } from '../support/reports.ts'
import { common } from './look.ts'
import { type Filed, filed, isConflicted, isGraded, type Model } from './model.ts'
import { isKept } from './nights.ts'
import { endConversation, image, imagesAtMost } from './reporterActs.ts'
import type { Act, Scene } from './scene.ts'
import type { Member } from './world.ts'

/** What professionals share in, and what they say of it afterwards. */

const list = '/v1/partner/submissions'

export const shares: Act = async ({ world, model, dice, step }) => {
  const member = dice.oneOf(world.members)
  if (member === undefined) return
  const expect = member.role === 'partner' ? 201 : 403
  const mark = `mark${step}x`
  const isCorruption = dice.isLucky(0.15)
  const isShared = dice.isLucky(0.5)
  const content = sampleReport({
    narrative: `A ${common} report of a professional, known by the word ${mark}.`,
    ...(isCorruption ? { subcategories: ['corruption'] } : {}),
  })
  const source = { basis: 'record', protect: true, ...(isShared ? { shareWithAgency: true } : {}) }
  const body = { ...content, source }
  const { body: accepted } = await member.caller.call<{ id: string }>('POST', list, { body, expect })
  if (expect !== 201) return
  const report = await world.reportOfSubmission(accepted.id)
  const of = { ...report, mark, content, receipt: '', receivedOn: world.today(), staff: world.everybody }
  const submission = { id: accepted.id, by: member.id, agency: member.agency, isShared, isTaken: false }
  model.set(report.id, { ...filed(of, isCorruption), submission })
}

type ActOnSubmission = (scene: Scene, report: Filed, member: Member, expect: number) => Promise<void>

/** What only who submitted it may do; others of the agency may see it, or not even that. */
const onSubmission =
  (done: (report: Filed, today: string) => number, act: ActOnSubmission): Act =>
  async (scene) => {
    const { dice, world, model } = scene
    const report = dice.oneOf(submitted(model))
    const member = dice.oneOf(world.members.filter(({ role }) => role === 'partner' || dice.isLucky(0.1)))
    if (report === undefined || member === undefined) return
    const { submission } = report
    const isOwn = submission?.by === member.id
    const mayNot = member.role !== 'partner' ? 403 : seesSubmission(member, report) ? 403 : 404
    await act(scene, report, member, isOwn && !submission.isTaken ? done(report, world.today()) : mayNot)
  }

export const submitted = (model: Model) =>
  [...model.values()].filter(({ submission }) => submission !== undefined)

/** Whether a partner may know of what was submitted. */
export function seesSubmission(member: Member, { submission }: Filed): boolean {
  if (member.role !== 'partner' || submission === undefined || submission.isTaken) return false
  return submission.by === member.id || (submission.isShared && submission.agency === member.agency)
}

const pathOf = ({ submission }: Filed) => `${list}/${submission?.id}`

export const answersTriage = onSubmission(
  ({ mailbox }) => (mailbox === 'ended' ? 410 : 201),
  async ({ step, world }, report, member, expect) => {
    const text = `The professional adds something at step ${step}.`
    await member.caller.call('POST', `${pathOf(report)}/messages`, { body: { text }, expect })
    if (expect !== 201) return
    report.said.push(text)
    report.lastSaid = world.today()
    report.hasUnread = true
    report.toldSinceUnlock += 1
  },
)

export const addsImage = onSubmission(
  ({ mailbox, images }) => (mailbox === 'ended' ? 410 : images.length >= imagesAtMost ? 422 : 201),
  async ({ world }, report, { token }, expect) => {
    const response = await patientFetch(`${world.at.base}${pathOf(report)}/attachments`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'image/png' },
      body: new Uint8Array(image),
    })
    if (response.status !== expect) throw new Error(`an image was answered ${response.status}, not ${expect}`)
    if (expect !== 201) return
    const { id } = (await response.json()) as { id: string }
    report.images.push({ id, isQuarantined: false, destruction: undefined })
  },
)

/** All of it is destroyed, unless something keeps it: then it is gone for its agency alone. */
export const takesBack = onSubmission(
  (report) => ((report.toldBefore?.isGraded ?? isGraded(report)) ? 409 : 204),
  async ({ model, world }, report, member, expect) => {
    await member.caller.call('DELETE', pathOf(report), { expect })
    if (expect !== 204) return
    if (!isConflicted(report) && !isKept(report, world.today())) {
      model.delete(report.id)
      return
    }
    if (report.submission !== undefined) report.submission.isTaken = true
    if (report.mailbox === 'open') endConversation(report)
  },
)
