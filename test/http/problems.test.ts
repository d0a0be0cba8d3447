import { request as httpRequest } from 'node:http'
import { Readable } from 'node:stream'
import { problemCodes, problemTypes } from '../../src/schemas/problem.ts'
import { sampleReport } from '../support/reports.ts'
import { startTestService } from '../support/service.ts'
import { type RawAnswer, rawRequest, type Sending, sendRaw } from '../support/socket.ts'
import { t } from '../support/suite.ts'

const service = await startTestService(t)
const { port } = service
const canary = 'Qanarie77'
const json = 'content-type: application/json'
const report = JSON.stringify(sampleReport())
const withFields = (fields: string) => `${report.slice(0, -1)},${fields}}`

/** Sends bytes over a socket; the answer must keep the contract and quote nothing of what was sent. */
async function send(pieces: Parameters<typeof sendRaw>[1], sending?: Sending): Promise<RawAnswer> {
  const answer = await sendRaw(port, pieces, sending)
  if (answer.text.includes(canary)) throw new Error('the answer quotes the request')
  const head = Buffer.from([pieces].flat()[0] ?? '').toString()
  const [, method = '', url = ''] = /^([A-Z]+) (\S+) HTTP/.exec(head) ?? []
  if (answer.status > 0) service.checkAnswer({ method, url, ...answer })
  return answer
}

const codeOf = ({ status, body }: RawAnswer) => (status >= 400 ? JSON.parse(body).code : status)
const post = (body: string | Uint8Array, headers = [json]) => rawRequest('POST /v1/reports', headers, body)
const get = (path: string, headers: string[] = []) => rawRequest(`GET ${path}`, headers)

t.test('a body that is no JSON, or not in UTF-8, is told so', async (t) => {
  const bodies: Record<string, string | Uint8Array> = {
    broken: `{"${canary}":`,
    'cut short': report.slice(0, -1),
    'with a comma too many': `${report.slice(0, -1)},}`,
    'in single quotes': "{'a':1}",
    'two values': report + report,
    'with a comment': `${report}//${canary}`,
    blank: ' ',
    NaN: '{"a":NaN}',
    'with a byte order mark': `\ufeff${report}`,
    'in UTF-16': Buffer.from(report, 'utf16le'),
    'with an invalid byte': Buffer.from(report.replace('A ', '\xe9 '), 'latin1'),
    'with an overlong form': Buffer.concat([
      Buffer.from('{"a":"'),
      Buffer.from([0xc0, 0xaf]),
      Buffer.from('"}'),
    ]),
    'with a surrogate in UTF-8': Buffer.concat([
      Buffer.from('{"a":"'),
      Buffer.from([0xed, 0xa0, 0x80]),
      Buffer.from('"}'),
    ]),
    'with a raw control character': `{"a":"${'\u0001'}"}`,
    'deeper than any parser goes': '['.repeat(200_000),
  }
  for (const [name, body] of Object.entries(bodies))
    t.equal(codeOf(await send(post(body))), 'malformed-json', name)
  t.equal(
    codeOf(await send(rawRequest('POST /v1/reports', [json, 'content-length: 0']))),
    'malformed-json',
    'empty',
  )
})

