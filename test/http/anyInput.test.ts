import fc from 'fast-check'
import type { HTTPMethods } from 'fastify'
import { staffRoles } from '../../src/vocabulary/roles.ts'
import { anyValue, type Schema } from '../support/anyValue.ts'
import { operations } from '../support/openapiDocument.ts'
import { sampleReport } from '../support/reports.ts'
import { startTestService } from '../support/service.ts'
import { t } from '../support/suite.ts'

interface Operation {
  description?: string
  parameters?: { in: 'path' | 'query' | 'header'; name: string; schema: Schema }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  security?: Record<string, unknown>[]
  responses: Record<string, { content?: Record<string, unknown> }>
}
interface Call extends Operation {
  method: string
  path: string
}
interface Request {
  path: Record<string, string>
  query: Record<string, unknown>
  headers: Record<string, string>
  body: unknown
}

const service = await startTestService(t)
const tokens = new Map<string, string>()
for (const role of staffRoles) {
  tokens.set(role, await service.token(role, role === 'partner' ? { agency: 'licensing' } : {}))
}
const receipts: string[] = []
for (let i = 0; i < 8; i++) {
  const sent = await service.inject({ method: 'POST', url: '/v1/reports', payload: sampleReport() })
  receipts.push(sent.json().receipt)
}
const headers = { authorization: `Bearer ${tokens.get('supervisor')}` }
const { items } = (await service.inject({ url: '/v1/triage/reports', headers })).json()
const ids: string[] = items.map(({ id }: { id: string }) => id)

/** What ends things comes last. */
const calls = (operations as unknown as Call[]).toSorted(
  (one, other) => Number(one.method === 'delete') - Number(other.method === 'delete'),
)

/** Words that have been trouble to somebody, somewhere. */
const trouble = fc.oneof(
  fc.constantFrom(
    ...['', ' ', '0', '-1', '1e309', 'NaN', 'null', 'undefined', 'true', '[]', '{}', '*', '.', '..', '../..'],
    ...[
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      "'",
      "' OR 1=1 --",
      '";DROP TABLE reports;',
      '%00',
    ],
    ...[
      '%',
      '%zz',
      '%c0%af',
      '\u0000',
      '\ud800',
      '\ufeff',
      '\u202e',
      '\r\nx: y',
      '9'.repeat(400),
      '9223372036854775808',
    ],
    ...[
      'infinity',
      '-infinity',
      '0000-01-01',
      '10000-01-01',
      '2026-02-30',
      '24:00',
      'urn:uuid:',
      '{0}',
      '\\',
    ],
    ...[
      'a'.repeat(3_000),
      '😀'.repeat(700),
      '"1"',
      'W/"1"',
      '"99999999999999999999"',
      '"-0"',
      '""',
      'Bearer',
      '===',
    ],
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
)

const usually = (usual: fc.Arbitrary<unknown>, weight = 4) =>
  fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: trouble })

/** Headers whose schema says less than their call wants. */
const usualHeaders: Record<string, fc.Arbitrary<unknown>> = {
  'if-match': fc.constantFrom('"0"', '"1"', '"2"', '"3"'),
  'idempotency-key': fc.uuid({ version: 4 }),
}

