import { createHash, type webcrypto } from 'node:crypto'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { type ClientMetadata, type Configuration, Provider } from 'oidc-provider'

/** What of a tap test is needed here. */
interface Lifetime {
  after(cleanUp: () => Promise<void>): void
}

export type Algorithm = 'RS256' | 'ES256' | 'EdDSA'

export interface SigningKey {
  alg: Algorithm
  /** Without `alg`, as some issuers publish theirs. */
  jwk: JWK & { kid: string }
  privateKey: webcrypto.CryptoKey
  publicKey: webcrypto.CryptoKey
}

export async function signingKey(alg: Algorithm, kid: string): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  return { alg, jwk: { ...(await exportJWK(privateKey)), kid, use: 'sig' }, privateKey, publicKey }
}

/** What the issuer says of each subject. */
export type People = Record<string, Record<string, unknown>>

export const audience = 'https://sotto.example/api'
const secret = 'a-secret-of-a-fictional-client-0123456789'
const redirectUri = 'https://app.example/back'

/** Who goes to the issuer's page and cancels there. */
export const whoSaysNo = 'nobody-at-all'

export type Issuer = Awaited<ReturnType<typeof startIssuer>>

/** A real OIDC issuer on loopback, which signs with the first of its keys. They can be replaced; it can go and come back. */
export async function startIssuer(
  test: Lifetime,
  people: People,
  keys: SigningKey[],
  /** Where the console is, if it signs people in: a public client with PKCE. Its tokens come from another origin. */
  consoleAt?: string,
) {
  let serve: RequestListener = (request) => request.destroy()
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    serve(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  test.after(async () => {
    server.closeAllConnections()
    server.close()
  })
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const rotate = (next: SigningKey[]) => {
    const provider = new Provider(issuer, settings(people, next, consoleAt))
    if (consoleAt !== undefined) giveTokensElsewhere(provider)
    serve = listener(provider)
  }
  rotate(keys)

  return {
    issuer,
    /** Every path that was asked for. */
    asked,
    rotate,
    /** Cuts every request off, until the function that it returns is called. */
    goAway() {
      const before = serve
      serve = (request) => request.socket.destroy()
      return () => {
        serve = before
      }
    },
    /** An access token of a program: its client id is its subject. */
    accessToken: async (subject: string, resource = audience): Promise<string> =>
      (await askForTokens(issuer, subject, { grant_type: 'client_credentials', resource })).access_token ??
      '',
    /** What an application gets for a person who signs in to it. It has the API's own name, as some have it. */
    signIn: (subject: string) => signIn(issuer, subject),
  }
}

function listener(provider: Provider): RequestListener {
  const callback = provider.callback()
  return (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void callback(request, response)
    // There is no password in a test: people are whom their cookie says they are, or say no.
    const accountId = /as=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? ''
    const result = accountId === whoSaysNo ? { error: 'access_denied' } : { login: { accountId } }
    provider.interactionFinished(request, response, result).catch(() => response.destroy())
  }
}

/** As many issuers do: what signs in and what gives tokens have hosts of their own. */
function giveTokensElsewhere(provider: Provider): void {
  provider.use(async (context, next) => {
    await next()
    if (context.path !== '/.well-known/openid-configuration') return
    const { token_endpoint: at } = context.body
    Object.assign(context.body, { token_endpoint: String(at).replace('127.0.0.1', 'localhost') })
  })
}

function settings(people: People, keys: SigningKey[], consoleAt?: string): Configuration {
  const [{ alg = 'RS256' } = {}] = keys
  const client = { client_secret: secret, id_token_signed_response_alg: alg }
  const program = { ...client, grant_types: ['client_credentials'], redirect_uris: [], response_types: [] }
  return {
    jwks: { keys: keys.map(({ jwk }) => jwk) },
    clients: [
      { ...client, client_id: audience, grant_types: ['authorization_code'], redirect_uris: [redirectUri] },
      ...Object.keys(people).map((subject) => ({ ...program, client_id: subject })),
      ...(consoleAt === undefined ? [] : [consoleClient(consoleAt, alg)]),
    ],
    clientBasedCORS: (_context, origin) => consoleAt?.startsWith(`${origin}/`) === true,
    cookies: { keys: ['fictional'] },
    // Those not named make it warn.
    ttl: {
      AccessToken: 300,
      ClientCredentials: 300,
      Grant: 300,
      IdToken: 300,
      Interaction: 300,
      Session: 300,
    },
    claims: { openid: ['sub', 'roles', 'agency'] },
    conformIdTokenClaims: false,
    enabledJWA: { idTokenSigningAlgValues: ['RS256', 'ES256', 'EdDSA'] },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: (_context, resource) => ({
          scope: 'openid staff',
          audience: resource,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg } },
        }),
      },
    },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, accountId) => ({
      accountId,
      claims: () => ({ sub: accountId, ...people[accountId] }),
    }),
    loadExistingGrant: async ({ oidc }) => {
      const { provider, client: { clientId } = {}, session: { accountId } = {} } = oidc
      if (clientId === undefined || accountId === undefined) return undefined
      const grant = new provider.Grant({ clientId, accountId })
      grant.addOIDCScope('openid')
      grant.addResourceScope(audience, 'openid staff')
      await grant.save()
      return grant
    },
    extraTokenClaims: (_context, token) =>
      people['accountId' in token ? token.accountId : (token.clientId ?? '')],
  }
}

function consoleClient(consoleAt: string, alg: Algorithm): ClientMetadata {
  return {
    client_id: 'sotto-console',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code'],
    id_token_signed_response_alg: alg,
    redirect_uris: [consoleAt, new URL('/partner/return', consoleAt).href],
  }
}

interface Tokens {
  access_token?: string
  id_token?: string
}

async function askForTokens(issuer: string, client: string, asked: Record<string, string>): Promise<Tokens> {
  const credentials = [client, secret].map(encodeURIComponent).join(':')
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
    body: new URLSearchParams({ scope: 'staff', ...asked }),
  })
  const answer = (await response.json()) as Tokens & { error?: string }
  if (response.status !== 200) throw new Error(`no token: ${JSON.stringify(answer)}`)
  return answer
}

/** Where the issuer leads somebody in the end, from an address of its own: what a browser would ask for next. */
export async function followAs(issuer: string, address: string, subject: string): Promise<URL> {
  const cookies = new Map([['as', subject]])
  let at = new URL(address)
  while (at.origin === issuer) {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ')
    const response = await fetch(at, { redirect: 'manual', headers: { cookie } })
    for (const [, name = '', value = ''] of response.headers
      .getSetCookie()
      .map((line) => /^([^=]+)=([^;]*)/.exec(line) ?? [])) {
      cookies.set(name, value)
    }
    const next = response.headers.get('location')
    if (next === null) throw new Error(`the sign-in ends with ${response.status} ${await response.text()}`)
    at = new URL(next, issuer)
  }
  return at
}

/** The authorisation code flow, as a browser and an application go through it. */
async function signIn(issuer: string, subject: string): Promise<Tokens> {
  const verifier = 'v'.repeat(43)
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  const query = new URLSearchParams({
    client_id: audience,
    response_type: 'code',
    scope: 'openid staff',
    redirect_uri: redirectUri,
    code_challenge: challenge,
    code_challenge_method: 'S256',
  })
  const at = await followAs(issuer, `${issuer}/auth?${query}`, subject)
  return askForTokens(issuer, audience, {
    grant_type: 'authorization_code',
    code: at.searchParams.get('code') ?? '',
    redirect_uri: redirectUri,
    code_verifier: verifier,
  })
}
