import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { newReporter, postJson } from '../mailbox/reporter.ts'
import { type SentAnswer, sendingTo } from '../support/rawBytes.ts'
import { sampleReport } from '../support/reports.ts'
import { startTestService } from '../support/service.ts'
import { callerWith, reportFor } from '../support/staffApi.ts'
import { type Test, t } from '../support/suite.ts'

/** Every case of fixtures/cases/cases.json, from public bug reports of comparable systems: one test each, none left out. */
const folder = new URL('../../../fixtures/cases/', import.meta.url)

interface Case {
  id: string
  expect: number | string
  method?: string
  path?: string
  headers?: Record<string, string>
  staff?: boolean
  admin?: boolean
  body?: unknown
  bodyFile?: string
  start?: { CORS_ORIGINS: string }
}
const all = JSON.parse(readFileSync(new URL('cases.json', folder), 'utf8')) as Case[]

const receiver = createServer((request, response) => {
  request.resume()
  response.writeHead(503, { 'retry-after': '120' }).end()
})
await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
const receiverPort = (receiver.address() as AddressInfo).port
const origins = all.flatMap(({ start }) => start?.CORS_ORIGINS ?? [])
const service = await startTestService(t, {
  environment: { CORS_ORIGINS: origins.join(','), WEBHOOK_ALLOW: `127.0.0.1:${receiverPort}` },
})
t.after(() => void receiver.close())
const { base } = service
const send = sendingTo(service.port)
const tokens = { staff: await service.token('supervisor'), admin: await service.token('admin') }
const supervisor = callerWith(service, tokens.staff)
const admin = callerWith(service, tokens.admin)
const reporter = await newReporter(base)
const found = {
  plate: await reportFor(service, supervisor, { narrative: 'He drives AB12 CDE to the lock-up, at night.' }),
  school: await reportFor(service, supervisor, { narrative: 'ہر رات اسکول کے قریب کوئی گاڑی کھڑی ہوتی ہے' }),
}
const id = found.plate

/** How the placeholders of the cases are written. */
function filled(text: string, version: number): string {
  const { receipt } = reporter
  return text
    .replace('{ID upper-case}', id.toUpperCase())
    .replace('{ID}', id)
    .replace('{V without quotes}', String(version))
    .replace('{V}', String(version))
    .replace('{R with U+00A0 for hyphens, UTF-8}', receipt.replaceAll('-', '\u00a0'))
    .replace('{R with U+2011}', receipt.replaceAll('-', '\u2011'))
    .replace('{R with dots for hyphens}', receipt.replaceAll('-', '.'))
    .replace('{R}', receipt)
    .replace(' (UTF-8 bytes, or percent-encoded)', '')
}

const versionNow = async () =>
  (await supervisor.call<{ version: number }>('GET', `/v1/triage/reports/${id}`)).body.version

async function ask(one: Case): Promise<SentAnswer> {
  const version = await versionNow()
  const { body: report } = await supervisor.call<{ status: string }>('GET', `/v1/triage/reports/${id}`)
  const token = one.staff ? tokens.staff : one.admin ? tokens.admin : undefined
  const headers = Object.fromEntries(
    Object.entries(one.headers ?? {}).map(([name, value]) => [name, filled(value, version)]),
  )
  const text = (typeof one.body === 'string' ? one.body : JSON.stringify(one.body ?? '')).replace(
    '{its present status}',
    report.status,
  )
  const body = one.bodyFile ? readFileSync(new URL(one.bodyFile, folder)) : one.body === undefined ? '' : text
  const authorised = token === undefined ? {} : { authorization: `Bearer ${token}` }
  return send(one.method ?? 'GET', filled(one.path ?? '/', version), { ...authorised, ...headers }, body)
}

const idsIn = ({ text }: SentAnswer) => (JSON.parse(text).items as { id: string }[]).map((item) => item.id)

