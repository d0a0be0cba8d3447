import { execFile } from 'node:child_process'
import { generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { explainToken } from '../../src/auth/explain.ts'
import { loadConfig } from '../../src/config.ts'
import { programAt } from '../cli/run.ts'
import { audience, signingKey, startIssuer } from '../support/issuer.ts'
import { startTestService } from '../support/service.ts'
import { t } from '../support/suite.ts'

/** Access tokens with the claims that Keycloak, Entra ID, Okta and Auth0 really send (docs/staff-login.md). */

t.setTimeout(300_000)
const [rsa, ed] = await Promise.all([signingKey('RS256', 'rsa'), signingKey('EdDSA', 'ed')])
const issuer = await startIssuer(t, {}, [rsa, ed])
const guid = '6f1c2a80-5c1d-4b6e-9a53-0a7c5d1e2f30'
const maps = {
  OIDC_ROLE_MAP: JSON.stringify({
    [guid]: 'supervisor',
    'Sotto-Triagers': 'triager',
    'Sotto-Partners': 'partner',
  }),
  OIDC_AGENCY_MAP: JSON.stringify({
    'Agency-Licensing': 'licensing',
    [`${guid.slice(0, -1)}1`]: 'safeguarding',
  }),
}
const settings = { OIDC_ISSUER: issuer.issuer, OIDC_AUDIENCE: audience }
const groups = { ...settings, ...maps, OIDC_ROLE_CLAIM: 'groups', OIDC_AGENCY_CLAIM: 'groups' }

const now = Math.floor(Date.now() / 1000)
const base = { iss: issuer.issuer, aud: audience, iat: now, exp: now + 300 }
const sign = (claims: JWTPayload, header = {}, key: Parameters<SignJWT['sign']>[0] = rsa.privateKey) =>
  new SignJWT({ ...base, ...claims }).setProtectedHeader({ alg: 'RS256', kid: 'rsa', ...header }).sign(key)

const keycloak = {
  jti: 'onrtac:4b0f',
  typ: 'Bearer',
  azp: 'sotto-console',
  sid: '9a3f',
  acr: '1',
  'allowed-origins': ['https://app.example'],
  aud: [audience, 'account'],
  sub: '8a2c6f10-1111-4222-8333-944455556666',
  scope: 'openid profile email',
  nonce: 'c1f6f0a4',
  realm_access: { roles: ['offline_access', 'supervisor', 'default-roles-csp'] },
  email_verified: true,
  preferred_username: 'ada',
}
const entra = {
  ver: '2.0',
  tid: 'f8cdef31-a31e-4b4a-93e4-5f571e91255a',
  oid: '00000000-0000-0000-66f3-3332eca7ea81',
  sub: 'AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ',
  azp: '11112222-bbbb-3333-cccc-4444dddd5555',
  azpacr: '0',
  scp: 'access',
  uti: 'x',
  groups: [guid, '0d5d6a0e-0000-4000-8000-000000000000'],
}
const okta = {
  ver: 1,
  jti: 'AT.x',
  cid: '0oa1',
  uid: '00u1',
  scp: ['openid', 'sotto'],
  auth_time: now,
  sub: 'ada@example.org',
  groups: ['Everyone', 'Sotto-Partners', 'Agency-Licensing'],
}
const auth0 = {
  sub: 'auth0|5f7c8ec7c33c6c004bbafe82',
  azp: 'console',
  scope: 'openid profile',
  permissions: [],
  aud: [audience, 'https://csp.eu.auth0.com/userinfo'],
  'https://sotto.example/roles': ['triager'],
}

async function standingAt(environment: Record<string, string>, token: string) {
  const service = await startTestService(t, { environment })
  const answer = await service.inject({ url: '/v1/triage/me', headers: { authorization: `Bearer ${token}` } })
  await service.close()
  const codes = service.logLines
    .map((line) => JSON.parse(line))
    .flatMap(({ msg, code }) => (msg === 'a JWT was refused' ? code : []))
  return { ...answer.json(), codes }
}

t.test('Keycloak: realm roles, and the nonce that its access tokens carry', async (t) => {
  const environment = { ...settings, OIDC_ROLE_CLAIM: 'realm_access.roles' }
  const token = await sign(keycloak, { typ: 'JWT' })
  t.match(await standingAt(environment, token), { role: 'supervisor', agency: null })
  const { sub: _sub, ...lightweight } = keycloak
  t.match(await standingAt(environment, await sign(lightweight, { typ: 'JWT' })), {
    codes: ['missing-claim'],
  })
  t.match(await standingAt(environment, await sign({ ...keycloak, typ: 'ID' }, { typ: 'JWT' })), {
    codes: ['no-access-token'],
  })
})

t.test('Entra ID: group GUIDs by map; too many groups are told apart', async (t) => {
  t.match(await standingAt(groups, await sign(entra, { typ: 'JWT' })), { role: 'supervisor', agency: null })
  const { groups: _groups, ...rest } = entra
  const overage = {
    ...rest,
    _claim_names: { groups: 'src1' },
    _claim_sources: { src1: { endpoint: 'https://graph.example' } },
  }
  t.match(await standingAt(groups, await sign(overage, { typ: 'JWT' })), {
    code: 'unauthorized',
    codes: ['claims-elsewhere'],
  })
  const named = { ...entra, groups: ['supervisor'] }
  t.match(
    await standingAt(groups, await sign(named, { typ: 'JWT' })),
    { codes: ['no-role'] },
    'with a map, nothing else counts',
  )
})

t.test('Okta: prefixed groups by map, role and agency out of one claim', async (t) => {
  t.match(await standingAt(groups, await sign(okta)), { role: 'partner', agency: 'licensing' })
  const two = { ...okta, groups: ['Sotto-Triagers', 'Sotto-Partners'] }
  t.match(await standingAt(groups, await sign(two)), { codes: ['no-role'] })
})

t.test('Auth0: a claim whose name is an address', async (t) => {
  const environment = { ...settings, OIDC_ROLE_CLAIM: 'https://sotto.example/roles' }
  t.match(await standingAt(environment, await sign(auth0, { typ: 'at+jwt' })), { role: 'triager' })
})

t.test('Ed25519 is EdDSA by its newer name', async (t) => {
  const { privateKey, publicKey: _public } = ed
  const token = await sign(
    { sub: 'ada', scope: 'x', roles: ['auditor'] },
    { alg: 'Ed25519', kid: 'ed', typ: 'at+jwt' },
    privateKey,
  )
  t.match(await standingAt(settings, token), { role: 'auditor' })
})

t.test('a map that cannot be used stops the start with one line that names it', (t) => {
  const wrong = ['{', '[]', '{}', '"x"', '{"a":"owner"}', '{"a":1}']
  for (const map of wrong)
    t.throws(() => loadConfig({ ...settings, OIDC_ROLE_MAP: map }), { message: /^OIDC_ROLE_MAP must / }, map)
  t.throws(() => loadConfig({ ...settings, OIDC_AGENCY_MAP: '{"a":"LICENSING"}' }), {
    message: /^OIDC_AGENCY_MAP must /,
  })
  t.throws(() => loadConfig({ OIDC_ROLE_MAP: '{"a":"triager"}' }), {
    message: /^OIDC_ROLE_MAP needs OIDC_ISSUER/,
  })
  t.end()
})

interface Explained {
  code: number
  stdout: string
  stderr: string
}

function explain(token: string, environment: Record<string, string>): Promise<Explained> {
  return new Promise((resolve) => {
    const env = { PATH: process.env.PATH, ...environment }
    const words = [programAt('sotto'), 'staff', 'explain-token']
    const child = execFile(process.execPath, words, { env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    )
    child.stdin?.end(token)
  })
}

t.test(
  'explain-token says what fails and which setting mends it, and nothing of whose token it is',
  async (t) => {
    const good = await sign(entra, { typ: 'JWT' })
    const told = await explain(`Bearer ${good}\n`, groups)
    t.match(told, { code: 0, stderr: '', stdout: /This token is good\.\n$/ })
    t.notMatch(told.stdout, /NO /)
    const secret = await generateKeyPair('RS256')
    const canary = { ...entra, sub: 'canary-subject', name: 'Canary Name' }
    const faults: [string, Record<string, string>, RegExp][] = [
      [
        good,
        { ...groups, OIDC_AUDIENCE: 'other' },
        /NO {3}it is for OIDC_AUDIENCE\n {5}OIDC_AUDIENCE: the token says "https:\/\/sotto/,
      ],
      [
        await sign({ ...canary, iss: 'https://elsewhere.example' }),
        groups,
        /NO {3}its issuer is OIDC_ISSUER\n.*elsewhere/,
      ],
      [await sign(canary, {}, secret.privateKey), groups, /NO {3}a key of the issuer signed it/],
      [await sign({ ...canary, exp: now - 60 }), groups, /NO {3}its time/],
      [good, settings, /NO {3}it has one role in roles\n {5}OIDC_ROLE_CLAIM.*groups/],
      [await sign({ ...canary, groups: [] }), groups, /NO {3}it has one role in groups\n {5}OIDC_ROLE_MAP/],
      [
        await sign({ ...canary, groups: undefined, _claim_names: { groups: 'src1' } }),
        groups,
        /NO {3}its claims are in it/,
      ],
      [await sign({ ...canary, scp: undefined, nonce: 'n' }), groups, /NO {3}it is an access token/],
      ['opaque', groups, /NO {3}it is a JWT/],
    ]
    for (const [token, environment, said] of faults) {
      const { oidc } = loadConfig(environment)
      if (oidc === undefined) throw new Error('there is an issuer')
      const steps = await explainToken(token, oidc, new Date())
      const text = steps
        .map(({ step, ok, remedy }) => `${ok ? 'yes' : 'NO '}  ${step}\n     ${remedy ?? ''}\n`)
        .join('')
      t.match(text, said)
      t.notMatch(text, /canary|eyJ/i)
    }
    const refused = await explain('opaque', groups)
    t.match(refused, { code: 1, stderr: '', stdout: /^NO {3}it is a JWT\n.*\nThis token is refused\.\n$/ })
    t.match(await explain('', groups), { code: 1, stderr: /no token/ })
    t.match(await explain(good, {}), { code: 1, stderr: /OIDC_ISSUER is not set/ })
  },
)

t.end()
