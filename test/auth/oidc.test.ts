import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeJwt, exportSPKI, importJWK, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose'
import { standingOf } from '../../src/auth/claims.ts'
import { issuerKeys } from '../../src/auth/issuerKeys.ts'
import { oidcTokens } from '../../src/auth/oidc.ts'
import { tellingOfRefusals } from '../../src/auth/refusedTokens.ts'
import { loadConfig } from '../../src/config.ts'
import { Fault } from '../../src/vocabulary/faults.ts'
import { run } from '../cli/run.ts'
import { asSuperuser } from '../support/cluster.ts'
import { audience, type People, signingKey, startIssuer } from '../support/issuer.ts'
import { sampleReport } from '../support/reports.ts'
import { startTestService, type TestService } from '../support/service.ts'
import { type Test, t } from '../support/suite.ts'

const people: People = {
  ada: { roles: ['supervisor'], email: 'ada@example.org' },
  bob: { roles: 'triager', agency: 'community-safety' },
  pat: { roles: ['offline_access', 'partner'], agency: ['licensing'] },
  aud: { roles: ['auditor'] },
  eve: { roles: ['triager'], email: 'ada@example.org' },
  none: {},
  unknown: { roles: ['owner', 'Supervisor'] },
  two: { roles: ['triager', 'auditor'] },
  unbound: { roles: ['partner'] },
  manifold: { roles: ['partner'], agency: ['licensing', 'safeguarding'] },
  shouting: { roles: ['triager'], agency: 'LICENSING' },
}

const keys = await Promise.all([
  signingKey('RS256', 'rsa'),
  signingKey('ES256', 'ec'),
  signingKey('EdDSA', 'ed'),
])
const [rsa, ec] = keys
const issuer = await startIssuer(t, people, keys)
const service = await startTestService(t, {
  environment: { OIDC_ISSUER: issuer.issuer, OIDC_AUDIENCE: audience },
})

const ask = (token: string | undefined, url = '/v1/triage/me', at: TestService = service) =>
  at.inject({ url, headers: token === undefined ? {} : { authorization: `Bearer ${token}` } })
const me = async (token: string) => (await ask(token)).json()

/** The claims that the issuer gives, changed, signed as told. */
const forge = (
  claims: JWTPayload,
  header: Partial<JWTHeaderParameters> = {},
  key: Parameters<SignJWT['sign']>[0] = rsa.privateKey,
) => new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'rsa', typ: 'at+jwt', ...header }).sign(key)

/** Every refusal looks as if nothing had been shown at all. */
async function refuses(t: Test, tokens: Record<string, string | undefined>) {
  const bare = await ask(undefined)
  for (const [what, token] of Object.entries(tokens)) {
    t.type(token, 'string')
    const answer = await ask(token)
    t.equal(answer.statusCode, 401, what)
    t.equal(answer.body, bare.body, what)
    t.equal(answer.headers['www-authenticate'], 'Bearer', what)
  }
}

t.test('access tokens of every algorithm open the door, with role and agency of their claims', async (t) => {
  for (const key of keys) {
    issuer.rotate([key, ...keys.filter((other) => other !== key)])
    t.match(await me(await issuer.accessToken('ada')), { role: 'supervisor', agency: null }, key.alg)
  }
  issuer.rotate(keys)
  t.match(await me(await issuer.accessToken('bob')), { role: 'triager', agency: 'community-safety' })
  t.match(await me(await issuer.accessToken('pat')), { role: 'partner', agency: 'licensing' })

  const { access_token: token = '' } = await issuer.signIn('ada')
  const { id, name, expires } = await me(token)
  t.equal(name, `ada@${issuer.issuer.slice('http://'.length)}`)
  t.equal(Date.parse(expires), (decodeJwt(token).exp ?? 0) * 1000)
  t.equal(id, (await me(await issuer.accessToken('ada'))).id, 'one person, however they came by the token')
  t.equal(issuer.asked.filter((path) => path === '/jwks').length, 1, 'the keys were fetched once')
})