t.test('what breaks a rule is told by place and rule', async (t) => {
  const nested = (depth: number) => '{"a":'.repeat(depth) + 1 + '}'.repeat(depth)
  const bodies: [string, string, string][] = [
    ['not an object', '[]', ''],
    ['null', 'null', ''],
    ['too deep', nested(100), ''],
    ['very deep', nested(20_000), ''],
    ['too many values', `[${'1,'.repeat(30_000)}1]`, ''],
    ['an unknown property', withFields(`"${canary}":1`), ''],
    ['an unknown property within', withFields(`"when":{"${canary}":1}`), '/when'],
    [
      'an unknown property of an entity',
      withFields(`"entities":[{"kind":"phone","${canary}":1}]`),
      '/entities/0',
    ],
    ['__proto__', withFields('"__proto__":{"a":1}'), ''],
    ['__proto__ within', withFields('"when":{"__proto__":{"mode":"now"}}'), '/when'],
    ['__proto__ of an entity', withFields('"entities":[{"kind":"phone","__proto__":null}]'), '/entities/0'],
    ['constructor', withFields('"constructor":{"prototype":{"a":1}}'), ''],
    ['constructor within', withFields('"places":[{"constructor":1}]'), '/places/0'],
    ['toString', withFields('"toString":1'), ''],
    ['a kind named __proto__', withFields('"entities":[{"kind":"__proto__"}]'), '/entities/0'],
    ['a kind named constructor', withFields('"entities":[{"kind":"constructor"}]'), '/entities/0'],
    ['a category named constructor', '{"category":"constructor","narrative":"x"}', '/category'],
    ['U+0000', withFields('"places":[{"address":"a\\u0000b"}]'), '/places/0/address'],
    [
      'U+0000 in the narrative',
      `{"category":"other-serious-crime","narrative":"${'a'.repeat(30)}\\u0000"}`,
      '/narrative',
    ],
    ['a lone high surrogate', withFields('"places":[{"address":"\\ud83d"}]'), '/places/0/address'],
    ['a lone low surrogate', withFields('"places":[{"address":"\\ude00a"}]'), '/places/0/address'],
    [
      'surrogates in the wrong order',
      withFields('"places":[{"address":"\\ude00\\ud83d"}]'),
      '/places/0/address',
    ],
    ['a surrogate in a link', withFields('"links":["https://a.example/\\ud800"]'), '/links/0'],
    ['a link that is none', withFields(`"links":["javascript:${canary}"]`), '/links/0'],
    ['a day that is not', withFields('"when":{"from":"2026-02-30"}'), '/when/from'],
    ['the year 0', withFields('"when":{"from":"0000-01-01"}'), '/when/from'],
    ['an offset that is not', withFields('"when":{"from":"2026-01-01T00:00:00+25:00"}'), '/when/from'],
    [
      'a fraction without end',
      withFields(`"when":{"from":"2026-01-01T00:00:00.${'1'.repeat(60)}Z"}`),
      '/when/from',
    ],
    ['a leap second', withFields('"when":{"from":"2026-12-31T23:59:60Z"}'), '/when/from'],
    ['an end before the beginning', withFields('"when":{"from":"2026-02-02","to":"2026-02-01"}'), '/when/to'],
    ['a latitude out of range', withFields('"places":[{"latitude":91,"longitude":0}]'), '/places/0/latitude'],
    ['an endless number', withFields('"places":[{"latitude":1e999,"longitude":0}]'), '/places/0/latitude'],
    ['half of the coordinates', withFields('"places":[{"latitude":1}]'), '/places/0'],
    ['a number as text', withFields('"places":[{"latitude":"1","longitude":"2"}]'), '/places/0/latitude'],
    ['a boolean as text', withFields('"knownToFew":"true"'), '/knownToFew'],
    ['a sub-type of another category', withFields('"subcategories":["deal-line"]'), '/subcategories/0'],
    ['a sub-type named constructor', withFields('"subcategories":["constructor"]'), '/subcategories/0'],
    ['a sub-type twice', withFields('"subcategories":["corruption","corruption"]'), '/subcategories'],
    [
      'too short by a code point',
      `{"category":"other-serious-crime","narrative":"${'😀'.repeat(19)}"}`,
      '/narrative',
    ],
    [
      'too long by a code point',
      `{"category":"other-serious-crime","narrative":"${'😀'.repeat(10_001)}"}`,
      '/narrative',
    ],
    ['no category', '{"narrative":"A fictional report that is long enough."}', '/category'],
  ]
  for (const [name, body, pointer] of bodies) {
    const answer = await send(post(body))
    t.equal(codeOf(answer), 'validation', name)
    const { errors = [] } = JSON.parse(answer.body)
    t.ok(
      errors.some((error: { pointer: string }) => error.pointer === pointer),
      `${name}: ${JSON.stringify(errors)}`,
    )
  }
})

