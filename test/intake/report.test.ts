import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { readKeyringFile } from '../../src/crypto/keyring.ts'
import type { Report } from '../../src/schemas/report.ts'
import { anyReport } from '../support/anyReport.ts'
import { sampleReport } from '../support/reports.ts'
import { rounds } from '../support/rounds.ts'
import { startTestService } from '../support/service.ts'
import { t } from '../support/suite.ts'

const fixtures: Report[] = JSON.parse(
  readFileSync(new URL('../../../fixtures/reports.json', import.meta.url), 'utf8'),
)
const service = await startTestService(t)
const authorization = `Bearer ${await service.token('supervisor')}`

const send = (body: unknown, url = '/v1/reports') =>
  service.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json' },
    payload: JSON.stringify(body),
  })

/** Every report that can be opened, as it was submitted. */
async function readBack(): Promise<{ report: Report; summary: Record<string, unknown> }[]> {
  const found = []
  for (let cursor = ''; ; ) {
    const url = `/v1/triage/reports?limit=200${cursor && `&cursor=${cursor}`}`
    const { items, nextCursor } = (await service.inject({ url, headers: { authorization } })).json()
    for (const { id, flags } of items) {
      if (flags.includes('restricted')) continue
      const opened = await service.inject({ url: `/v1/triage/reports/${id}`, headers: { authorization } })
      const { report, ...summary } = opened.json()
      found.push({ report, summary })
    }
    if (nextCursor === undefined) return found
    cursor = nextCursor
  }
}

/** One text a report, in an order of their own: property order counts too. */
const asTexts = (reports: readonly unknown[]) => reports.map((report) => JSON.stringify(report)).sort()

const accepted: unknown[] = []

t.test('the eight sample reports are taken, and proposed to whom they concern', async (t) => {
  t.equal(fixtures.length, 8)
  for (const report of fixtures) {
    const response = await send(report)
    t.equal(response.statusCode, 201)
    const body = response.json()
    t.strictSame(Object.keys(body).sort(), ['notice', 'receipt', 'receivedOn', 'signposts', 'warnings'])
    t.notOk(response.headers.location)
    t.notOk(response.headers.etag)
    accepted.push(report)
  }
  const opened = await readBack()
  for (const { report, summary } of opened) {
    t.match(summary, { category: report.category, status: 'received', version: 1, assignee: null })
    const isHigh = summary.priority === 'high'
    t.equal(summary.attentionBy, isHigh ? summary.receivedOn : null)
    t.equal(summary.deconfliction, isHigh ? 'pending' : 'not-needed')
    const proposals = summary.proposals as { field: string; value: unknown; reason: string }[]
    for (const field of ['priority', 'leadAgency', 'supportAgencies']) {
      const proposal = proposals.find((one) => one.field === field)
      t.strictSame(proposal?.value, summary[field], field)
      t.match(proposal?.reason, /\w/)
    }
  }
})

t.test('the check of a draft says what the report is told, and stores nothing', async (t) => {
  const draft = {
    ...fixtures[0],
    narrative: 'My brother works there and only I know, so call me on 07700 900123.',
  }
  const before = (await readBack()).length
  const checked = await send(draft, '/v1/reports/check')
  t.equal(checked.statusCode, 200)
  t.ok(checked.json().warnings.length > 0)
  t.notMatch(checked.body, /brother|07700 900123/)
  t.equal((await send({ ...draft, narrative: 'short' }, '/v1/reports/check')).statusCode, 400)
  t.equal((await readBack()).length, before)
  const sent = (await send(draft)).json()
  t.strictSame([sent.warnings, sent.signposts], [checked.json().warnings, checked.json().signposts])
  accepted.push(draft)
})

t.test('nobody but a person who is named opens a report of corruption', async (t) => {
  t.equal((await send(sampleReport({ subcategories: ['corruption'] }))).statusCode, 201)
  const list = await service.inject({ url: '/v1/triage/reports', headers: { authorization } })
  const stub = list.json().items.find((item: { flags: string[] }) => item.flags.includes('restricted'))
  t.strictSame(Object.keys(stub).sort(), ['category', 'flags', 'id', 'receivedOn', 'version'])
  const opened = await service.inject({ url: `/v1/triage/reports/${stub.id}`, headers: { authorization } })
  t.equal(opened.statusCode, 404)
})