t.test('no forgery opens the door, and none is told why', async (t) => {
  const claims = decodeJwt(await issuer.accessToken('ada'))
  const now = Math.floor(Date.now() / 1000)
  t.equal((await ask(await forge(claims))).statusCode, 200, 'what follows fails for one reason each')
  t.equal((await ask(await forge({ ...claims, exp: now - 1, nbf: now + 30 }))).statusCode, 200)

  const own = await signingKey('RS256', 'rsa')
  const ownEc = await signingKey('ES256', 'own')
  const { d: _secret, ...ownPublic } = ownEc.jwk
  const visits: string[] = []
  const site = createServer((request, response) => {
    visits.push(request.url ?? '')
    response.end(JSON.stringify({ keys: [ownPublic] }))
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  t.after(() => void site.close())
  const address = `http://127.0.0.1:${(site.address() as AddressInfo).port}`

  const good = await forge(claims)
  const [header = '', payload = '', signature = ''] = good.split('.')
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const supervisor = encoded({ ...claims, sub: 'bob' })
  const asSecret = Buffer.from(await exportSPKI(rsa.publicKey))
  const { sub: _sub, ...withoutSub } = claims
  const { exp: _exp, ...withoutExp } = claims
  const { aud: _aud, ...withoutAud } = claims
  const { iss: _iss, ...withoutIss } = claims
  const ecHeader = { alg: 'ES256', kid: 'own' }

  await refuses(t, {
    'alg none': `${encoded({ alg: 'none', kid: 'rsa', typ: 'at+jwt' })}.${payload}.`,
    'alg none, spelt otherwise, with a signature': `${encoded({ alg: 'nOnE', kid: 'rsa' })}.${payload}.${signature}`,
    'HS256 with the public key as PEM': await forge(claims, { alg: 'HS256' }, asSecret),
    'HS256 with the public key as JWK': await forge(claims, { alg: 'HS256' }, Buffer.from(rsa.jwk.n ?? '')),
    'an algorithm that is not listed': await forge(
      claims,
      { alg: 'RS512' },
      await importJWK({ ...rsa.jwk, alg: 'RS512' }),
    ),
    'the algorithm of another key': await forge(claims, { alg: 'ES256', kid: 'rsa' }, ec.privateKey),
    'a key of one’s own under a known kid': await forge(claims, {}, own.privateKey),
    'an unknown kid': await forge(claims, { kid: 'other' }),
    'a kid that is a path': await forge(claims, { kid: '../../dev/null' }),
    'an embedded jwk': await forge(claims, { ...ecHeader, jwk: ownPublic }, ownEc.privateKey),
    'an embedded jwk under a known kid': await forge(
      claims,
      { alg: 'ES256', kid: 'ec', jwk: ownPublic },
      ownEc.privateKey,
    ),
    'a jku': await forge(claims, { ...ecHeader, jku: `${address}/jwks` }, ownEc.privateKey),
    'an x5u': await forge(claims, { ...ecHeader, x5u: `${address}/x5u` }, ownEc.privateKey),
    'an extension that must be understood': await new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'rsa', typ: 'at+jwt', crit: ['x'], x: 1 })
      .sign(rsa.privateKey, { crit: { x: true } }),
    'a changed payload': `${header}.${supervisor}.${signature}`,
    'a changed header': `${encoded({ alg: 'RS256', kid: 'rsa' })}.${payload}.${signature}`,
    'a signature cut short': good.slice(0, -8),
    'no signature': `${header}.${payload}.`,
    'a signature of a detached payload': `${header}..${signature}`,
    'another issuer': await forge({ ...claims, iss: 'https://login.example' }),
    'another issuer that begins alike': await forge({ ...claims, iss: `${issuer.issuer}/` }),
    'no issuer': await forge(withoutIss),
    'another audience': await issuer.accessToken('ada', 'https://other.example/api'),
    'no audience': await forge(withoutAud),
    expired: await forge({ ...claims, exp: now - 6 }),
    'no expiry': await forge(withoutExp),
    'an expiry in words': await forge({ ...claims, exp: 'never' as unknown as number }),
    'an expiry beyond all calendars': await forge({ ...claims, exp: 1e300 }),
    'not yet valid': await forge({ ...claims, nbf: now + 60 }),
    'no subject': await forge(withoutSub),
    'a subject that is no text': await forge({ ...claims, sub: 1 as unknown as string }),
    'a subject with U+0000': await forge({ ...claims, sub: 'ada\0' }),
    'bound to a key that is not shown': await forge({ ...claims, cnf: { jkt: 'x' } }),
    'a token of another type': await forge(claims, { typ: 'logout+jwt' }),
    'no token': 'e30.e30.e30',
    'nothing of the kind': '..',
  })
  t.strictSame(visits, [], 'nobody followed an address in a token')
})