t.test('a body that names a property twice is no JSON that two programs read alike', async (t) => {
  const twice = [
    withFields('"knownToFew":1,"knownToFew":true'),
    withFields('"knownToFew":true,"kn\\u006fwnToFew":true'),
    withFields('"places":[{"address":"1:2"},{"address":"a","address":"a"}]'),
    '{"__proto__":1,"__proto__":2}',
  ]
  for (const body of twice) t.equal(codeOf(await send(post(body))), 'malformed-json', body.slice(-60))
  const once = withFields('"places":[{"address":"1:2 \\"a\\":3"},{"address":"a\\\\"}]')
  t.equal((await send(post(once))).status, 201, 'colons and quotes in texts are no names')
})

t.test('only JSON in UTF-8 is taken as a body', async (t) => {
  const taken = [
    'content-type: application/json',
    'content-type: application/json; charset=utf-8',
    'content-type: Application/JSON;charset="UTF-8"',
    'content-type: application/json; odd=parameter',
  ]
  for (const type of taken) t.equal((await send(post(report, [type]))).status, 201, type)
  const refused = [
    'content-type: text/plain',
    'content-type: text/json',
    'content-type: application/jsonx',
    'content-type: application/problem+json',
    'content-type: application/merge-patch+json',
    'content-type: application/x-www-form-urlencoded',
    'content-type: multipart/form-data; boundary=x',
    `content-type: ${canary}`,
    'content-type: ;;;',
    'content-type: application/json, text/plain',
    'content-type: application/json; charset=iso-8859-1',
    'content-type: application/json; charset=utf-16',
    'content-type: application/json\r\ncontent-encoding: gzip',
    'x-none: 1',
  ]
  for (const type of refused)
    t.equal(codeOf(await send(post(report, [type]))), 'unsupported-media-type', type)
  t.equal((await send(post(report, [json, 'content-encoding: identity']))).status, 201)
  t.equal(codeOf(await send(post(report, [json, 'content-type: text/plain']))), 'bad-request', 'two types')
})

t.test('a body that is too large is refused, and the client can read so while it still sends', async (t) => {
  const mebibyte = Buffer.alloc(2 ** 20, `"${canary}`)
  const chunk = `10000\r\n${'a'.repeat(65_536)}\r\n`
  const head = ['POST /v1/reports HTTP/1.1', 'host: a', json, 'connection: close']
  const said = `${[...head, `content-length: ${2 ** 20}`].join('\r\n')}\r\n\r\n`
  const chunked = `${[...head, 'transfer-encoding: chunked'].join('\r\n')}\r\n\r\n`
  const pieces = Array.from({ length: 16 }, (_, i) => mebibyte.subarray(i * 65_536, (i + 1) * 65_536))
  t.equal(codeOf(await send([said, mebibyte])), 'payload-too-large', 'at once')
  t.equal(codeOf(await send([said, ...pieces], { gap: 5 })), 'payload-too-large', 'piece by piece')
  t.equal(
    codeOf(await send([chunked, ...Array(16).fill(chunk), '0\r\n\r\n'])),
    'payload-too-large',
    'chunked',
  )
  t.equal(codeOf(await send([chunked, ...Array(16).fill(chunk)], { gap: 5 })), 'payload-too-large', 'chunks')
  for (const framing of [{ 'content-length': 2 ** 20 }, { 'transfer-encoding': 'chunked' }]) {
    // Writes all of it before it reads, as plain clients do: a reset in between would lose the answer.
    for (let i = 0; i < 10; i++) t.equal(await writeThenRead(mebibyte, framing), 413, JSON.stringify(framing))
  }
  const atLimit = `${report}${' '.repeat(262_144 - report.length)}`
  t.equal((await send(post(atLimit))).status, 201, 'just at the limit')
  t.equal(codeOf(await send(post(`${atLimit} `))), 'payload-too-large', 'one byte more')
})

function writeThenRead(body: Buffer, headers: Record<string, string | number>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      port,
      path: '/v1/reports',
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
    })
    request.on('error', reject)
    request.on('response', (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode)).on('error', reject)
    })
    Readable.from([body]).pipe(request)
  })
}

