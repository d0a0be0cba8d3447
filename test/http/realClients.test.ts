import { readdirSync, readFileSync } from 'node:fs'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import type { ProblemBody } from '../../src/schemas/problem.ts'
import { newReporter, postJson } from '../mailbox/reporter.ts'
import { sendingTo } from '../support/rawBytes.ts'
import { sampleReport } from '../support/reports.ts'
import { startTestService } from '../support/service.ts'
import { sendRaw } from '../support/socket.ts'
import { callerWith } from '../support/staffApi.ts'
import { t } from '../support/suite.ts'

/** What real clients, telephones and officers send (fixtures/cases, from public bug reports of comparable systems). */
const cases = new URL('../../../fixtures/cases/', import.meta.url)
const readCase = (name: string) => readFileSync(new URL(name, cases))

const service = await startTestService(t, {
  environment: {
    CORS_ORIGINS: 'capacitor://localhost, null',
    SECURITY_CONTACT: 'mailto:security@sotto.example',
  },
})
const { base, port } = service
const reporter = await newReporter(base)
const token = await service.token('supervisor')
const supervisor = callerWith(service, token)
const { body: list } = await supervisor.call<{ items: { id: string; version: number }[] }>(
  'GET',
  '/v1/triage/reports',
)
const id = list.items[0]?.id ?? ''

const send = sendingTo(port)

const staff = { authorization: `Bearer ${token}` }
const jsonType = { 'content-type': 'application/json' }

t.test('an Accept that rules everything out is still refused, whatever its parameters', async (t) => {
  for (const accept of [
    'text/html; charset=utf-8',
    'application/json;q=0',
    'application/json; v="a,b"; q=0',
    '',
  ]) {
    const { status, problem } = await send('GET', '/v1/categories', { accept })
    t.equal(status, accept === '' ? 200 : 406, accept)
    if (status === 406) t.match(problem, { detail: /application\/json/ }, 'it says what would be given')
  }
  const csv = await send('GET', '/v1/triage/export', {
    ...staff,
    accept: 'text/csv; header=present, */*;q=0.1',
  })
  t.match(csv.headers['content-type'], /^text\/csv/)
  const quoted = 'application/json; profile="https://a.example/;q=0,text/csv"'
  t.equal((await send('GET', '/v1/categories', { accept: quoted })).status, 200)
})

t.test('a receipt opens its mailbox however it was written down and pasted', async (t) => {
  const { receipt } = reporter
  const groups = receipt.split('-')
  const written = [
    `${receipt}.`,
    `Receipt ${receipt}`,
    `my code is ${receipt}`,
    `Eich cod - ${receipt}`,
    `receipt=${receipt}`,
    `"${receipt}"`,
    `“${receipt}”,`,
    `Receipt: ${receipt}`,
    `Derbynneb: ${receipt.toLowerCase()}`,
    ...[
      '\u2011',
      '\u2013',
      '\u2014',
      '\u2212',
      '.',
      '\u00a0',
      '\u202f',
      ' – ',
      '_',
      '/',
      ':',
      '|',
      '\u30fc',
    ].map((dash) => groups.join(dash)),
    Array.from(receipt, (symbol) =>
      symbol === '-' ? symbol : String.fromCodePoint(symbol.charCodeAt(0) + 0xfee0),
    ).join(''),
    `\u200b${groups.join('\u200b-')}`,
    encodeURIComponent(groups.join('\u2011')),
  ]
  for (const one of written) {
    t.equal((await send('GET', '/v1/mailbox', { authorization: `Bearer ${one}` })).status, 200, one)
  }
  const slip = `${receipt.slice(0, -1)}${receipt.endsWith('A') ? 'B' : 'A'}`
  const wrong = await send('GET', '/v1/mailbox', { authorization: `Bearer ${slip}` })
  t.match(wrong.problem, { code: 'validation', errors: [{ pointer: 'header:authorization' }] })
})

t.test('each image becomes what its bytes are, whatever its label, or is told why not', async (t) => {
  const { refused } = JSON.parse(readCase('images/expect.json').toString()) as {
    refused: Record<string, number>
  }
  // Cut before its end mark: refused or taken, both can be right.
  const either = ['noeoi.jpg']
  const taken = readdirSync(new URL('images/', cases)).filter(
    (name) => /\.(jpg|png|webp)$/.test(name) && refused[name] === undefined && !either.includes(name),
  )
  t.equal(taken.length, 24)
  const [first, second, third] = await Promise.all([newReporter(base), newReporter(base), newReporter(base)])
  for (const [at, name] of taken.entries()) {
    const sender = [first, second, third][at % 3] ?? first
    const answer = await sender.attach(readCase(`images/${name}`), 'application/octet-stream')
    t.equal(answer.status, 201, name)
    await answer.arrayBuffer()
  }
  const sender = await newReporter(base)
  for (const [name, status] of Object.entries(refused)) {
    const answer = await sender.attach(readCase(`images/${name}`), 'image/jpeg')
    t.equal(answer.status, status, name)
    t.match(await answer.json(), { code: 'image-unreadable', errors: [{ pointer: '', code: 'damaged' }] })
  }
  const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')
  const telephone = await sender.attach(heic, 'image/heic')
  t.match(await telephone.json(), { errors: [{ code: 'no-such-format', message: /JPEG, a PNG or a WebP/ }] })
  const form = await sender.call('/attachments', {
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
    body: '--x--',
  })
  t.equal(form.headers.get('accept'), 'image/jpeg, image/png, image/webp')
  t.match(await form.json(), {
    code: 'unsupported-media-type',
    detail: /the image itself, of type image\/jpeg, image\/png or image\/webp/,
  })
})