t.test(
  'the log says why a JWT was refused: by its class, seldom, and with nothing of the token',
  async (t) => {
    const own = await startTestService(t, {
      environment: { OIDC_ISSUER: issuer.issuer, OIDC_AUDIENCE: audience },
    })
    const claims = decodeJwt(await issuer.accessToken('ada'))
    const now = Math.floor(Date.now() / 1000)
    const { sub: _sub, ...withoutSub } = claims
    const stranger = await signingKey('RS256', 'rsa')
    const [, payload = ''] = (await forge(claims)).split('.')
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const refused: Record<string, string> = {
      expired: await forge({ ...claims, exp: now - 600 }),
      'not-yet-valid': await forge({ ...claims, nbf: now + 600 }),
      'wrong-issuer': await forge({ ...claims, iss: 'https://canary.example' }),
      'wrong-audience': await forge({ ...claims, aud: 'canary' }),
      'missing-claim': await forge(withoutSub),
      'unknown-key': await forge(claims, { kid: 'canary' }),
      'bad-signature': await forge(claims, {}, stranger.privateKey),
      algorithm: `${encode({ alg: 'none' })}.${payload}.`,
      malformed: 'canary.canary.canary',
      'no-access-token': await forge({ ...claims, nonce: 'canary' }, { typ: 'JWT' }),
      'no-role': await forge({ ...claims, roles: ['canary'] }),
    }
    const told = () =>
      own.logLines
        .map((line) => JSON.parse(line))
        .filter(({ msg }) => msg === 'a JWT was refused')
        .map(({ level: _level, time: _time, msg: _msg, ...fields }) => fields)
    for (const [code, token] of Object.entries(refused)) {
      t.equal((await ask(token, '/v1/triage/me', own)).statusCode, 401)
      t.strictSame(told().at(-1), { code, count: 1 })
    }
    for (let again = 0; again < 30; again++) await ask(refused.expired, '/v1/triage/me', own)
    t.equal(told().length, Object.keys(refused).length, 'a flood of them adds no line within the minute')
    t.notMatch(own.logLines.join(''), /canary|eyJ|ada/, 'nothing of a token is logged')
  },
)

t.test('refusals of one class are told at once, and once a minute with their count', (t) => {
  let now = 0
  const told: [string, number][] = []
  const refused = tellingOfRefusals(
    (refusal, count) => told.push([refusal, count]),
    () => now,
  )
  for (now = 0; now < 180_000; now += 10_000) refused('expired')
  refused('no-role')
  t.strictSame(told, [
    ['expired', 1],
    ['expired', 6],
    ['expired', 6],
    ['no-role', 1],
  ])
  t.end()
})

t.test('a token of another real issuer is refused', async (t) => {
  const stranger = await startIssuer(t, people, [rsa])
  await refuses(t, { 'signed by the same key even': await stranger.accessToken('ada') })
})

t.test('an ID token is no access token, though it is signed, current and for this audience', async (t) => {
  const { access_token: access = '', id_token: identity = '' } = await issuer.signIn('ada')
  t.equal((await ask(access)).statusCode, 200)
  t.match(decodeJwt(identity), { aud: audience, sub: 'ada', roles: ['supervisor'] })
  const claims = decodeJwt(identity)
  const { client_id: _client, ...withoutClient } = decodeJwt(access)
  await refuses(t, {
    'the issuer’s own': identity,
    'of type JWT': await forge(claims, { typ: 'JWT' }),
    'with a nonce beside a scope': await forge({ ...claims, scope: 'openid', nonce: 'n' }, { typ: 'JWT' }),
    'as Keycloak marks it': await forge({ ...claims, scope: 'openid', typ: 'ID' }, { typ: 'JWT' }),
    'a refresh token of Keycloak': await forge(
      { ...claims, scope: 'openid', typ: 'Refresh' },
      { typ: 'JWT' },
    ),
  })
  const older = { Keycloak: { ...withoutClient, typ: 'Bearer' }, 'Entra ID': { ...claims, scp: 'access' } }
  for (const [name, of] of Object.entries(older)) {
    t.equal((await ask(await forge(of, { typ: 'JWT' }))).statusCode, 200, `an access token of ${name}`)
  }
  t.equal((await ask(await forge(claims, { typ: 'application/AT+JWT' }))).statusCode, 200, 'RFC 9068')
})