/** Requests to one call: mostly as its schema allows, with trouble here and there. */
function requestsTo({
  parameters = [],
  requestBody,
  security = [],
  description = '',
}: Call): fc.Arbitrary<Request> {
  const isMailbox = security.some((one) => 'receipt' in one)
  const roles = /^Roles: ([a-z, ]+)\./.exec(description)?.[1]?.split(', ') ?? []
  const credentials = isMailbox
    ? receipts
    : [...tokens].filter(([role]) => roles.includes(role)).map(([, token]) => token)
  const anyCredential = fc.constantFrom(...credentials, ...tokens.values())
  const of = (where: string, make: (schema: Schema, name: string) => fc.Arbitrary<unknown>) =>
    Object.fromEntries(
      parameters
        .filter((one) => one.in === where)
        .map(({ name, schema }) => [name.toLowerCase(), make(schema, name)]),
    )
  const inPath = of('path', (schema) =>
    usually(schema.format === 'uuid' ? fc.constantFrom(...ids) : anyValue(schema), 9),
  )
  const inQuery = of('query', (schema) => usually(anyValue(schema)))
  const inHeaders = of('header', (schema, name) =>
    usually(usualHeaders[name.toLowerCase()] ?? anyValue(schema), 9),
  )
  return fc.record({
    path: fc.record(inPath as Record<string, fc.Arbitrary<string>>),
    query: fc
      .subarray(parameters.filter((one) => one.in === 'query').map(({ name }) => name))
      .chain((all) => fc.constant(all.slice(0, 2)))
      .chain((names) =>
        fc.record(
          Object.fromEntries(names.map((name) => [name, inQuery[name.toLowerCase()]])) as Record<
            string,
            fc.Arbitrary<unknown>
          >,
        ),
      ),
    headers: fc
      .tuple(
        fc.record(inHeaders, { requiredKeys: Object.keys(inHeaders).filter((name) => name === 'if-match') }),
        usually(
          fc.oneof(
            { weight: 5, arbitrary: fc.constantFrom(...credentials, credentials[0] ?? 'none') },
            { weight: 1, arbitrary: anyCredential },
          ),
          30,
        ),
      )
      .map(
        ([more, credential]) =>
          ({ ...more, authorization: `Bearer ${credential}` }) as Record<string, string>,
      ),
    body: bodiesOf(requestBody),
  })
}

function bodiesOf(requestBody: Operation['requestBody']): fc.Arbitrary<unknown> {
  const schema = requestBody?.content['application/json']?.schema
  if (schema === undefined) return fc.constant(undefined)
  const valid = anyValue(schema)
  return fc.oneof(
    { weight: 6, arbitrary: valid },
    {
      weight: 2,
      arbitrary: fc.tuple(valid, fc.nat(), trouble).map(([body, at, value]) => withTrouble(body, at, value)),
    },
    { weight: 1, arbitrary: fc.jsonValue() },
  )
}

function withTrouble(body: unknown, at: number, value: unknown): unknown {
  if (typeof body !== 'object' || body === null) return value
  const keys = [...Object.keys(body), '__proto__']
  const copy = structuredClone(body)
  Object.defineProperty(copy, keys[at % keys.length] ?? '', { value, enumerable: true })
  return copy
}

async function send(
  { method, path, requestBody }: Call,
  { path: inPath, query, headers, body }: Request,
): Promise<number> {
  const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encode(String(inPath[name.toLowerCase()])))
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((one) => `${name}=${encode(String(one))}`),
  )
  const type = Object.keys(requestBody?.content ?? {})[0]
  const isJson = requestBody?.content['application/json'] !== undefined
  const response = await service.inject({
    method: method.toUpperCase() as HTTPMethods,
    url: pairs.length > 0 ? `${url}?${pairs.join('&')}` : url,
    headers: {
      ...Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [
          name,
          value.replaceAll(/[^\t -~\u0080-\u00ff]/g, '?'),
        ]),
      ),
      ...(type === undefined ? {} : { 'content-type': isJson ? 'application/json' : type }),
    },
    ...(type === undefined
      ? {}
      : { payload: isJson ? (JSON.stringify(body) ?? '') : Buffer.from(`${body}`) }),
  })
  return response.statusCode
}

/** A lone surrogate has no form in a URL. */
function encode(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '?'))
}

/** Each call gets its share of this, and a few requests in any case. */
const milliseconds = 5_000

t.test(
  'no input to any call makes a fault of the service, or an answer that the contract does not know',
  async (t) => {
    t.ok(calls.length > 20)
    for (const call of calls) {
      const isStream = call.responses[200]?.content?.['text/event-stream'] !== undefined
      if (isStream) continue
      const met: Record<number, number> = {}
      const deadline = Date.now() + milliseconds / calls.length
      const requests = fc.sample(requestsTo(call), { seed: 20261124, numRuns: 60 })
      for (const [i, request] of requests.entries()) {
        if (i >= 5 && Date.now() > deadline) break
        const status = await send(call, request).catch((error: Error) => {
          t.fail(`${error.message}: ${JSON.stringify(request).slice(0, 2_000)}`)
          return 0
        })
        met[status] = (met[status] ?? 0) + 1
      }
      t.pass(`${call.method} ${call.path} ${JSON.stringify(met)}`)
    }
  },
)

t.test('the service ends', async (t) => {
  t.strictSame(service.logLines, [])
  await service.close()
})
