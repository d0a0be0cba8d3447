import assert from 'node:assert/strict'
import sharp from 'sharp'
import type { Report } from '../../src/schemas/report.ts'
import { keysOf, reporterAt } from '../mailbox/reporter.ts'
import { type Dice, diceOf } from '../simulation/dice.ts'
import type { Ground } from '../simulation/ground.ts'
import { type Filed, filed, forgetConversation, type Model } from '../simulation/model.ts'
import { asSuperuser } from '../support/cluster.ts'
import { patientFetch } from '../support/patience.ts'
import { sampleReport } from '../support/reports.ts'
import { severalAtOnce } from './severalAtOnce.ts'

export type Reporters = ReturnType<typeof reportersOf>

const create = { width: 8, height: 8, channels: 3, background: '#8a2be2' } as const
const image = await sharp({ create }).png().toBuffer()
const categories = ['other-serious-crime', 'cybercrime', 'property-misuse', 'fraud-financial-crime'] as const

/** Those who report, and some who come back. */
export function reportersOf(ground: Ground, allDice: Dice) {
  let sent = 0
  /** Of what is gone: no receipt opens anything. */
  const receipts = new Map<string, string>()

  async function sendOne(): Promise<{ content: Report; receipt: string; mark: string }> {
    sent += 1
    const mark = `mark${sent}x`
    const content = sampleReport({
      category: allDice.pick(categories),
      narrative: `A simulated report of fictional things, known by the word ${mark}. ${'It went on. '.repeat(allDice.below(60))}`,
    })
    const response = await patientFetch(`${ground.base}/v1/reports`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(content),
    })
    assert.equal(response.status, 201)
    const { receipt } = (await response.json()) as { receipt: string }
    return { content, receipt, mark }
  }

  async function idsOf(lookupIds: readonly Buffer[]): Promise<Map<string, string>> {
    const { rows } = await asSuperuser(ground.databaseUrl, (client) =>
      client.query<{ lookupId: string; id: string }>(
        `SELECT encode(lookup_id, 'hex') AS "lookupId", report_id AS id FROM listed_mailboxes
          WHERE lookup_id = ANY ($1)`,
        [lookupIds],
      ),
    )
    return new Map(rows.map(({ lookupId, id }) => [lookupId, id]))
  }

  return {
    /** So many reports of one day. */
    async send(many: number, today: string): Promise<Filed[]> {
      const all = await Promise.all(Array.from({ length: many }, sendOne))
      const ids = await idsOf(all.map(({ receipt }) => keysOf(receipt).lookupId))
      return all.map((one) => {
        const lookupId = keysOf(one.receipt).lookupId.toString('hex')
        const id = ids.get(lookupId)
        assert(id !== undefined, 'an acknowledged report is there')
        receipts.set(id, one.receipt)
        return filed({ ...one, id, lookupId, receivedOn: today, staff: [] }, false)
      })
    },

    /** Some of those of this day say more, add an image or end it. */
    async comeBack(model: Model, today: string): Promise<void> {
      const ofToday = [...model.values()]
        .filter(({ receivedOn }) => receivedOn === today)
        .map((report) => ({ report, dice: diceOf(allDice.below(2 ** 31)) }))
      await severalAtOnce(ofToday, async ({ report, dice }) => {
        const reporter = reporterAt(ground.base, report.receipt)
        if (dice.isLucky(0.15)) {
          const text = `More of ${report.mark}.`
          assert.equal((await reporter.say(text)).status, 201)
          report.said.push(text)
          Object.assign(report, { lastSaid: today, hasUnread: true })
        }
        if (dice.isLucky(0.02)) {
          const response = await reporter.attach(image, 'image/png')
          assert.equal(response.status, 201)
          const { id } = (await response.json()) as { id: string }
          report.images.push({ id, isQuarantined: false, destruction: undefined })
        }
        if (dice.isLucky(0.02)) {
          assert.equal((await reporter.end()).status, 204)
          report.mailbox = 'ended'
          forgetConversation(report)
        }
      })
    },

    /** What a receipt says of a report that there is, or was. */
    async isKnown(id: string): Promise<boolean> {
      const { status } = await reporterAt(ground.base, receipts.get(id) ?? '').call('')
      assert([200, 401].includes(status))
      return status === 200
    },
    ever: () => [...receipts.keys()],
  }
}
