import { setTimeout as sleep } from 'node:timers/promises'
import { type Static, Type } from 'typebox'
import { gatheredFor, type Peers } from '../../concurrency/peers.ts'
import { storedAnswerKeys } from '../../crypto/storedAnswer.ts'
import type { Challenges, Paid } from '../../domain/challenge/challenges.ts'
import { contentParser } from '../../domain/envelope/content.ts'
import type { Intake } from '../../domain/intake/intake.ts'
import { ref } from '../../schemas/component.ts'
import { Acceptance } from '../../schemas/intake.ts'
import type { Report } from '../../schemas/report.ts'
import { Fault } from '../../vocabulary/faults.ts'
import type { Language } from '../../vocabulary/languages.ts'

const Kept = Type.Object({ body: ref(Acceptance) })
type Kept = Static<typeof Kept>

/** How it ended: `repeated` came before and may be shown again, `before` came too long ago for that, `other` was another text. */
export type Sent =
  | { how: 'first' | 'repeated'; acceptance: Acceptance }
  | { how: 'before' | 'other'; acceptance?: undefined }

export interface SendDeps {
  intake: Pick<Intake, 'accept'>
  challenges: Pick<Challenges, 'admit'>
  findStoredAnswer: (keyHash: Buffer) => Promise<Buffer | undefined>
  now: () => number
  /** They hear of what is sent here, so that whichever is asked again shows the receipt. */
  peers: Peers
}

/** Milliseconds for which a page sent twice shows its receipt again. */
const shownAgainFor = 15 * 60_000
const rememberedAtMost = 10_000
/** What peers tell each other of it. */
const heardAs = 'page sent'
/** Milliseconds in which what a peer tells is heard. */
const heardWithin = 3 * gatheredFor

/**
 * Sends a report once, however often its page is sent: by the key in the form, as the API does by Idempotency-Key. The
 * receipt is shown again for fifteen minutes, by this process and its peers alone: when it was sent is written nowhere.
 */
export function sendingOnce({ intake, challenges, findStoredAnswer, now, peers }: SendDeps) {
  const parseKept = contentParser(Kept)
  const sentAt = new Map<string, number>()

  function remember(name: string): void {
    sentAt.set(name, now())
    for (const [other, at] of sentAt) {
      if (sentAt.size <= rememberedAtMost && now() - at < shownAgainFor) break
      sentAt.delete(other)
    }
  }

  peers.hear(heardAs, remember)

  async function isRecent(name: string): Promise<boolean> {
    const knows = () => now() - (sentAt.get(name) ?? Number.NEGATIVE_INFINITY) < shownAgainFor
    // A peer that takes it at this moment has not been heard yet.
    if (!knows() && peers.count > 1) await sleep(heardWithin)
    return knows()
  }

  return async function sendOnce(
    report: Report,
    { key, paid, language }: { key: string; paid: Paid; language: Language },
  ): Promise<Sent> {
    const body = Buffer.from(JSON.stringify(report))
    const kept = storedAnswerKeys(key, 'pageSubmitReport /report/send public', body)
    const name = kept.keyHash.toString('base64')

    async function replay(): Promise<Sent | undefined> {
      const sealed = await findStoredAnswer(kept.keyHash)
      if (sealed === undefined) return undefined
      const opened = kept.open(sealed)
      const answer: Kept | undefined = opened === undefined ? undefined : parseKept(Buffer.from(opened))
      if (answer === undefined) return { how: 'other' }
      return (await isRecent(name)) ? { how: 'repeated', acceptance: answer.body } : { how: 'before' }
    }

    const before = await replay()
    if (before !== undefined) return before
    const admission = await challenges.admit('report', paid, kept.keyHash)
    try {
      const keep = (made: Acceptance) => ({
        keyHash: kept.keyHash,
        answer: kept.seal(JSON.stringify({ body: made } satisfies Kept)),
      })
      peers.tell(heardAs, name, 1)
      const acceptance = await intake.accept(report, keep, language)
      remember(name)
      await admission.settle('done')
      return { how: 'first', acceptance }
    } catch (error) {
      await admission.settle('not-done')
      const twin = error instanceof Fault && error.kind === 'repeated' ? await replay() : undefined
      if (twin === undefined) throw error
      return twin
    }
  }
}