t.test('what can be reported may be kept by caches, and is not sent twice', async (t) => {
  const { items } = (await service.inject({ url: '/v1/categories' })).json()
  t.equal(items.length, 15)
  for (const url of [
    '/v1/categories',
    ...items.map(({ slug }: { slug: string }) => `/v1/categories/${slug}`),
  ]) {
    const full = await service.inject({ url })
    const etag = String(full.headers.etag)
    t.match(etag, /^"[^"]+"$/)
    t.equal(etag, `"${full.json().version}"`)
    t.match(full.headers['cache-control'], /^public, max-age=\d+$/)
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await service.inject({ url, headers: { 'if-none-match': known } })
      t.strictSame([again.statusCode, again.body, again.headers.etag], [304, '', etag], known)
    }
    const stale = await service.inject({ url, headers: { 'if-none-match': '"other"' } })
    t.equal(stale.statusCode, 200)
  }
})

t.test('the keys that are shown are those that reports are sealed to, and no secrets', async (t) => {
  const shown = await service.inject({ url: '/v1/keys' })
  const { keys } = readKeyringFile(service.keyringFile)
  const [active, ...more] = shown.json().items
  const own = keys.find(({ purpose, status }) => purpose === 'organisation' && status === 'active')
  t.match(active, { kid: own?.kid, publicKey: own?.publicKey, kem: 32, kdf: 1, aead: 2, status: 'active' })
  t.strictSame(more, [])
  for (const { privateKey, secret } of keys) {
    for (const hidden of [privateKey, secret]) if (hidden) t.notOk(shown.body.includes(hidden))
  }
})

const seeded = { seed: 20261124, numRuns: rounds(50, 300) }

t.test('whatever the schema allows is taken, up to its limits', async () => {
  await fc.assert(
    fc.asyncProperty(anyReport(), async (report) => {
      const response = await send(report)
      if (response.statusCode !== 201) throw new Error(response.body)
      accepted.push(report)
    }),
    seeded,
  )
})

t.test(
  'no JSON at all makes a fault of the service, nor does a report with something wrong in it',
  async () => {
    const broken = fc.tuple(anyReport(), fc.infiniteStream(fc.nat()), fc.jsonValue()).map(breakSomething)
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.jsonValue(), broken), async (body) => {
        const { statusCode } = await send(body)
        if (statusCode === 201) accepted.push(body)
        return statusCode === 201 || statusCode === 400
      }),
      seeded,
    )
  },
)

/** Goes down into the report by chance, and replaces, removes, doubles or adds something there. */
function breakSomething([report, choices, value]: [Report, fc.Stream<number>, unknown]): unknown {
  const pick = (count: number) => choices.next().value % count
  const copy: unknown = structuredClone(report)
  let at = copy as Record<string, unknown>
  for (;;) {
    const keys = Object.keys(at)
    const key = keys[pick(keys.length + 1)]
    const within = key === undefined ? undefined : at[key]
    const goesOn = typeof within === 'object' && within !== null && pick(3) > 0
    if (goesOn) {
      at = within as Record<string, unknown>
    } else {
      change(
        at,
        key ?? ['__proto__', 'constructor', 'deviceId', '0', 'length'][pick(5)] ?? '',
        value,
        pick(4),
      )
      return copy
    }
  }
}

function change(at: Record<string, unknown>, key: string, value: unknown, how: number): void {
  if (Array.isArray(at) && how === 0) at.push(value, ...at)
  else if (how === 1 && key !== 'length') delete at[key]
  else
    Object.defineProperty(at, Array.isArray(at) ? String(at.length) : key, {
      value,
      enumerable: true,
      writable: true,
      configurable: true,
    })
}

t.test('and all of it reads back as it was sent', async (t) => {
  const isOpen = (report: unknown) => !(report as Report).subcategories?.includes('corruption')
  const sent = asTexts(accepted.filter(isOpen))
  const read = asTexts((await readBack()).map(({ report }) => report))
  t.ok(sent.length > 20, `${sent.length} reports`)
  t.ok(JSON.stringify(sent) === JSON.stringify(read))
  t.strictSame(service.logLines, [])
  await service.close()
})