t.test('without exactly one role, or an agency where it needs one, a token opens nothing', async (t) => {
  const wrong = ['none', 'unknown', 'two', 'unbound', 'manifold', 'shouting']
  const tokens = wrong.map(async (subject) => [subject, await issuer.accessToken(subject)])
  await refuses(t, Object.fromEntries(await Promise.all(tokens)))
})

t.test('a role that may not is told so, and the refusal is in the trail under the person', async (t) => {
  const token = await issuer.accessToken('aud')
  const { id } = await me(token)
  const before = (await trailOf(id)).length
  const answer = await ask(token, '/v1/triage/reports')
  t.equal(answer.statusCode, 403)
  t.equal(answer.json().code, 'forbidden')
  const trail = await trailOf(id)
  t.equal(trail.length, before + 1)
  t.match(trail.at(-1), { action: 'denied', role: 'auditor', target: 'GET /v1/triage/reports' })
})

t.test('a subject mapped to the name of a local token is that person, in the trail too', async (t) => {
  const local = await service.token('supervisor', { name: 'Cy Example' })
  const person = await me(local)
  people.cy = { roles: ['supervisor'] }
  issuer.rotate(keys)
  const mapped = await map('cy', 'Cy Example')
  t.match(mapped, { code: 0, stdout: 'mapped to Cy Example\n' })

  const token = await issuer.accessToken('cy')
  t.match(await me(token), { id: person.id, name: 'Cy Example', role: 'supervisor' })
  await service.inject({ method: 'POST', url: '/v1/reports', payload: sampleReport() })
  const { items } = (await ask(token, '/v1/triage/reports')).json()
  t.equal((await ask(token, `/v1/triage/reports/${items[0].id}`)).statusCode, 200)
  t.match((await trailOf(person.id)).at(-1), { action: 'consultation', target: `report/${items[0].id}` })

  const settings = { DATABASE_URL: service.databaseUrl, KEYRING_FILE: service.keyringFile }
  const listed = JSON.parse((await run('sotto', ['staff', 'list', '--json'], settings)).stdout)
  t.match(
    listed.logins.find(({ subject }: { subject: string }) => subject === 'cy'),
    { name: 'Cy Example', issuer: issuer.issuer, state: 'good' },
  )
  t.match(await run('sotto', ['staff', 'revoke', '--name', 'Cy Example'], settings), {
    code: 0,
    stdout: '1 token and 1 OIDC login revoked\n',
  })
  await refuses(t, { 'the local token': local, 'the access token, which is good for minutes yet': token })
  t.match(await map('cy', 'Dee Example'), { code: 0, stdout: 'mapped to Dee Example, a new person\n' })
  t.match(await me(token), { name: 'Dee Example' })
  t.match(await map(' cy', 'Dee Example'), { code: 2, stdout: '' })
})

t.test('whoever logs in can be given a report, once, in the role of their last token', async (t) => {
  const named = async (id: string) => {
    const { items } = (await ask(await issuer.accessToken('ada'), '/v1/triage/staff')).json()
    return items.filter((person: { id: string }) => person.id === id)
  }
  const { id, name } = await me(await issuer.accessToken('bob'))
  t.strictSame(await named(id), [{ id, name, role: 'triager', agency: 'community-safety' }])
  const { roles, agency } = { ...people.bob }
  people.bob = { roles: ['supervisor'] }
  issuer.rotate(keys)
  await me(await issuer.accessToken('bob'))
  t.strictSame(await named(id), [{ id, name, role: 'supervisor', agency: null }])
  people.bob = { roles, agency }
  issuer.rotate(keys)
  t.strictSame(await named((await me(await issuer.accessToken('aud'))).id), [], 'an auditor works on none')
})