/** What a case of more than a status asks for, by its id. */
const rights: Record<string, (t: Test, one: Case) => Promise<unknown>> = {
  'no content type': async (t, one) => t.equal((await ask(one)).status, 201),
  'multipart form': async (t, one) => {
    const answer = await ask(one)
    t.equal(answer.status, 415)
    t.match(answer.problem.detail, /body is the image itself, of type image\/jpeg, image\/png or image\/webp/)
    t.equal(answer.headers.accept, 'image/jpeg, image/png, image/webp')
  },
  'if-match unquoted': async (t, one) => {
    const { status, problem } = await ask(one)
    t.equal(status, 400)
    t.match(problem.errors, [{ pointer: 'header:if-match', message: /ETag.*in double quotes/ }])
  },
  'unknown property unnamed': async (t, one) => {
    const { status, problem } = await ask(one)
    t.equal(status, 400)
    t.ok(problem.errors?.[0]?.allowed?.includes('subcategories'))
  },
  'link without scheme': async (t, one) => {
    const { status, problem } = await ask(one)
    t.equal(status, 400)
    t.match(problem.errors, [{ message: /must be an address that begins with http:\/\/ or https:\/\// }])
  },
  'empty optional fields of a form': async (t, one) => {
    t.equal((await ask(one)).status, 400)
    t.match(readFileSync(new URL('../../docs/front-ends.md', folder), 'utf8'), /leave .*empty|empty .*out/i)
  },
  'search plate in narrative': async (t, one) => t.strictSame(idsIn(await ask(one)), [found.plate]),
  'search Urdu with Arabic letters': async (t, one) => t.strictSame(idsIn(await ask(one)), [found.school]),
  'csv in Excel': async (t, one) => {
    const { text, status } = await ask({ ...one, path: `${one.path}?bom=true` })
    t.equal(status, 200)
    t.ok(text.startsWith('\ufeff'))
  },
  'patch that changes nothing': async (t, one) => {
    const before = await versionNow()
    const answer = await ask(one)
    t.equal(answer.status, 200)
    t.equal(answer.headers.etag, `"${before}"`)
    t.equal(await versionNow(), before)
  },
  'options asterisk': async (t, one) => t.equal((await ask({ ...one, path: '*' })).status, 204),
  'webhook with space before': async (t, one) => t.equal((await ask(one)).status, 400),
  'webhook receiver 503 with Retry-After: 120': async (t) => {
    const url = `http://127.0.0.1:${receiverPort}/`
    const hook = await admin.call<{ id: string }>('POST', '/v1/triage/webhooks', {
      body: { url },
      expect: 201,
    })
    const path = `/v1/triage/webhooks/${hook.body.id}`
    const asked = Date.now()
    await admin.call('POST', `${path}/test`, { expect: 201 })
    type Delivery = { attempts: number; nextAttemptAt: string | null }
    const delivery = async () =>
      (await admin.call<{ items: Delivery[] }>('GET', `${path}/deliveries`)).body.items[0]
    for (let tries = 0; tries < 600 && (await delivery())?.attempts !== 1; tries++) await sleep(50)
    t.ok(Date.parse((await delivery())?.nextAttemptAt ?? '') >= asked + 120_000)
  },
}

t.test('every case is tried', async (t) => {
  t.equal(all.length, 42)
  const unknown = Object.keys(rights).filter((name) => !all.some((one) => one.id === name))
  t.strictSame(unknown, [])
})

for (const one of all) {
  t.test(one.id, async (t) => {
    const right = rights[one.id]
    if (right !== undefined) return void (await right(t, one))
    if (one.start !== undefined) {
      const origin = one.start.CORS_ORIGINS
      const { headers } = await send('GET', '/v1/categories', { origin })
      return void t.equal(headers['access-control-allow-origin'], origin)
    }
    const wanted = typeof one.expect === 'number' ? one.expect : Number(/^\d{3}/.exec(one.expect)?.[0])
    t.equal((await ask(one)).status, wanted)
  })
}

t.test('other members of the same kinds are answered alike', async (t) => {
  const report = JSON.stringify(sampleReport())
  const answered = async (sent: Promise<SentAnswer>, status: number, what: string) =>
    t.equal((await sent).status, status, what)
  for (const accept of [
    '*',
    'application/*',
    'application/json;q=.5',
    'APPLICATION/JSON;indent=4',
    'text/html, *; q=.2',
  ])
    await answered(send('GET', '/v1/categories', { accept }), 200, accept)
  for (const charset of ['Utf_8', 'UNICODE-1-1-UTF-8', '"utf8"', 'x-unicode20utf8', 'utf-8; charset=utf-8'])
    await answered(
      send('POST', '/v1/reports', { 'content-type': `application/json; charset=${charset}` }, report),
      201,
      charset,
    )
  for (const charset of ['us-ascii', 'utf-16', 'windows-1252', 'utf-7', 'utf-8; charset=utf-16'])
    await answered(
      send('POST', '/v1/reports', { 'content-type': `application/json; charset=${charset}` }, report),
      415,
      charset,
    )
  const photograph = readFileSync(new URL('images/prog.jpg', folder))
  const sender = await newReporter(base)
  const labels = [
    'binary/octet-stream',
    'image/heic',
    'image/*',
    '*/*',
    'application/x-binary',
    'content/unknown',
  ]
  for (const label of labels) {
    const answer = await sender.attach(photograph, label)
    t.equal(answer.status, 201, label)
    await answer.arrayBuffer()
  }
  for (const label of ['text/plain', 'application/json', 'application/x-www-form-urlencoded', 'video/mp4']) {
    const answer = await sender.attach(photograph, label)
    t.equal(answer.status, 415, label)
    await answer.arrayBuffer()
  }
  const empty = await postJson(`${base}/v1/reports`, '')
  t.match(await empty.json(), { errors: [{ message: 'must be an object' }] })
})

t.end()
