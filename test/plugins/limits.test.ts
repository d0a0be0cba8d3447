import fastify, { type FastifyServerOptions } from 'fastify'
import { createLog } from '../../src/log.ts'
import { clientKeys } from '../../src/plugins/clients.ts'
import { allowOrigins, parseOrigins } from '../../src/plugins/cors.ts'
import { answerUnroutedMethods } from '../../src/plugins/methods.ts'
import { answerWithProblems } from '../../src/plugins/problems.ts'
import { limitRequests } from '../../src/plugins/rateLimit.ts'
import { parseTrustProxy } from '../../src/plugins/trustProxy.ts'
import type { Scope } from '../../src/scope.ts'
import { type Test, t } from '../support/suite.ts'

interface Options {
  perMinute?: number
  origins?: string
  trustProxy?: string
}

async function build(test: Test, { perMinute = 0, origins, trustProxy }: Options) {
  const options: FastifyServerOptions =
    trustProxy === undefined ? {} : { trustProxy: parseTrustProxy(trustProxy) }
  const app: Scope = fastify({ logger: false, ...options })
  test.after(() => app.close())
  answerWithProblems(app, createLog('silent'))
  await allowOrigins(app, origins === undefined ? [] : parseOrigins(origins))
  await limitRequests(app, { perMinute })
  answerUnroutedMethods(app)
  for (const url of ['/v1/thing', '/health/live']) app.get(url, async () => ({}))
  app.post('/v1/thing', async () => ({}))
  await app.ready()
  return app
}

t.test('a client is limited by address, IPv6 by /64, and told when to come back', async (t) => {
  const app = await build(t, { perMinute: 3 })
  const from = async (remoteAddress: string, url = '/v1/thing') =>
    (await app.inject({ url, remoteAddress })).statusCode
  for (let i = 0; i < 3; i++) t.equal(await from('203.0.113.7'), 200)
  t.equal(await from('203.0.113.7'), 429)
  t.equal(await from('::ffff:203.0.113.7'), 429, 'the same client')
  t.equal(await from('203.0.113.7', '/nowhere'), 429, 'unknown addresses too')
  t.equal(await from('203.0.113.8'), 200)
  for (let i = 1; i <= 3; i++) t.equal(await from(`2001:db8:1:2::${i}`), 200)
  t.equal(await from('2001:db8:1:2:ffff::9'), 429)
  t.equal(await from('2001:db8:1:3::1'), 200)
  for (let i = 0; i < 9; i++) t.equal(await from('203.0.113.7', '/health/live'), 200)
  const options = await app.inject({ method: 'OPTIONS', url: '/v1/thing', remoteAddress: '203.0.113.7' })
  t.equal(options.statusCode, 204)

  const refused = await app.inject({ url: '/v1/thing', remoteAddress: '203.0.113.7' })
  t.equal(refused.json().code, 'rate-limited')
  t.match(refused.headers['content-type'], /problem\+json/)
  t.ok(Number(refused.headers['retry-after']) >= 1 && Number(refused.headers['retry-after']) <= 60)
  t.notMatch(refused.body, /203\.0/)
  const served = await app.inject({ url: '/v1/thing', remoteAddress: '203.0.113.99' })
  for (const { headers } of [refused, served]) {
    t.notOk(Object.keys(headers).some((name) => name.includes('ratelimit')))
  }
  t.notOk(served.headers['retry-after'])
})

t.test('a forged X-Forwarded-For escapes no limit; a trusted proxy is believed', async (t) => {
  const untrusting = await build(t, { perMinute: 2 })
  const behindProxy = await build(t, { perMinute: 2, trustProxy: '10.0.0.0/8, 2001:db8:ffff::/48' })
  const ask = async (app: Scope, remoteAddress: string, forwarded: string) =>
    (await app.inject({ url: '/v1/thing', remoteAddress, headers: { 'x-forwarded-for': forwarded } }))
      .statusCode
  const forge = (app: Scope, remoteAddress: string, own = '') =>
    [1, 2, 3, 4].reduce<Promise<number[]>>(
      async (before, i) => [...(await before), await ask(app, remoteAddress, `198.51.100.${i}${own}`)],
      Promise.resolve([]),
    )
  t.strictSame(await forge(untrusting, '203.0.113.7'), [200, 200, 429, 429])
  t.strictSame(await forge(behindProxy, '203.0.113.7'), [200, 200, 429, 429], 'past the proxy')
  t.strictSame(
    await forge(behindProxy, '10.0.0.1', ', 203.0.113.8'),
    [200, 200, 429, 429],
    'what the proxy added counts',
  )
  t.strictSame(await forge(behindProxy, '10.0.0.1'), [200, 200, 200, 200], 'different clients of the proxy')
  for (const odd of ['unknown', '::ffff:1.2.3.4.5', 'fe80::1%eth0', '[::1]:80', '', ' , ', '�']) {
    t.ok([200, 429].includes(await ask(behindProxy, '10.0.0.1', odd)), odd)
  }
})

t.test('nobody is known for longer than ten minutes, and 0 is off', async (t) => {
  let time = 0
  const keyOf = clientKeys(() => time)
  const key = keyOf('203.0.113.7')
  t.match(key, /^[A-Za-z0-9+/]{43}=$/)
  t.equal(keyOf('::ffff:203.0.113.7'), key)
  t.equal(keyOf('::ffff:cb00:7107'), key)
  t.not(keyOf('203.0.113.8'), key)
  t.not(clientKeys()('203.0.113.7'), key, 'another process hashes otherwise')
  t.equal(keyOf(undefined), keyOf(''), 'a Unix socket has no address')
  time = 600_000
  t.not(keyOf('203.0.113.7'), key)

  const app = await build(t, { perMinute: 0 })
  for (let i = 0; i < 300; i++) await app.inject('/v1/thing')
  t.equal((await app.inject('/v1/thing')).statusCode, 200)
})

