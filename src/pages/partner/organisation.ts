import { randomInt } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { OnTheWay } from '../../auth/codeFlow.ts'
import type { Login } from '../../auth/oidc.ts'
import { opaqueKeyOf, openOpaque, sealOpaque } from '../../crypto/opaque.ts'
import { storedAnswerKeys } from '../../crypto/storedAnswer.ts'
import { Fault } from '../../vocabulary/faults.ts'
import { newPageKey } from '../frame/pageKey.ts'
import type { Organisation, PartnerPagesDeps } from './deps.ts'
import type { Session } from './sessions.ts'

/** A sign-in at the organisation, as its `state` carries it, sealed: nothing of it is kept here, or by the browser. */
interface Way extends Omit<OnTheWay, 'state'> {
  /** Names the session that comes of it. */
  entry: string
  language: string
  /** Words of which the person was shown one, by their places in the list. */
  choices: number[]
  word: number
  /** Whether a page with typed text waits for it. */
  isAgain: boolean
  until: number
}

/** Somebody who came back from the issuer. */
export interface Returned extends Pick<Way, 'language' | 'choices' | 'isAgain'> {
  /** What their page carries on: all that came, sealed. */
  back: string
}

/** Why nobody is signed in by what came back, by the name of the words for it. */
export type Turned = 'stale' | 'cancelled' | 'word' | 'noWord' | 'nobody'

const label = 'sotto/1/partner-away'
const backLabel = 'sotto/1/partner-back'
/** A state and a code: issuers make long ones. */
const longest = 16_384
const minute = 60_000
const onTheWayFor = 15 * minute
const shownWords = 6
/** A double click is one signing in, and a code is good once. */
const twiceWithin = 10_000
const mostComing = 256

export type AtOrganisation = ReturnType<typeof atOrganisation>

/**
 * Signing in at the organisation without a script or a cookie. What comes back could have been begun by anybody, and be meant
 * to sign somebody in as another. So whoever leaves is shown a word, and says on their return which it was; one try, which is
 * kept beside answers and as they are, so that it is one for all that serve these pages.
 */
export function atOrganisation(
  { flow, enter }: Organisation,
  {
    secrets,
    findStoredAnswer,
    storeAnswer,
    clock,
  }: Pick<PartnerPagesDeps, 'secrets' | 'findStoredAnswer' | 'storeAnswer' | 'clock'>,
) {
  const now = () => clock().getTime()
  const coming = new Map<string, { login: Promise<Login | Turned>; at: number }>()

  function seal(what: string, value: unknown): string {
    return sealOpaque(opaqueKeyOf(secrets()[0] ?? Buffer.alloc(0), what), what, value)
  }

  function open<T>(what: string, text: string): T | undefined {
    for (const secret of secrets()) {
      const opened = openOpaque(opaqueKeyOf(secret, what), what, text, longest) as T | undefined
      if (opened !== undefined) return opened
    }
    return undefined
  }

  function wayOf(state: string): Way | undefined {
    const way = open<Way>(label, state)
    return way !== undefined && now() < way.until ? way : undefined
  }

  async function loginBy(way: OnTheWay, query: string): Promise<Login | Turned> {
    const token = await flow.tokenFor(way, new URLSearchParams(query))
    return token === undefined ? 'stale' : ((await enter(token)) ?? 'nobody')
  }

  /**
   * Whether this press is the one that a sign-in has. The same word from the same page is the same press: `back` is new each
   * time that the return is opened, so nobody else has it, and it can bring no more than it did.
   */
  async function isTheOne(entry: string, back: string, word: string): Promise<boolean> {
    const press = Buffer.from(JSON.stringify([back, word]))
    const mark = storedAnswerKeys(entry, 'partnerPage sign-in tried', press)
    if (await storeAnswer({ keyHash: mark.keyHash, answer: mark.seal('{}') })) return true
    return mark.open((await findStoredAnswer(mark.keyHash)) ?? Buffer.alloc(0)) !== undefined
  }

  /** Has the code spent, once, however often the same button is pressed. */
  function redeem(way: OnTheWay & Pick<Way, 'entry'>, query: string): Promise<Login | Turned> {
    for (const [entry, { at }] of coming) if (Date.now() > at + twiceWithin) coming.delete(entry)
    const known = coming.get(way.entry)
    if (known !== undefined) return known.login
    const [oldest = ''] = coming.keys()
    if (coming.size >= mostComing) coming.delete(oldest)
    const login = loginBy(way, query)
    coming.set(way.entry, { login, at: Date.now() })
    // Where the issuer could not be asked, the button can be pressed again.
    login.catch(() => coming.delete(way.entry))
    return login
  }

  return {
    host: flow.host,

    /** Begins: the address to go to, and the word to keep in mind. Throws `issuer-away`. */
    async begin(
      redirect: string,
      { language, words, isAgain }: Pick<Way, 'language' | 'isAgain'> & { words: number },
    ) {
      const choices = someOf(words)
      const word = choices[randomInt(choices.length)] ?? 0
      const [entry, until] = [newPageKey(clock()), now() + onTheWayFor]
      const made = { ...flow.secrets(), redirect }
      const way: Way = { ...made, entry, language, choices, word, isAgain, until }
      return { address: await flow.addressFor({ ...made, state: seal(label, way) }), word }
    },

    /** What the issuer sent somebody back with. Nothing is done by it yet. */
    returned(query: string): Returned | Turned {
      const parameters = new URLSearchParams(query)
      const way = wayOf(parameters.get('state') ?? '')
      if (parameters.get('error') === 'access_denied') return 'cancelled'
      if (way === undefined || !parameters.has('code')) return 'stale'
      const { language, choices, isAgain } = way
      return { language, choices, isAgain, back: seal(backLabel, { query }) }
    },

    /** Whose session it is, by the word that they say they were shown. Throws `issuer-away` and `overloaded`. */
    async sessionFor(back: string, word: string): Promise<Session | Turned> {
      const { query = '' } = open<{ query: string }>(backLabel, back) ?? {}
      const state = new URLSearchParams(query).get('state') ?? ''
      const way = wayOf(state)
      if (way === undefined || !(await isTheOne(way.entry, back, word))) return 'stale'
      const login = await redeem({ ...way, state }, query)
      if (word !== String(way.word)) return word === '' ? 'noWord' : 'word'
      return typeof login === 'string' ? login : { entry: way.entry, login, since: now() }
    },
  }
}

/** Some places of a list of so many, each once, in their order. */
function someOf(words: number): number[] {
  const chosen = new Set<number>()
  while (chosen.size < Math.min(shownWords, words)) chosen.add(randomInt(words))
  return [...chosen].sort((one, other) => one - other)
}

/** Where the issuer sends people back to: as they reached these pages. A plain address is for a machine of one's own. */
export function returnAddress({ protocol, host }: FastifyRequest): string {
  // What would make another host of it, or be left out, where it is read as an address.
  if (/[@/?#\\\s]/.test(host)) throw new Fault('bad-request')
  const isLocal = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host)
  const address = `${isLocal ? protocol : 'https'}://${host}/partner/return`
  if (!URL.canParse(address)) throw new Fault('bad-request')
  return new URL(address).href
}