t.test('requests that HTTP forbids or that could be read in two ways are refused', async (t) => {
  const lines = (...all: string[]) => `${all.join('\r\n')}\r\n\r\n`
  const start = ['POST /v1/reports HTTP/1.1', 'host: a', 'connection: close', json]
  const chunks = `${report.length.toString(16)}\r\n${report}\r\n0\r\n\r\n`
  const refused: Record<string, string> = {
    'no Host': lines('GET /v1/keys HTTP/1.1', 'connection: close'),
    'two Hosts': lines('GET /v1/keys HTTP/1.1', 'connection: close', 'host: a', `host: ${canary}`),
    'two Authorizations': lines(
      'GET /v1/triage/me HTTP/1.1',
      'connection: close',
      'host: a',
      'authorization: Bearer a',
      'authorization: Bearer b',
    ),
    'a method that is none': lines(`${canary.toUpperCase()} /v1/keys HTTP/1.1`, 'host: a'),
    CONNECT: lines(`CONNECT ${canary}:80 HTTP/1.1`, `host: ${canary}:80`),
    'an unknown Expect': rawRequest('POST /v1/reports', [json, `expect: ${canary}`], report).toString(),
    'length and chunks': lines(...start, 'content-length: 5', 'transfer-encoding: chunked') + chunks,
    'two codings': lines(...start, 'transfer-encoding: chunked', 'transfer-encoding: identity') + chunks,
    'a coding that is none': lines(...start, `transfer-encoding: ${canary}`) + chunks,
    'chunked, but not last': lines(...start, 'transfer-encoding: chunked, gzip') + chunks,
    'gzip before chunked': lines(...start, 'transfer-encoding: gzip, chunked') + chunks,
    'a space before the colon': lines(...start, 'transfer-encoding : chunked') + chunks,
    'a folded header': lines(...start, 'transfer-encoding:\r\n chunked') + chunks,
    'two lengths': lines(...start, 'content-length: 5', 'content-length: 6') + report,
    'a negative length': lines(...start, 'content-length: -1'),
    'a length with a sign': lines(...start, 'content-length: +5') + report,
    'a length that is no number': lines(...start, `content-length: ${canary}`),
    'chunks without a length': `${lines(...start, 'transfer-encoding: chunked')}${canary}\r\n`,
    'a chunk with a sign': `${lines(...start, 'transfer-encoding: chunked')}+5\r\nabcde\r\n0\r\n\r\n`,
    'lines that end in LF': `GET /v1/keys HTTP/1.1\nhost: a\n\n`,
    'a header without a name': lines('GET /v1/keys HTTP/1.1', 'host: a', `: ${canary}`),
    'a control character in a header': lines('GET /v1/keys HTTP/1.1', 'host: a', `x: ${canary}\u0001`),
    'another protocol': lines(`GET /v1/keys ${canary}/1.1`, 'host: a'),
    'HTTP/2': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    TLS: '\u0016\u0003\u0001\u0002\u0000\u0001\u0000',
    'a request target that is no ASCII': lines('GET /é HTTP/1.1', 'host: a'),
  }
  for (const [name, bytes] of Object.entries(refused)) {
    const answer = await send(bytes)
    t.equal(codeOf(answer), 'bad-request', name)
    t.equal(answer.headers.connection, 'close', `${name}: nothing more is read`)
    t.equal(answer.text.split('HTTP/1.1 ').length, 2, `${name}: one answer`)
  }
  t.equal((await send(lines('GET /health/live HTTP/1.0'))).status, 200, 'HTTP/1.0 needs no Host')
  t.equal((await send(lines(...start, 'transfer-encoding: chunked') + chunks)).status, 201, 'chunks')
  const continued = await send(
    [lines(...start, 'expect: 100-continue', `content-length: ${report.length}`), report],
    {
      gap: 30,
    },
  )
  t.strictSame([continued.interim, continued.status], [[100], 201], 'Expect: 100-continue')
  const upgrade = [
    'upgrade: websocket',
    'connection: upgrade',
    'sec-websocket-key: x',
    'sec-websocket-version: 13',
  ]
  t.equal((await send(get('/v1/keys', upgrade))).status, 200, 'an upgrade is not taken up')
  t.equal(codeOf(await send(get('/nowhere', upgrade))), 'not-found')
})

