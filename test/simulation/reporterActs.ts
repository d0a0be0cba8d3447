import assert from 'node:assert/strict'
import sharp from 'sharp'
import { reporterAt } from '../mailbox/reporter.ts'
import { sampleReport } from '../support/reports.ts'
import { common } from './look.ts'
import { type Filed, filed, forgetConversation } from './model.ts'
import type { Act, ActOnReport, Scene } from './scene.ts'

/** What reporters do. */

export const imagesAtMost = 10

/** A report that is acknowledged is there, whatever happens `meanwhile`. */
export async function arrives(
  { world, model, dice, step }: Scene,
  meanwhile?: () => Promise<void>,
): Promise<void> {
  const mark = `mark${step}x`
  const isCorruption = dice.isLucky(0.15)
  const content = sampleReport({
    narrative: `A ${common} report of fictional things, known by the word ${mark}.`,
    ...(isCorruption ? { subcategories: ['corruption'] } : {}),
  })
  const sent = await world.report(content, meanwhile)
  const of = { mark, content, receivedOn: world.today(), staff: world.everybody }
  model.set(sent.id, filed({ ...sent, ...of }, isCorruption))
}

export const arrivesWhileCut: Act = async (scene) => {
  await arrives(scene, scene.world.cutConnections)
  await scene.world.ready()
}

export const arrivesWhileKilled: Act = (scene) => arrives(scene, scene.world.crash)

export const says: ActOnReport = async ({ world, step }, report) => {
  if (report.submission !== undefined) return
  const text = `The reporter adds something at step ${step}.`
  const { status } = await reporterAt(world.at.base, report.receipt).say(text)
  assert.equal(status, report.mailbox === 'open' ? 201 : 401)
  if (report.mailbox === 'ended') return
  report.said.push(text)
  report.lastSaid = world.today()
  report.hasUnread = true
  report.toldSinceUnlock += 1
}

const create = { width: 8, height: 8, channels: 3, background: '#8a2be2' } as const
export const image = await sharp({ create }).png().toBuffer()

export const attaches: ActOnReport = async ({ world }, report) => {
  if (report.submission !== undefined) return
  const response = await reporterAt(world.at.base, report.receipt).attach(image, 'image/png')
  const isFull = report.images.length >= imagesAtMost
  assert.equal(response.status, report.mailbox === 'ended' ? 401 : isFull ? 422 : 201)
  if (response.status !== 201) return
  const { id } = (await response.json()) as { id: string }
  report.images.push({ id, isQuarantined: false, destruction: undefined })
}

export const ends: ActOnReport = async ({ world }, report) => {
  if (report.submission !== undefined) return
  const { status } = await reporterAt(world.at.base, report.receipt).end()
  assert.equal(status, report.mailbox === 'open' ? 204 : 401)
  if (report.mailbox === 'ended') return
  endConversation(report)
}

/** What was said stays while a hold keeps it, or may come back. */
export function endConversation(report: Filed): void {
  report.mailbox = 'ended'
  if (report.legalHold || report.loosenedOn !== undefined) report.isConversationKept = true
  else forgetConversation(report)
}
