import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, type JWTHeaderParameters, SignJWT } from 'jose'
import { audience, signingKey } from '../support/issuer.ts'
import { startTestService, type TestService } from '../support/service.ts'
import { t } from '../support/suite.ts'

/** Access tokens as real issuers were seen to make them (fixtures/cases/oidc.json): one test a case. */
const cases = JSON.parse(
  readFileSync(new URL('../../../fixtures/cases/oidc.json', import.meta.url), 'utf8'),
) as { ok: string[]; faults: { case: string }[] }

const [rsa, ec, ed] = await Promise.all([
  signingKey('RS256', 'rsa'),
  signingKey('ES256', 'ec'),
  signingKey('EdDSA', 'ed'),
])

/** Serves these keys, as an issuer publishes its own. */
async function publish(keys: unknown[]): Promise<string> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`
}

const iss = 'https://login.example'
const started = (jwks: string, more: Record<string, string> = {}) =>
  startTestService(t, {
    environment: { OIDC_ISSUER: iss, OIDC_AUDIENCE: audience, OIDC_JWKS_URL: jwks, ...more },
  })
/** Without `alg` and `use`, as some issuers publish theirs. */
const [bareRsa, bareEc, bareEd] = await Promise.all(
  [rsa, ec, ed].map(async ({ publicKey, jwk: { kid } }) => ({ ...(await exportJWK(publicKey)), kid })),
)
const unknownKinds = [
  { kty: 'AKP', alg: 'ML-DSA-44', kid: 'akp', pub: 'AAAA', use: 'sig' },
  { kty: 'OKP', crv: 'Ed448', kid: 'ed448', x: 'AAAA', use: 'sig' },
  { kty: 'moon', kid: 'moon' },
]
const service = await started(await publish([...unknownKinds, bareRsa, bareEc, bareEd]))

const now = () => Math.floor(Date.now() / 1000)
type Key = Parameters<SignJWT['sign']>[0]
function sign(
  claims: Record<string, unknown>,
  header: Partial<JWTHeaderParameters> = {},
  key: Key = rsa.privateKey,
) {
  const usual = { iss, aud: audience, sub: 'ada', iat: now(), exp: now() + 300, roles: ['triager'] }
  return new SignJWT({ ...usual, ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: 'rsa', typ: 'at+jwt', ...header })
    .sign(key)
}

async function me(token: string, at: TestService = service, scheme = 'Bearer') {
  // By a socket: large headers meet Node's limit there.
  const answer = await fetch(`${at.base}/v1/triage/me`, { headers: { authorization: `${scheme} ${token}` } })
  return { status: answer.status, ...((await answer.json()) as Record<string, unknown>) }
}
const good = { status: 200, role: 'triager' }
const plain = { typ: 'JWT' }
const codesLogged = () =>
  service.logLines
    .map((line) => JSON.parse(line))
    .flatMap(({ msg, code }) => (msg === 'a JWT was refused' ? code : []))

const let_in: Record<string, () => Promise<unknown>> = {
  'Keycloak 26 usual': async () =>
    me(
      await sign(
        {
          typ: 'Bearer',
          azp: 'console',
          sid: 's',
          acr: '1',
          scope: 'openid profile',
          aud: [audience, 'account'],
        },
        plain,
      ),
    ),
  'aud list or text': async () => {
    const text = await me(await sign({ aud: audience }))
    return text.status === 200 ? me(await sign({ aud: ['account', audience] })) : text
  },
  'ES256, EdDSA': async () => {
    const first = await me(await sign({}, { alg: 'ES256', kid: 'ec' }, ec.privateKey))
    return first.status === 200 ? me(await sign({}, { alg: 'EdDSA', kid: 'ed' }, ed.privateKey)) : first
  },
  'key without alg or use': async () => me(await sign({}, { kid: 'rsa' })),
  'JWKS with kty AKP, Ed448, unknown': async () =>
    me(await sign({}, { alg: 'ES256', kid: 'ec' }, ec.privateKey)),
  'no kid where one key fits': async () =>
    me(
      await new SignJWT({ iss, aud: audience, sub: 'ada', exp: now() + 300, roles: ['triager'] })
        .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt' })
        .sign(ec.privateKey),
    ),
  'typ at+jwt in three spellings': async () => {
    const spellings = ['at+jwt', 'AT+JWT', 'application/at+jwt']
    const answers = await Promise.all(spellings.map(async (typ) => me(await sign({}, { typ }))))
    return answers.find(({ status }) => status !== 200) ?? answers[0]
  },
  'Entra delegated (scp)': async () =>
    me(await sign({ ver: '2.0', scp: 'access', oid: 'o', tid: 't', uti: 'u' }, plain)),
  'Okta scp list': async () =>
    me(await sign({ ver: 1, cid: '0oa1', uid: '00u1', scp: ['openid', 'sotto'] }, plain)),
  Cognito: async () => {
    const pool = await started(await publish([bareRsa]), { OIDC_ROLE_CLAIM: 'cognito:groups' })
    const claims = { token_use: 'access', client_id: 'x', scope: 'sotto/all', 'cognito:groups': ['triager'] }
    return me(await sign({ ...claims, roles: undefined }, plain), pool)
  },
  'Auth0 sub with |': async () =>
    me(await sign({ sub: 'auth0|5f7c8ec7c33c6c004bbafe82', azp: 'c', scope: 'openid' }, plain)),
  '9.7 KB and 15.5 KB tokens': async () => {
    const padded = async (bytes: number) => {
      const bare = (await sign({ scope: 'x', pad: '' })).length
      return me(await sign({ scope: 'x', pad: 'x'.repeat(Math.floor(((bytes - bare) * 3) / 4)) }))
    }
    const first = await padded(9_700)
    return first.status === 200 ? padded(15_500) : first
  },
  'fractional exp': async () => me(await sign({ exp: now() + 299.5 })),
  'iat in the future': async () => me(await sign({ iat: now() + 20 })),
  'agency []': async () => me(await sign({ agency: [] })),
}

const faults: Record<string, { run: () => Promise<unknown>; right: object }> = {
  'no sub (Keycloak lightweight token, or client without scope basic)': {
    run: async () => ({ ...(await me(await sign({ sub: undefined }))), codes: codesLogged() }),
    right: { status: 401, codes: ['missing-claim'] },
  },
  'nbf 30 s ahead': { run: async () => me(await sign({ nbf: now() + 30 })), right: good },
  'alg Ed25519 (RFC 9864)': {
    run: async () => me(await sign({}, { alg: 'Ed25519', kid: 'ed' }, ed.privateKey)),
    right: good,
  },
  'any refused JWT': {
    run: async () => {
      await me(await sign({ aud: 'other' }))
      return { ...(await me(await sign({ exp: now() - 3_600 }))), codes: codesLogged() }
    },
    right: { status: 401, codes: ['missing-claim', 'audience', 'expired'] },
  },
}

t.strictSame(Object.keys(let_in).sort(), [...cases.ok].sort(), 'each case has its test')
t.strictSame(Object.keys(faults).sort(), cases.faults.map((one) => one.case).sort())

for (const [name, run] of Object.entries(let_in))
  t.test(`${name}: opens the door`, async (t) => t.match(await run(), good))
for (const [name, { run, right }] of Object.entries(faults))
  t.test(`${name}: is answered right`, async (t) => t.match(await run(), right))

t.test('members of the same kinds that were not listed', async (t) => {
  const lets: [string, Promise<string>][] = [
    ['nbf and iat of a clock that goes ahead', sign({ nbf: now() + 25, iat: now() + 25 })],
    ['fractional nbf and iat', sign({ nbf: now() - 0.25, iat: now() - 0.25 })],
    [
      'Keycloak with the claims of a realm',
      sign({ typ: 'Bearer', scope: '', nonce: 'n', roles: ['offline_access', 'triager'] }, plain),
    ],
    [
      'Entra application (no scp, but azp and idtyp)',
      sign({ idtyp: 'app', appid: 'x', azp: 'x', client_id: 'x' }, plain),
    ],
    ['AD FS', sign({ apptype: 'Confidential', scp: 'openid', ver: '1.0' }, plain)],
    [
      'no typ at all',
      new SignJWT({ iss, aud: audience, sub: 'ada', exp: now() + 300, scope: 'x', roles: ['triager'] })
        .setProtectedHeader({ alg: 'RS256', kid: 'rsa' })
        .sign(rsa.privateKey),
    ],
    ['roles in one text', sign({ roles: 'triager' })],
    ['agency null', sign({ agency: null })],
    ['x5t and x5c beside a known kid', sign({}, { x5t: 'abc', x5c: ['abc'] })],
  ]
  for (const [name, token] of lets) t.match(await me(await token), good, name)
  for (const scheme of ['bearer', 'BEARER', 'Bearer '])
    t.match(await me(await sign({}), service, scheme), good, scheme)
  t.match(await me(await sign({ nbf: now() + 120 })), { status: 401 })
  t.match(await me(await sign({ exp: now() - 20 })), { status: 401 })
})

t.end()