t.test('identity is issuer and subject, never an e-mail address', async (t) => {
  const [ada, eve] = await Promise.all(['ada', 'eve'].map((subject) => issuer.accessToken(subject)))
  t.not((await me(ada ?? '')).id, (await me(eve ?? '')).id)
})

t.test('a subject seen first by many requests at once becomes one person', async (t) => {
  people.new = { roles: ['triager'] }
  issuer.rotate(keys)
  const token = await issuer.accessToken('new')
  const ids = await Promise.all(Array.from({ length: 12 }, async () => (await me(token)).id))
  t.equal(new Set(ids).size, 1)
  t.match(ids[0], /^[0-9a-f-]{36}$/)
})

t.test('a mapping written by hand makes nobody somebody else', async (t) => {
  people.mal = { roles: ['supervisor'] }
  people.second = { roles: ['supervisor'] }
  issuer.rotate(keys)
  const [ada = '', bob = ''] = await Promise.all(['ada', 'bob'].map((subject) => issuer.accessToken(subject)))
  const { id: victim } = await me(ada)
  await me(bob)
  const mallory = await issuer.accessToken('mal')
  const byHand = (text: string, values: unknown[] = []) =>
    asSuperuser(service.databaseUrl, (client) => client.query(text, values))
  const insert = 'INSERT INTO staff_subjects (issuer, subject, staff_id, mac) VALUES ($1, $2, $3, $4)'

  await byHand(insert, [issuer.issuer, 'mal', victim, Buffer.alloc(32)])
  await refuses(t, { 'with a MAC made up': mallory })
  await byHand(`UPDATE staff_subjects SET mac = (SELECT mac FROM staff_subjects WHERE subject = 'ada')
                 WHERE subject = 'mal'`)
  await refuses(t, { 'with the MAC of the victim’s own': mallory })
  t.equal((await me(ada)).id, victim, 'the victim is still who they were')

  await byHand(`UPDATE staff_subjects SET staff_id = $1 WHERE subject = 'bob'`, [victim])
  await refuses(t, { 'moved to another person': bob })
  t.match(await map('bob', 'Bob Example'), { code: 0 })
  t.match(await me(bob), { name: 'Bob Example' }, 'mapped anew, they are let in')

  const second = await issuer.accessToken('second')
  t.equal((await ask(second)).statusCode, 200)
  await byHand(`DELETE FROM staff_subjects WHERE subject = 'second'`)
  await refuses(t, { 'taken away, to come back as somebody new': second })
})

t.test('keys that the issuer publishes are picked up, and those that it withdraws are dropped', async (t) => {
  const old = await signingKey('ES256', 'old')
  const next = await signingKey('EdDSA', 'next')
  const own = await startIssuer(t, people, [old])
  const { identify } = verifier(own.issuer, { cooldown: 0 })
  const before = await own.accessToken('ada')
  t.match(await identify(before), { id: 'ada' })
  own.rotate([next, old])
  t.match(await identify(await own.accessToken('ada')), { id: 'ada' })
  t.match(await identify(before), { id: 'ada' }, 'while both are published both are good')
  own.rotate([next])
  await later(t, 11, async () => t.equal(await identify(before), undefined))
  t.match(await identify(await own.accessToken('ada')), { id: 'ada' })
})

t.test('unknown kids do not make the service ask the issuer again and again', async (t) => {
  const own = await startIssuer(t, people, [rsa])
  const { identify } = verifier(own.issuer)
  const claims = decodeJwt(await own.accessToken('ada'))
  for (let i = 0; i < 20; i++) t.equal(await identify(await forge(claims, { kid: `kid-${i}` })), undefined)
  t.equal(own.asked.filter((path) => path === '/jwks').length, 1)
})

t.test('while the issuer is away its known keys go on, for as long as tokens live', async (t) => {
  const own = await startIssuer(t, people, [rsa])
  const reasons: string[] = []
  const { identify } = verifier(own.issuer, { cooldown: 0, whenAway: (reason) => reasons.push(reason) })
  const token = await own.accessToken('ada')
  const unknown = await forge(decodeJwt(token), { kid: 'made-since' })
  const comeBack = own.goAway()
  await t.rejects(identify(token), new Fault('issuer-away'), 'nothing is known yet')
  comeBack()
  t.match(await identify(token), { id: 'ada' })
  own.goAway()
  await later(t, 11, async () => t.match(await identify(token), { id: 'ada' }))
  await later(t, 69, async () => t.match(await identify(token), { id: 'ada' }))
  await later(t, 11, () => t.rejects(identify(unknown), new Fault('issuer-away')))
  await later(t, 71, () => t.rejects(identify(token), new Fault('issuer-away')))
  t.strictSame(reasons, ['it cannot be reached', 'it cannot be reached'], 'told once each time')
})