t.test('addresses and headers that are too long, or badly written, are refused', async (t) => {
  t.equal(codeOf(await send(get(`/${canary}${'a'.repeat(20_000)}`))), 'headers-too-large')
  t.equal(codeOf(await send(get('/v1/keys', [`x-${canary}: ${'a'.repeat(20_000)}`]))), 'headers-too-large')
  const many = Array.from({ length: 2_000 }, (_, i) => `x-${i}: ${canary}`)
  t.equal(codeOf(await send(get('/v1/keys', many))), 'headers-too-large')
  for (const path of ['/v1/%zz', '/%', '/%c0%af', '/v1/categories/%E0%A4', `/${canary}%`]) {
    const answer = await send(get(path))
    t.equal(codeOf(answer), 'bad-request', path)
    for (const name of ['content-security-policy', 'x-content-type-options', 'referrer-policy'])
      t.ok(answer.headers[name], `${path}: ${name}`)
  }
  const absent = [
    `/${canary}`,
    '/v1',
    '/v1/',
    '/v1/keys/',
    '/v1//keys',
    '//v1/keys',
    '/V1/keys',
    '/v1/Keys',
    '/v1/keys;a=b',
    '/v1/./keys',
    '/v1/x/../keys',
    '/v1/%2e%2e/keys',
    '/v1%2Fkeys',
    '/v1/categories/',
    `/v1/categories/${canary}`,
    `/v1/categories/${'a'.repeat(2_000)}`,
    '/v1/categories/%00',
    '/v1/categories/constructor',
    '/v1/categories/__proto__',
    '/v1/categories/drug-trafficking%0a',
    '/problems/constructor',
    `/problems/${canary}`,
    '/docs/../../package.json',
    '/docs/%2e%2e%2f%2e%2e%2fpackage.json',
    '/.git/config',
  ]
  for (const path of absent) t.equal(codeOf(await send(get(path))), 'not-found', path)
  for (const path of [
    `/v1/keys?${canary}=1`,
    '/v1/categories?limit=1',
    '/health/live?x=1',
    '/problems/validation?x',
    '/v1/keys?%zz=1',
    '/v1/keys?__proto__=1',
  ]) {
    t.equal(codeOf(await send(get(path))), 'validation', path)
  }
  t.equal(codeOf(await send(rawRequest('POST /v1/reports?source=1', [json], report))), 'validation')
})

/** Every address of the contract, with something in the place of each parameter, and what it takes. */
function addresses(): { path: string; methods: string[] }[] {
  return Object.entries(service.app.swagger().paths ?? {}).map(([path, item]) => ({
    path: path
      .replace('{slug}', 'county-lines')
      .replace('{code}', 'validation')
      .replace(/\{\w+\}/g, '0f8fad5b-d9cb-469f-a165-70867728950e'),
    methods: Object.keys(item as object).flatMap((verb) =>
      verb === 'get' ? ['GET', 'HEAD'] : verb.toUpperCase(),
    ),
  }))
}

/** A word in the place of an id is read by the address that has the id there. */
const isAlsoAnId = (path: string) => /\/(reports|submissions)\/[a-z-]+$/.test(path)

t.test('every address says which methods it takes, and refuses all others', async (t) => {
  const methods = [
    'GET',
    'HEAD',
    'POST',
    'PUT',
    'PATCH',
    'DELETE',
    'PROPFIND',
    'TRACE',
    'LINK',
    'QUERY',
    'M-SEARCH',
  ]
  t.ok(addresses().length >= 10)
  for (const { path, methods: takes } of addresses()) {
    const allow = ['OPTIONS', ...takes].sort().join(', ')
    const options = await send(rawRequest(`OPTIONS ${path}`))
    t.strictSame([options.status, options.headers.allow, options.body], [204, allow, ''], `OPTIONS ${path}`)
    for (const method of methods) {
      if (takes.includes(method) || isAlsoAnId(path)) continue
      const answer = await send(rawRequest(`${method} ${path}`, [json], `{"${canary}"`))
      t.equal(answer.status, 405, `${method} ${path}`)
      t.equal(answer.headers.allow, allow, `${method} ${path}`)
    }
  }
  for (const method of [...methods, 'OPTIONS']) {
    t.equal((await send(rawRequest(`${method} /${canary}`))).status, 404, method)
  }
})