t.test('an error says what the contract knows in that place, once, and nothing that was sent', async (t) => {
  const report = (more: object) => postJson(`${base}/v1/reports`, { ...sampleReport(), ...more })
  const errorsOf = async (answer: Response) => {
    t.equal(answer.status, 400)
    return ((await answer.json()) as ProblemBody).errors ?? []
  }
  const unknown = await errorsOf(await report({ sub_categories: ['storage'] }))
  t.equal(unknown.length, 1)
  t.match(unknown, [{ pointer: '', code: 'unknown-property' }])
  t.ok(unknown[0]?.allowed?.includes('subcategories'))

  const kind = await errorsOf(await report({ entities: [{ kind: 'car', registration: 'AB12 CDE' }] }))
  t.equal(kind.length, 1)
  t.match(kind, [{ pointer: '/entities/0', code: 'unknown-kind' }])
  t.ok(kind[0]?.allowed?.includes('vehicle'))

  t.strictSame(await errorsOf(await report({ links: ['www.example.com/x'] })), [
    {
      pointer: '/links/0',
      code: 'pattern',
      message: 'must be an address that begins with http:// or https://, without spaces',
    },
  ])
  const age = (ageEstimate: unknown) => report({ entities: [{ kind: 'person', ageEstimate }] })
  t.match(await errorsOf(await age(-1)), [{ pointer: '/entities/0/ageEstimate', code: 'too-small' }])
  t.match(await errorsOf(await age(true)), [
    { code: 'no-variant', message: 'must be a whole number or a text' },
  ])
  const blank = await errorsOf(await report({ narrative: ' \u200b\u00ad\u3164'.repeat(20) }))
  t.match(blank, [{ pointer: '/narrative', code: 'too-short', message: /visible/ }])

  const query = await send('GET', '/v1/triage/reports?stauts=received', staff)
  t.match(query.problem, { errors: [{ pointer: 'query:', code: 'unknown-property' }] })
  t.ok(query.problem.errors?.[0]?.allowed?.includes('status'))
  t.notMatch(query.text, 'stauts')
  const filter = await send('GET', '/v1/triage/reports?status=new', staff)
  t.match(filter.problem, { errors: [{ pointer: 'query:status', code: 'not-listed' }] })
  const path = await send('GET', '/v1/triage/reports/12', staff)
  t.match(path.problem, { errors: [{ pointer: 'path:id', message: 'must be a UUID' }] })
})

t.test('If-Match takes a list, and tells a slip of form from a version that is past', async (t) => {
  const { body: before } = await supervisor.call<{ version: number }>('GET', `/v1/triage/reports/${id}`)
  const patch = (ifMatch?: string) =>
    send(
      'PATCH',
      `/v1/triage/reports/${id}`,
      { ...staff, ...jsonType, ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }) },
      '{"priority":"low"}',
    )
  const { version } = before
  for (const missing of [undefined, '*', '']) t.equal((await patch(missing)).status, 428)
  for (const malformed of [String(version), `'${version}'`, `"${version}`, 'W/1', `"a" "${version}"`]) {
    const answer = await patch(malformed)
    t.match(answer.problem, { code: 'bad-request', errors: [{ pointer: 'header:if-match' }] }, malformed)
  }
  for (const stale of [`W/"${version}"`, '"99"', `"98", W/"${version}"`])
    t.equal((await patch(stale)).status, 412)
  const weakened = await patch(`W/"${version}"`)
  t.match(weakened.problem, { detail: /without W/ }, 'a proxy that compresses makes it weak')
  t.equal((await patch(`"99", "${version}"`)).status, 200, 'one of a list is enough')
})

t.test('apps, and pages of an onion service where they are listed, may call', async (t) => {
  for (const origin of ['capacitor://localhost', 'null']) {
    const { headers } = await send('GET', '/v1/categories', { origin })
    t.equal(headers['access-control-allow-origin'], origin)
  }
  const other = await send('GET', '/v1/categories', { origin: 'ionic://localhost' })
  t.equal(other.headers['access-control-allow-origin'], undefined)
})