t.test('an issuer that is away makes the service not ready for its tokens, and only for them', async (t) => {
  const away = await startIssuer(t, people, [rsa])
  const token = await away.accessToken('ada')
  away.goAway()
  const second = await startTestService(t, {
    databaseUrl: service.databaseUrl,
    keyringFile: service.keyringFile,
    environment: { OIDC_ISSUER: away.issuer, OIDC_AUDIENCE: audience, REQUIRE_REASON: 'true' },
  })
  const answer = await ask(token, '/v1/triage/me', second)
  t.equal(answer.statusCode, 503)
  t.match(answer.json(), { code: 'not-ready' })
  t.equal(answer.headers['retry-after'], '5')
  const asked = away.asked.length
  await Promise.all(Array.from({ length: 9 }, () => ask(token, '/v1/triage/me', second)))
  t.equal(away.asked.length, asked, 'and it is not asked again at once')
  t.match(second.logLines.join(''), 'OIDC_ISSUER: no keys, it cannot be reached')
  t.notMatch(second.logLines.join(''), away.issuer)
  const local = await second.token('triager')
  t.equal((await ask(local, '/v1/triage/me', second)).statusCode, 200)
  t.equal((await ask('nonsense', '/v1/triage/me', second)).statusCode, 401)

  const { items } = (await ask(local, '/v1/triage/reports', second)).json()
  const url = `/v1/triage/reports/${items[0].id}`
  const refused = await ask(local, url, second)
  t.equal(refused.statusCode, 400, 'REQUIRE_REASON')
  t.match(refused.json(), { code: 'validation', errors: [{ pointer: 'header:audit-reason' }] })
  const headers = { authorization: `Bearer ${local}`, 'audit-reason': 'First look' }
  t.equal((await second.inject({ url, headers })).statusCode, 200)
  t.equal((await ask(await second.token('auditor'), url, second)).statusCode, 403, 'the role comes first')
})

t.test('keys come from the very issuer that was configured, or from where the operator says', async (t) => {
  const own = await startIssuer(t, people, [rsa])
  const token = await own.accessToken('ada')
  const reasons: string[] = []
  const whenAway = (reason: string) => reasons.push(reason)
  const elsewhere = own.issuer.replace('127.0.0.1', 'localhost')
  await t.rejects(verifier(elsewhere, { whenAway }).identify(token), new Fault('issuer-away'))
  t.strictSame(reasons, ['its discovery document names another issuer'])

  own.asked.length = 0
  t.match(await verifier(own.issuer, { jwksUrl: `${own.issuer}/jwks` }).identify(token), { id: 'ada' })
  t.strictSame(own.asked, ['/jwks'])
  const none = issuerKeys({ issuer: own.issuer, jwksUrl: `${own.issuer}/nowhere` })
  await t.rejects(
    async () => none({ alg: 'RS256' }, { payload: '', signature: '' }),
    new Fault('issuer-away'),
  )
})

