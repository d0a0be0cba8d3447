import * as oauth from 'oauth4webapi'
import { semaphore } from '../concurrency/semaphore.ts'
import { Fault } from '../vocabulary/faults.ts'
import { askedFor } from './askedFor.ts'
import { IssuerRefuses, largest, readAtMost, readDiscovery } from './issuerDocuments.ts'
import { pausing } from './pausing.ts'
import { isTrustworthyUrl } from './trustworthyUrl.ts'

/** One sign-in on its way to the issuer and back: what whoever began it must keep, and shows nobody but `state`. */
export interface OnTheWay {
  state: string
  verifier: string
  nonce: string
  /** The address to which the issuer sends people back. */
  redirect: string
}

export interface CodeFlowDeps {
  issuer: string
  clientId: string
  audience: string
  /** Told once each time that the issuer cannot be asked, and why. */
  whenAway: (reason: string) => void
}

export type CodeFlow = ReturnType<typeof codeFlow>

const timeout = 5_000
const freshFor = 10 * 60_000
const pause = 2_000
/** Seconds by which the clocks may differ. */
const skew = 30
/** Requests for tokens: anybody can have one made, by a code that they made up. */
const asking = { atOnce: 4, waiting: 32, milliseconds: 5_000 }

/**
 * Signing in at the issuer by code with PKCE (RFC 7636, RFC 9700), as a public client. Keeps nothing of a sign-in. Every call
 * throws `issuer-away` where the issuer cannot be asked, and `overloaded` where too much is asked of it already.
 */
export function codeFlow({ issuer, clientId, audience, whenAway }: CodeFlowDeps) {
  const attempt = pausing(pause, whenAway)
  const take = semaphore(asking.atOnce, asking.waiting, asking.milliseconds)
  const client: oauth.Client = { client_id: clientId, [oauth.clockTolerance]: skew }
  // A plain address is for a machine of one's own: the settings let no other issuer in.
  const options = { [oauth.allowInsecureRequests]: new URL(issuer).protocol === 'http:' }
  let known: { server: oauth.AuthorizationServer; at: number } | undefined

  async function reached<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await attempt(work)
    } catch {
      throw new Fault('issuer-away')
    }
  }

  async function serverNow(): Promise<oauth.AuthorizationServer> {
    if (known !== undefined && Date.now() < known.at + freshFor) return known.server
    const server = await reached(async () => {
      const document = await readDiscovery(issuer, AbortSignal.timeout(timeout))
      return oauth.processDiscoveryResponse(new URL(issuer), Response.json(document))
    })
    known = { server, at: Date.now() }
    return server
  }

  /** The issuer's answer, of bounded size and in time, whatever it says. */
  async function askForToken(url: string, init: RequestInit): Promise<Response> {
    const release = await take()
    if (release === undefined) throw new Fault('overloaded')
    try {
      return await reached(async () => {
        const answer = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(timeout) })
        const body = await readAtMost(answer, largest)
        const { status, headers } = answer
        // Whoever can provoke these with a code must not shut out everybody else.
        if (status >= 500 || status === 429) throw new IssuerRefuses('it gives no tokens')
        // What is neither a token nor a refusal is no token; some statuses can have no body here.
        const isAnswer = status === 200 || status >= 400
        return isAnswer ? new Response(body, { status, headers }) : new Response('', { status: 400 })
      })
    } finally {
      release()
    }
  }

  return {
    /** Where people sign in, as they know it by its name. */
    host: new URL(issuer).host,

    /** What nobody can guess of a new sign-in. */
    secrets: () => ({
      verifier: oauth.generateRandomCodeVerifier(),
      nonce: oauth.generateRandomNonce(),
    }),

    /** The address at the issuer at which people sign in. */
    async addressFor({ state, verifier, nonce, redirect }: OnTheWay): Promise<string> {
      const { authorization_endpoint: at = '' } = await serverNow()
      if (!isTrustworthyUrl(at)) throw new Fault('issuer-away')
      const address = new URL(at)
      const asked = {
        client_id: clientId,
        redirect_uri: redirect,
        response_type: 'code',
        scope: 'openid',
        state,
        nonce,
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...askedFor(audience),
      }
      for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value)
      return address.href
    },

    /** The access token for what the issuer sent back; undefined where it gives none. The code is spent either way. */
    async tokenFor({ state, verifier, nonce, redirect }: OnTheWay, back: URLSearchParams) {
      const server = await serverNow()
      try {
        const answer = await oauth.authorizationCodeGrantRequest(
          server,
          client,
          oauth.None(),
          oauth.validateAuthResponse(server, client, back, state),
          redirect,
          verifier,
          {
            ...options,
            additionalParameters: askedFor(audience),
            [oauth.customFetch]: (url, { method, headers, body }) =>
              askForToken(url, { method, headers, body }),
          },
        )
        const given = await oauth.processAuthorizationCodeResponse(server, client, answer, {
          expectedNonce: nonce,
          requireIdToken: true,
        })
        return given.access_token
      } catch (error) {
        if (error instanceof Fault) throw error
        return undefined
      }
    },
  }
}
