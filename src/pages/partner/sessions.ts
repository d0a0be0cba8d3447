import type { Login } from '../../auth/oidc.ts'
import { opaqueKeyOf, openOpaque, sealOpaque } from '../../crypto/opaque.ts'
import { storedAnswerKeys } from '../../crypto/storedAnswer.ts'
import { isGoodKey, newPageKey } from '../frame/pageKey.ts'
import type { PartnerPagesDeps } from './deps.ts'

/** Who somebody showed to be: by a token of theirs, or at their organisation, of which no token is kept. */
export type Shown = { token: string } | { login: Login }

/** Somebody who is signed in, as the pages themselves carry it: no cookie, and nothing is stored. */
export type Session = Shown & {
  /** Of the page on which they signed in: it names the session. */
  entry: string
  /** When they signed in, in milliseconds. */
  since: number
}

type Sealed = Session & { until: number }

/** What takes a session over to another page that is open: typed there, once. */
interface Pass {
  pass: string
  session: Session
  until: number
}

const minute = 60_000
/** From page to page. What was typed outlives it: whoever signs in again goes on where they were. */
const idleFor = 30 * minute
const livesFor = 12 * 60 * minute
/** What the issuer has to say of somebody later is not heard here: so whoever signed in there does so again soon. */
export const loginLivesFor = 60 * minute
const passLivesFor = 10 * minute
/** A double click is one signing in. */
const twiceWithin = minute
const label = 'sotto/1/partner-page'
const passLabel = 'sotto/1/partner-pass'
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
  const newest = (what: string) => opaqueKeyOf(secrets()[0] ?? Buffer.alloc(0), what)
  const markOf = (what: 'used' | 'ended', entry: string) =>
    storedAnswerKeys(entry, `partnerPage session ${what}`, new Uint8Array())
  const sealed = (mark: ReturnType<typeof markOf>) => ({
    keyHash: mark.keyHash,
    answer: mark.seal(JSON.stringify({ at: now() })),
  })

  /** What was sealed here, under a key of now or of before. */
  function openAny<T>(what: string, text: string): T | undefined {
    for (const secret of secrets()) {
      const opened = openOpaque(opaqueKeyOf(secret, what), what, text, longest) as T | undefined
      if (opened !== undefined) return opened
    }
    return undefined
  }

  /** Uses a page to sign in on, once; false where that was done before, or the page is too old. */
  async function begin(entry: string): Promise<boolean> {
    if (!isGoodKey(entry, clock())) return false
    const mark = markOf('used', entry)
    if (await storeAnswer(sealed(mark))) return true
    const opened = mark.open((await findStoredAnswer(mark.keyHash)) ?? Buffer.alloc(0))
    const { at } = JSON.parse(opened ?? '{"at":0}') as { at: number }
    return now() - at < twiceWithin && !(await isOver(entry))
  }

  /** Whether the time has come in which whoever signed in does so again, however they went on from page to page. */
  function isTooLong(session: Session): boolean {
    return now() >= session.since + ('login' in session ? loginLivesFor : livesFor)
  }

  async function isOver(entry: string): Promise<boolean> {
    return (await findStoredAnswer(markOf('ended', entry).keyHash)) !== undefined
  }

  return {
    isOver,

    /** The session as a form carries it; good for half an hour. */
    seal(session: Session): string {
      return sealOpaque(newest(label), label, { ...session, until: now() + idleFor } satisfies Sealed)
    },

    /** The session as somebody types it into another page. */
    sealPass(session: Session): string {
      const pass: Pass = { pass: newPageKey(clock()), session, until: now() + passLivesFor }
      return sealOpaque(newest(passLabel), passLabel, pass)
    },

    /** The session that a typed pass stands for, once; undefined where it is none. */
    async openPass(typed: string): Promise<Session | 'over' | undefined> {
      const opened = openAny<Pass>(passLabel, typed)
      if (opened === undefined) return undefined
      const { session, until } = opened
      const isGood = now() < until && !isTooLong(session) && !(await isOver(session.entry))
      return isGood && (await begin(opened.pass)) ? session : 'over'
    },

    /** What a form carried, or undefined where it is nothing, or too old. */
    open(handle: string): Session | undefined {
      const opened = openAny<Sealed>(label, handle)
      if (opened === undefined) return undefined
      return now() < opened.until && !isTooLong(opened) ? opened : undefined
    },

    begin,

    /** Ends the session that a form carries, however old that form is: other pages may be open still. */
    async end(handle: string): Promise<void> {
      const opened = openAny<Sealed>(label, handle)
      if (opened !== undefined) await storeAnswer(sealed(markOf('ended', opened.entry)))
    },
  }
}