t.test('role and agency are found where the issuer puts them', async (t) => {
  const found = (claims: JWTPayload, roleClaim = 'roles', agencyClaim = 'agency') =>
    standingOf(claims, { roleClaim, agencyClaim })
  const triager = { role: 'triager', agency: null }
  t.strictSame(found({ roles: 'triager' }), triager)
  t.strictSame(found({ roles: ['triager', 'triager', 'uma_authorization'] }), triager)
  t.strictSame(found({ realm_access: { roles: ['triager'] } }, 'realm_access.roles'), triager)
  t.strictSame(found({ 'https://example.org/roles': ['triager'] }, 'https://example.org/roles'), triager)
  const pat = { role: 'partner', agency: 'licensing' }
  t.strictSame(found({ roles: ['partner'], org: { slug: ['licensing'] } }, 'roles', 'org.slug'), pat)
  t.strictSame(found({ roles: ['triager'], agency: [] }), triager)
  t.strictSame(found({ roles: ['triager'], agency: null }), triager)

  const nothing: [JWTPayload, string?][] = [
    [{}],
    [{ roles: [] }],
    [{ roles: 'triager supervisor' }],
    [{ roles: ['triager', 'supervisor'] }],
    [{ roles: [['triager']] }],
    [{ roles: { triager: true } }],
    [{ roles: ['triager', 1] }],
    [{ roles: 'triager', agency: '' }],
    [{ roles: 'triager', agency: 7 }],
    [{ roles: 'partner' }],
    [{ roles: 'partner', agency: [] }],
    [{ realm_access: 'triager' }, 'realm_access.roles'],
    [{ roles: 'triager' }, 'constructor.name'],
    [{ roles: ['triager'] }, 'roles.0.toString'],
  ]
  for (const [claims, roleClaim] of nothing) {
    t.equal(found(claims, roleClaim), undefined, JSON.stringify(claims))
  }
})

t.test('settings of an issuer that cannot be trusted stop the start', async (t) => {
  const settings = { OIDC_ISSUER: 'https://login.example.org/realms/csp', OIDC_AUDIENCE: 'sotto' }
  t.strictSame(loadConfig(settings).oidc, {
    issuer: settings.OIDC_ISSUER,
    audience: 'sotto',
    jwksUrl: undefined,
    clientId: undefined,
    roleClaim: 'roles',
    agencyClaim: 'agency',
    roleMap: undefined,
    agencyMap: undefined,
  })
  t.equal(loadConfig({ OIDC_ROLE_CLAIM: 'groups' }).oidc, undefined)
  const wrong: [string, Record<string, string>][] = [
    ['OIDC_ISSUER', { OIDC_AUDIENCE: '' }],
    ['OIDC_ISSUER', { OIDC_ISSUER: 'http://login.example.org' }],
    ['OIDC_ISSUER', { OIDC_ISSUER: 'login.example.org' }],
    ['OIDC_ISSUER', { OIDC_ISSUER: 'https://user:secret@login.example.org' }],
    ['OIDC_ISSUER', { OIDC_ISSUER: 'https://login.example.org?realm=csp' }],
    ['OIDC_ISSUER', { OIDC_ISSUER: 'http://127.0.0.1.example.org' }],
    ['OIDC_AUDIENCE', { OIDC_ISSUER: '' }],
    ['OIDC_JWKS_URL', { OIDC_JWKS_URL: 'http://login.example.org/keys' }],
    ['REQUIRE_REASON', { REQUIRE_REASON: 'yes' }],
  ]
  for (const [name, more] of wrong) {
    t.throws(() => loadConfig({ ...settings, ...more }), { message: new RegExp(`^${name} [^\n]+$`) })
  }
})

// What was started for all of them ends with the last.
t.end()

function verifier(
  issuer: string,
  more: { cooldown?: number; jwksUrl?: string; whenAway?: (reason: string) => void } = {},
) {
  const started = new Date()
  return oidcTokens({
    issuer,
    audience,
    jwksUrl: undefined,
    clientId: undefined,
    roleClaim: 'roles',
    agencyClaim: 'agency',
    clock: () => started,
    persons: { personOf: async (_issuer, subject) => ({ id: subject, name: subject }) },
    ...more,
  })
}

/** Does `work` as if it were so many minutes later. */
async function later(t: Test, minutes: number, work: () => Promise<unknown>) {
  const { now } = Date
  t.after(() => {
    Date.now = now
  })
  Date.now = () => now() + minutes * 60_000
  await work()
  Date.now = now
}

function map(subject: string, name: string) {
  const words = ['staff', 'map', '--issuer', issuer.issuer, '--subject', subject, '--name', name]
  return run('sotto', words, { DATABASE_URL: service.databaseUrl, KEYRING_FILE: service.keyringFile })
}

async function trailOf(actor: string) {
  const text = 'SELECT action, role, target FROM audit_records WHERE actor = $1 ORDER BY seq'
  return asSuperuser(service.databaseUrl, async (client) => (await client.query(text, [actor])).rows)
}
