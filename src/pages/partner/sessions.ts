import { opaqueKeyOf, openOpaque, sealOpaque } from '../../crypto/opaque.ts'
import { storedAnswerKeys } from '../../crypto/storedAnswer.ts'
import { isGoodKey } from '../report/pageKey.ts'
import type { PartnerPagesDeps } from './deps.ts'

/** Somebody who is signed in, as the pages themselves carry it: no cookie, and nothing is stored. */
export interface Session {
  /** Of the page on which they signed in: it names the session. */
  entry: string
  token: string
  /** When they signed in, in milliseconds. */
  since: number
}

interface Sealed extends Session {
  until: number
}

const minute = 60_000
/** From page to page. What was typed outlives it: whoever signs in again goes on where they were. */
const idleFor = 30 * minute
const livesFor = 12 * 60 * minute
/** A double click is one signing in. */
const twiceWithin = minute
const label = 'sotto/1/partner-page'
/** Tokens of an issuer are long. */
const longest = 16_384

export type Sessions = ReturnType<typeof sessions>

/**
 * Sessions of partners' pages. The token lies sealed in each page's own form, so nothing that another page makes a browser
 * send can act in its name. What is kept, beside answers and as they are, is that a page to sign in on was used, and that a
 * session was ended: a browser that sends an old form again signs nobody in.
 */
export function sessions({
  secrets,
  findStoredAnswer,
  storeAnswer,
  clock,
}: Pick<PartnerPagesDeps, 'secrets' | 'findStoredAnswer' | 'storeAnswer' | 'clock'>) {
  const now = () => clock().getTime()
  const keys = () => secrets().map((secret) => opaqueKeyOf(secret, label))
  const markOf = (what: 'used' | 'ended', entry: string) =>
    storedAnswerKeys(entry, `partnerPage session ${what}`, new Uint8Array())
  const sealed = (mark: ReturnType<typeof markOf>) => ({
    keyHash: mark.keyHash,
    answer: mark.seal(JSON.stringify({ at: now() })),
  })

  async function isOver(entry: string): Promise<boolean> {
    return (await findStoredAnswer(markOf('ended', entry).keyHash)) !== undefined
  }

  return {
    isOver,

    /** The session as a form carries it; good for half an hour. */
    seal(session: Session): string {
      const [newest = Buffer.alloc(0)] = keys()
      return sealOpaque(newest, label, { ...session, until: now() + idleFor } satisfies Sealed)
    },

    /** What a form carried, or undefined where it is nothing, or too old. */
    open(handle: string): Session | undefined {
      for (const key of keys()) {
        const opened = openOpaque(key, label, handle, longest) as Sealed | undefined
        if (opened !== undefined)
          return now() < opened.until && now() - opened.since < livesFor ? opened : undefined
      }
      return undefined
    },

    /** Uses a page to sign in on, once; false where that was done before, or the page is too old. */
    async begin(entry: string): Promise<boolean> {
      if (!isGoodKey(entry, clock())) return false
      const mark = markOf('used', entry)
      if (await storeAnswer(sealed(mark))) return true
      const opened = mark.open((await findStoredAnswer(mark.keyHash)) ?? Buffer.alloc(0))
      const { at } = JSON.parse(opened ?? '{"at":0}') as { at: number }
      return now() - at < twiceWithin && !(await isOver(entry))
    },

    async end({ entry }: Session): Promise<void> {
      await storeAnswer(sealed(markOf('ended', entry)))
    },
  }
}