t.test('the taxonomy comes compressed to whoever takes that, and nothing else ever does', async (t) => {
  const get = (url: string, headers: Record<string, string>) => service.app.inject({ url, headers })
  const plain = await get('/v1/categories', {})
  t.equal(plain.headers['content-encoding'], undefined)
  t.match(plain.headers.vary, /accept-encoding/i)
  const decoders = { br: brotliDecompressSync, gzip: gunzipSync }
  const asked: [string, 'br' | 'gzip' | undefined][] = [
    ['gzip, deflate, br', 'br'],
    ['GZIP', 'gzip'],
    ['br;q=0, *', 'gzip'],
    ['*;q=0', undefined],
    ['identity', undefined],
    ['gzip;q=0', undefined],
  ]
  const etags = new Set([plain.headers.etag])
  for (const [taken, coding] of asked) {
    const answer = await get('/v1/categories', { 'accept-encoding': taken })
    t.equal(answer.headers['content-encoding'], coding, taken)
    if (coding === undefined) continue
    t.strictSame(JSON.parse(decoders[coding](answer.rawPayload).toString()), plain.json())
    t.match(answer.headers['content-type'], /^application\/json/)
    etags.add(answer.headers.etag)
    const again = { 'accept-encoding': taken, 'if-none-match': String(answer.headers.etag) }
    t.equal((await get('/v1/categories', again)).statusCode, 304)
  }
  t.equal(etags.size, 3, 'each coding is told apart')
  const secret = { 'accept-encoding': 'gzip, br', authorization: `Bearer ${reporter.receipt}` }
  for (const [url, headers] of [
    ['/v1/mailbox', secret],
    ['/v1/triage/reports', { ...secret, ...staff }],
    ['/v1/keys', secret],
  ] as const)
    t.equal((await get(url, headers)).headers['content-encoding'], undefined, url)
})

t.test('who would rather read Welsh gets the public texts in it', async (t) => {
  const welsh = { 'accept-language': 'cy-GB,cy;q=0.9,en;q=0.8' }
  const read = async (path: string, headers: Record<string, string> = welsh) => {
    const answer = await send('GET', path, headers)
    return { ...answer, body: JSON.parse(answer.text) }
  }
  const english = await read('/v1/categories', {})
  const list = await read('/v1/categories')
  t.match(english.headers, { 'content-language': 'en', vary: /accept-language/ })
  t.match(list.headers, { 'content-language': 'cy', vary: /accept-language/ })
  t.match(list.body.items[0], { slug: 'drug-trafficking', name: 'Masnachu cyffuriau' })
  t.not(list.headers.etag, english.headers.etag, 'each language is told apart')
  const again = { ...welsh, 'if-none-match': String(list.headers.etag) }
  t.equal((await send('GET', '/v1/categories', again)).status, 304)
  t.equal((await send('GET', '/v1/categories', { 'if-none-match': String(list.headers.etag) })).status, 200)
  const one = await read('/v1/categories/county-lines')
  t.match(one.body, { name: 'Llinellau sirol' })

  const body = JSON.stringify(sampleReport())
  const key = { 'idempotency-key': 'welsh-report-0123456789' }
  const checked = await send('POST', '/v1/reports/check', { ...welsh, ...jsonType }, body)
  t.match(JSON.parse(checked.text).signposts[0], { label: /heddlu/ })
  const sent = await send('POST', '/v1/reports', { ...welsh, ...jsonType, ...key }, body)
  t.match(sent.headers, { 'content-language': 'cy' })
  t.match(JSON.parse(sent.text), { notice: /rhif trosedd/, signposts: [{ label: /heddlu/ }] })
  const replayed = await send('POST', '/v1/reports', { ...jsonType, ...key }, body)
  t.equal(replayed.text, sent.text)
  t.match(replayed.headers, { 'content-language': 'cy', 'idempotency-replayed': 'true' })
})

t.test('whom to tell of a flaw stands in security.txt, where the operator says it', async (t) => {
  const { statusCode, headers, body } = await service.app.inject('/.well-known/security.txt')
  t.equal(statusCode, 200)
  t.match(headers['content-type'], 'text/plain; charset=utf-8')
  t.match(body, /^Contact: mailto:security@sotto\.example\nExpires: (.*)T00:00:00\.000Z\n/)
  const days = (Date.parse(/Expires: (.*)/.exec(body)?.[1] ?? '') - Date.now()) / 86_400_000
  t.ok(days > 170 && days < 365)
})

t.test('OPTIONS of the whole service is answered', async (t) => {
  const answer = await sendRaw(port, 'OPTIONS * HTTP/1.1\r\nhost: a.example\r\nconnection: close\r\n\r\n')
  t.equal(answer.status, 204)
  t.match(answer.headers.allow, 'PATCH')
})

t.test('a report over a poor network arrives, and a trickle is ended', async (t) => {
  const body = JSON.stringify(
    sampleReport({ narrative: 'A fictional report over a slow line. '.repeat(250) }),
  )
  const head = `POST /v1/reports HTTP/1.1\r\nhost: a.example\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`
  const pieces = Array.from({ length: Math.ceil(body.length / 1024) }, (_, i) =>
    body.slice(i * 1024, (i + 1) * 1024),
  )
  t.ok(pieces.length > 8, 'it takes longer than the grace')
  const [slow, trickle] = await Promise.all([
    sendRaw(port, [head, ...pieces], { gap: 1_000, patience: 60_000 }),
    sendRaw(port, [head, ...Array.from({ length: 60 }, () => 'x')], { gap: 1_000, patience: 90_000 }),
  ])
  t.equal(slow.status, 201)
  t.equal(trickle.status, 408)
})

t.end()