t.test('HEAD answers as GET does, without the body', async (t) => {
  const authorization = `authorization: Bearer ${await service.token('supervisor')}`
  for (const { path, methods: takes } of addresses()) {
    if (!takes.includes('GET') || path === '/v1/challenges') continue
    // A stream of events would not end by itself.
    const accept = path.endsWith('/events') ? ['accept: application/json'] : []
    const full = await send(get(path, [authorization, ...accept]))
    const head = await send(rawRequest(`HEAD ${path}`, [authorization, ...accept]))
    t.equal(head.status, full.status, path)
    t.equal(head.body, '')
    const { date: _, 'transfer-encoding': _stream, ...ofGet } = full.headers
    const { date: __, ...ofHead } = head.headers
    t.strictSame(ofHead, ofGet, path)
  }
})

t.test('an Accept that rules out what an address gives is 406', async (t) => {
  const to = async (path: string, accept: string) => (await send(get(path, [`accept: ${accept}`]))).status
  const accepting = [
    '*/*',
    'application/*',
    'application/json',
    'text/html, */*;q=0.1',
    'application/json;q=0.1',
    '',
  ]
  const refusing = [
    'text/html',
    'application/xml',
    'application/json;q=0',
    '*/*;q=0',
    canary,
    'text/html, application/json;q=0',
  ]
  for (const accept of accepting) t.equal(await to('/v1/keys', accept), 200, accept)
  for (const accept of refusing) t.equal(await to('/v1/keys', accept), 406, accept)
  for (const accept of ['*/*', 'text/html', 'text/*', 'application/json;q=0.1, text/html']) {
    t.equal(await to('/problems/validation', accept), 200, accept)
  }
  t.equal(await to('/problems/validation', 'application/json'), 406)
  t.equal(await to('/docs/', 'text/html'), 200)
  t.equal(await to('/docs/static/index.css', 'text/css'), 200)
  t.equal(
    codeOf(await send(rawRequest('POST /v1/reports', [json, 'accept: text/html'], report))),
    'not-acceptable',
  )
})

t.test('who sends slowly is cut off', async (t) => {
  const head = ['POST /v1/reports HTTP/1.1', 'host: a', json]
  const said = `${[...head, `content-length: ${report.length}`].join('\r\n')}\r\n\r\n`
  const chunked = `${[...head, 'transfer-encoding: chunked'].join('\r\n')}\r\n\r\n`
  const lost = `POST /${canary} HTTP/1.1\r\nhost: a\r\ncontent-length: 1000\r\n\r\n`
  // Far longer than the service waits, and than a busy machine makes it wait.
  const trickle = { gap: 300, patience: 60_000 }
  const [slowHead, slowBody, slowChunks, silent, afterAnswer] = await Promise.all([
    send(
      ['GET /v1/keys HTTP/1.1\r\n', ...Array.from({ length: 40 }, (_, i) => `x-${i}: ${canary}\r\n`)],
      trickle,
    ),
    send([said, ...report], trickle),
    send([chunked, ...[...report].map((one) => `1\r\n${one}\r\n`)], trickle),
    send('', trickle),
    send([lost, ...Array<string>(40).fill('a')], trickle),
  ])
  for (const answer of [slowHead, slowBody, slowChunks, silent]) {
    t.equal(codeOf(answer), 'request-timeout')
  }
  t.equal(codeOf(afterAnswer), 'not-found')
  t.equal(afterAnswer.text.split('HTTP/1.1 ').length, 2, 'what was answered already gets no second answer')
})

t.test('every problem is explained to a person, and nothing else is', async (t) => {
  for (const code of problemCodes) {
    const page = await send(get(`/problems/${code}`))
    t.equal(page.status, 200, code)
    t.match(page.headers['content-type'], 'text/html')
    t.match(page.body, problemTypes[code].title)
  }
})

t.test('none of this was logged, and nobody who was cut off holds up the end', async (t) => {
  t.strictSame(service.logLines, [])
  await service.close()
})
