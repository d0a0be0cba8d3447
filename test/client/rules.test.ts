import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { isSottoError, newKey, readReceipt, verifyWebhook } from '../../client/src/index.ts'
import { delayAfter, mayRepeat } from '../../client/src/patience.ts'
import { newReceipt, parseReceipt } from '../../src/crypto/receipt.ts'
import { newWebhookSecret, signedHeaders } from '../../src/domain/webhooks/signature.ts'
import { t } from '../support/suite.ts'

const client = new URL('../../../client/', import.meta.url)

t.test(
  'the types of the client are made from the contract as it is (`npm run openapi` makes both)',
  async (t) => {
    const contract = readFileSync(new URL('../openapi.yaml', client))
    const [firstLine] = readFileSync(new URL('src/contract.ts', client), 'utf8').split('\n', 1)
    const hash = createHash('sha256').update(contract).digest('hex')
    t.equal(firstLine, `// Made from openapi.yaml, sha256 ${hash}`)
  },
)

t.test('a receipt is read as the service reads it, however it is written', async (t) => {
  const between = fc.constantFrom('', '-', ' ', '–', ' ', '−', '.', '”', 'x')
  const around = fc.constantFrom('', 'Receipt: ', '“', '\n', '12:', '7')
  const writings = fc.tuple(fc.array(between, { minLength: 28, maxLength: 28 }), around, around, fc.nat(27))
  fc.assert(
    fc.property(
      writings,
      fc.string({ maxLength: 1 }),
      fc.boolean(),
      ([gaps, before, after, at], slip, small) => {
        const symbols = [...newReceipt().replaceAll('-', '')]
        if (small) symbols[at] = slip
        const typed = before + symbols.map((symbol, i) => symbol + gaps[i]).join('') + after
        return byClient(typed) === byService(typed)
      },
    ),
  )
  for (const odd of [
    '',
    '-',
    'I'.repeat(28),
    'ſ'.repeat(28),
    'K'.repeat(28),
    '０'.repeat(28),
    'ı'.repeat(28),
  ]) {
    t.equal(byClient(odd), byService(odd))
  }
})

function byService(typed: string): string {
  const read = parseReceipt(typed)
  return 'fault' in read ? `receipt-${read.fault}` : read.canonical
}

function byClient(typed: string): string {
  try {
    return readReceipt(typed).replaceAll('-', '').slice(0, 26)
  } catch (error) {
    return isSottoError(error) ? error.code : String(error)
  }
}

t.test('a webhook is taken only if it is signed, whole and new', async (t) => {
  const [secret, next] = [newWebhookSecret(), newWebhookSecret()]
  const now = new Date('2026-11-25T10:31:07Z')
  const body = '{"type":"item-approved","timestamp":"2026-11-25T10:31:07.142Z","data":{"id":4712}}'
  const headers = signedHeaders([secret, next], 'one', now, body)
  const message = {
    id: 'one',
    type: 'item-approved',
    timestamp: '2026-11-25T10:31:07.142Z',
    data: { id: 4712 },
  }

  t.same(await verifyWebhook(secret, headers, body, { now }), message)
  t.same(await verifyWebhook(next, new Headers(headers), Buffer.from(body), { now }), message)
  t.same(await verifyWebhook([newWebhookSecret(), next], headers, body, { now }), message)

  const later = new Date(now.getTime() + 301_000)
  const refused = {
    'another secret': () => verifyWebhook(newWebhookSecret(), headers, body, { now }),
    'another body': () => verifyWebhook(secret, headers, `${body} `, { now }),
    'another id': () => verifyWebhook(secret, { ...headers, 'webhook-id': 'two' }, body, { now }),
    'too late': () => verifyWebhook(secret, headers, body, { now: later }),
    'from the future': () => verifyWebhook(secret, headers, body, { now: new Date(0) }),
    'no signature': () =>
      verifyWebhook(secret, { ...headers, 'webhook-signature': 'v1, v1,%' }, body, { now }),
    'no headers': () => verifyWebhook(secret, {}, body, { now }),
  }
  for (const [what, verifying] of Object.entries(refused)) {
    await t.rejects(verifying(), { code: 'webhook-refused' }, what)
  }
})

t.test('what the service asks to wait is waited for, and a little more', async (t) => {
  const busy = new Response(null, { status: 503, headers: { 'retry-after': '7' } })
  for (const random of [0, 0.5, 0.999]) {
    const wait = delayAfter(busy, 1, 500, () => random)
    t.ok(wait >= 7_000 && wait < 7_500, `${wait}`)
  }
  const onDate = new Date(Date.now() + 60_000).toUTCString()
  t.ok(delayAfter(new Response(null, { headers: { 'retry-after': onDate } }), 1, 500) > 50_000)
})

t.test('without a word of the service the waits double, to ten seconds, each by chance', async (t) => {
  const waits = [1, 2, 3, 9].map((attempt) => delayAfter('no-answer', attempt, 500, () => 1))
  t.same(waits, [500, 1_000, 2_000, 10_000])
  t.equal(
    delayAfter('no-answer', 1, 500, () => 0),
    250,
  )
})

t.test('only what cannot have been done, or does the same twice, is sent again', async (t) => {
  const answer = (status: number, type = 'text/html') =>
    new Response(null, { status, headers: { 'content-type': type } })
  t.ok(mayRepeat(answer(503, 'application/problem+json'), false), 'the service itself was overloaded')
  t.notOk(mayRepeat(answer(503), false), 'a proxy knows nothing of what was done')
  t.notOk(mayRepeat('no-answer', false))
  t.ok(mayRepeat('no-answer', true))
  for (const status of [400, 401, 403, 404, 409, 412, 413, 415, 422, 501]) {
    t.notOk(mayRepeat(answer(status), true), `${status}`)
  }
})

t.test('a new key is what the service takes, and never the same', async (t) => {
  const keys = Array.from({ length: 100 }, newKey)
  t.ok(keys.every((key) => /^[A-Za-z0-9_-]{32}$/.test(key)))
  t.equal(new Set(keys).size, 100)
})

t.test('nothing is stored or logged by the client', async (t) => {
  const names = readdirSync(new URL('src/', client)).filter((name) => name !== 'contract.ts')
  for (const name of names) {
    const source = readFileSync(new URL(`src/${name}`, client), 'utf8')
    t.notMatch(source, /console|localStorage|sessionStorage|indexedDB|caches|cookie =|sendBeacon|node:/, name)
  }
})

t.end()
