import * as oauth from 'oauth4webapi'
import { askedFor } from '../../../src/auth/askedFor.ts'
import { settings } from '../../state/settings.ts'

/** Code with PKCE (RFC 7636). Verifier and state lie in the tab's storage on the way alone, and are wiped on the return. */
const kept = 'sotto-on-the-way'
const scope = 'openid'

interface OnTheWay {
  verifier: string
  state: string
}

const own = () => `${location.origin}/console/`

/** A plain address is for a machine of one's own: the service lets no other issuer in. */
const isLocal = () => new URL(issuerOf().issuer).protocol === 'http:'

function issuerOf(): { issuer: string; clientId: string; audience: string } {
  if (settings.signIn === undefined) throw new Error('no issuer')
  return settings.signIn
}

async function discover(): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(issuerOf().issuer)
  const answer = await oauth.discoveryRequest(issuer, { [oauth.allowInsecureRequests]: isLocal() })
  return oauth.processDiscoveryResponse(issuer, answer)
}

/** Leads away, to the issuer's own page. */
export async function leaveForIssuer(): Promise<void> {
  const { clientId, audience } = issuerOf()
  const server = await discover()
  const verifier = oauth.generateRandomCodeVerifier()
  const state = oauth.generateRandomState()
  const address = new URL(server.authorization_endpoint ?? '')
  const asked = {
    client_id: clientId,
    redirect_uri: own(),
    response_type: 'code',
    scope,
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...askedFor(audience),
  }
  for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value)
  sessionStorage.setItem(kept, JSON.stringify({ verifier, state } satisfies OnTheWay))
  location.assign(address)
}

/** The access token that the return brings, if it is a return. Nothing of it stays in the address or the storage. */
export async function returnFromIssuer(): Promise<string | undefined> {
  const here = new URL(location.href)
  const text = sessionStorage.getItem(kept)
  sessionStorage.removeItem(kept)
  history.replaceState(null, '', '/console/')
  if (text === null) return undefined
  const { verifier, state }: OnTheWay = JSON.parse(text)
  const { clientId, audience } = issuerOf()
  const server = await discover()
  const client: oauth.Client = { client_id: clientId }
  const answer = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.None(),
    oauth.validateAuthResponse(server, client, here, state),
    own(),
    verifier,
    { [oauth.allowInsecureRequests]: isLocal(), additionalParameters: askedFor(audience) },
  )
  const { access_token } = await oauth.processAuthorizationCodeResponse(server, client, answer)
  return access_token
}