t.test('TRUST_PROXY takes addresses and ranges, and nothing that trusts everybody', async (t) => {
  t.strictSame(parseTrustProxy('10.0.0.1, 192.168.0.0/16,::1,2001:db8::/32'), [
    '10.0.0.1',
    '192.168.0.0/16',
    '::1',
    '2001:db8::/32',
  ])
  const wrong = [
    'true',
    '1',
    '',
    ',',
    'loopback',
    'proxy.example',
    '*',
    '0.0.0.0/0',
    '::/0',
    '10.0.0.0/33',
    '::1/129',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '10.0.0/8',
    '10.0.0.0/-1',
    '10.0.0.0/0x8',
    '10.0.0.1:80',
    'fe80::1%eth0',
    '10.0.0.1;10.0.0.2',
  ]
  for (const one of wrong) t.throws(() => parseTrustProxy(one), RangeError, one)
})

t.test('CORS_ORIGINS takes origins as browsers send them', async (t) => {
  t.strictSame(parseOrigins('*'), ['*'])
  const apps = ['capacitor://localhost', 'ionic://localhost', 'tauri://localhost', 'app://-', 'null']
  t.strictSame(parseOrigins(apps.join(', ')), apps, 'apps, and an onion page in Tor Browser')
  t.strictSame(parseOrigins('https://report.example, http://localhost:5173'), [
    'https://report.example',
    'http://localhost:5173',
  ])
  const wrong = [
    '',
    ',',
    'true',
    'report.example',
    'https://report.example/',
    'https://report.example/x',
    'https://*.example',
    'https://Report.example',
    'https://report.example:443',
    'ftp://x.example/',
    'https://a@b.example',
    '*, https://report.example',
  ]
  for (const one of wrong) t.throws(() => parseOrigins(one), RangeError, one)
})

const page = 'https://report.example'
const preflight = {
  origin: page,
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'content-type',
}

t.test('a page of an allowed origin may call, and reads what it needs', async (t) => {
  const app = await build(t, { origins: `${page}, http://other.example`, perMinute: 4 })
  const asked = await app.inject({ method: 'OPTIONS', url: '/v1/thing', headers: preflight })
  t.equal(asked.statusCode, 204)
  t.equal(asked.body, '')
  t.match(asked.headers, {
    'access-control-allow-origin': page,
    'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
    'access-control-allow-headers':
      'Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key, Challenge-Solution, Audit-Reason, Last-Event-ID',
    'access-control-max-age': '7200',
    vary: 'Origin',
    allow: 'GET, HEAD, OPTIONS, POST',
  })
  const called = await app.inject({ method: 'POST', url: '/v1/thing', headers: { origin: page } })
  t.match(called.headers, {
    'access-control-allow-origin': page,
    'access-control-expose-headers': 'ETag, Location, Retry-After, Idempotency-Replayed',
    vary: 'Origin',
  })
  for (const url of ['/v1/thing', '/nowhere', '/v1/thing', '/v1/thing']) {
    const { headers } = await app.inject({ url, headers: { origin: page } })
    t.equal(headers['access-control-allow-origin'], page, 'problems can be read as well')
    t.notOk(headers['access-control-allow-credentials'])
  }
  const limited = await app.inject({ url: '/v1/thing', headers: { origin: page } })
  t.equal(limited.statusCode, 429)
  t.equal(limited.headers['access-control-allow-origin'], page)
})

t.test('other origins, and a client that is no browser, are answered without leave', async (t) => {
  const app = await build(t, { origins: page })
  for (const origin of [
    'https://report.example.evil.example',
    'http://report.example',
    'null',
    'https://report.example:444',
  ]) {
    for (const method of ['GET', 'OPTIONS'] as const) {
      const { headers } = await app.inject({ method, url: '/v1/thing', headers: { ...preflight, origin } })
      t.notOk(headers['access-control-allow-origin'], `${method} ${origin}`)
      t.equal(headers.vary, 'Origin')
    }
  }
  const bare = await app.inject({ method: 'OPTIONS', url: '/v1/thing' })
  t.equal(bare.statusCode, 204)
  t.equal(bare.headers.allow, 'GET, HEAD, OPTIONS, POST')
  t.notOk(bare.headers['access-control-allow-origin'])
  t.equal((await app.inject({ method: 'OPTIONS', url: '/nowhere' })).statusCode, 404)
  t.equal((await app.inject({ method: 'PUT', url: '/v1/thing' })).statusCode, 405)
  t.equal((await app.inject('/nowhere')).statusCode, 404)
})

t.test('with * every page may call; with nothing set no answer has a CORS header', async (t) => {
  const open = await build(t, { origins: '*' })
  const { headers } = await open.inject({ url: '/v1/thing', headers: { origin: page } })
  t.equal(headers['access-control-allow-origin'], '*')
  const closed = await build(t, {})
  for (const method of ['GET', 'OPTIONS'] as const) {
    const response = await closed.inject({ method, url: '/v1/thing', headers: preflight })
    t.ok(response.statusCode < 300)
    t.notOk(
      Object.keys(response.headers).some((name) => name.startsWith('access-control') || name === 'vary'),
    )
  }
})
