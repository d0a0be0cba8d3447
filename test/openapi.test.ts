import { readFile } from 'node:fs/promises'
import fastify from 'fastify'
import { setHeaders } from '../src/plugins/headers.ts'
import { describeApi } from '../src/plugins/openapi.ts'
import { compiler, strict } from '../src/schemas/compiler.ts'
import { components as namedSchemas } from '../src/schemas/component.ts'
import { type ProblemBody, problemTypes } from '../src/schemas/problem.ts'
import { ruleInWords } from '../src/schemas/rules.ts'
import type { Scope } from '../src/scope.ts'
import { describeService } from '../src/start/describe.ts'
import {
  type Answer,
  asWritten,
  components,
  document,
  eachSchema,
  examplesOf,
  operations,
  type Part,
  paths,
  propertyOf,
  referred,
  repeated,
  tags,
  yaml,
} from './support/openapiDocument.ts'
import { t } from './support/suite.ts'

const json = 'application/json'

t.test('the committed contract is the one that the code has', async (t) => {
  const committed = await readFile(new URL('../../openapi.yaml', import.meta.url), 'utf8')
  t.ok(committed === yaml, 'it is not: run `npm run openapi` and commit what it writes')
})

t.test('the contract is the same every time it is made', async (t) => {
  t.ok((await describeService()).yaml === yaml)
  t.notMatch(yaml, /[&*]a\d/, 'and has no anchors')
})

t.test('every named schema is one, and can be checked against', async (t) => {
  const ajv = compiler({ ...strict, validateSchema: true })
  t.ok(namedSchemas.length > 50)
  for (const { $id = '' } of namedSchemas as { $id?: string }[]) t.ok(ajv.getSchema($id), $id)
})

t.test('every call has a name of its own, and a summary', async (t) => {
  const names = operations.map(({ operationId }) => operationId)
  t.equal(new Set(names).size, operations.length)
  t.strictSame(
    operations.filter(({ operationId, summary }) => !operationId || !summary).map(({ call }) => call),
    [],
  )
})

/** What a call does is one of these words, whatever it does it to. */
const verbs: Record<string, readonly string[]> = {
  get: ['get', 'list', 'export'],
  put: ['replace', 'decide'],
  patch: ['update'],
  delete: ['delete'],
  post: [
    ...['create', 'submit', 'check', 'search', 'close', 'erase', 'decide', 'confirm', 'withdraw'],
    ...['recall', 'acknowledge', 'quarantine', 'unlock', 'rotate', 'replay', 'test'],
  ],
}

t.test('calls are named by one set of verbs', async (t) => {
  const others = operations.filter(({ method, operationId = '' }) => {
    const [verb = ''] = /^[a-z]+(?=[A-Z])/.exec(operationId) ?? []
    return !verbs[method]?.includes(verb)
  })
  t.strictSame(
    others.map(({ operationId }) => operationId),
    [],
  )
  t.equal(operations.find(({ call }) => call === 'post /v1/reports')?.operationId, 'submitReport')
})

t.test('every call stands under one resource, and every resource is explained', async (t) => {
  const known = tags.map(({ name }) => name)
  t.strictSame(
    operations.filter((operation) => operation.tags?.length !== 1).map(({ call }) => call),
    [],
    'add a line to src/plugins/contract/tags.ts',
  )
  t.strictSame(
    known,
    [...new Set(known)].filter((name) => operations.some((one) => one.tags?.[0] === name)),
  )
  t.ok(operations.every((operation) => operation.tags?.every((tag) => known.includes(tag))))
  t.ok(tags.every(({ description }) => description))
})

t.test('the contract stays short enough to read: under 325 KB', async (t) => {
  t.ok(Buffer.byteLength(yaml) < 325_000, `it has ${Buffer.byteLength(yaml)} bytes`)
})

t.test('errors, and what stands in several places, stand among the components once', async (t) => {
  const inline = asWritten.flatMap(({ call, operation }) =>
    Object.entries(operation.responses as Record<string, Part>)
      .filter(
        ([status, answer]) =>
          /^[45]/.test(status) && !String(answer.$ref).startsWith('#/components/responses/'),
      )
      .map(([status]) => `${call} ${status}`),
  )
  t.strictSame(inline, [])
  const parameters = asWritten.flatMap(({ operation }) => (operation.parameters ?? []) as Part[])
  const headers = asWritten.flatMap(({ operation }) =>
    Object.values(operation.responses as Record<string, Answer & { headers?: Record<string, Part> }>).flatMap(
      (answer) => Object.values(answer.headers ?? {}),
    ),
  )
  const examples = asWritten.flatMap(({ operation }) => {
    const bodies = [operation.requestBody, ...Object.values(operation.responses as object)] as Answer[]
    const media = bodies.flatMap((body) => Object.values(body?.content ?? {}))
    return media.flatMap(({ example }) => (example === undefined ? [] : [{ example }]))
  })
  for (const [what, parts] of Object.entries({ parameters, headers, examples })) {
    const written = parts.filter((part) => part.$ref === undefined).map((part) => JSON.stringify(part))
    t.strictSame(repeated(written), [], what)
  }
})

t.test('every set of values is a component, and no two components are the same set', async (t) => {
  const nested: string[] = []
  eachSchema(document, (schema, at) => {
    if (schema.enum !== undefined && !/^\/components\/schemas\/\w+$/.test(at)) nested.push(at)
  })
  t.strictSame(nested, [])
  const sets = Object.values(components.schemas ?? {}).flatMap((schema) => (schema.enum ? [schema.enum] : []))
  t.strictSame(repeated(sets.map((values) => JSON.stringify(values))), [])
  t.not(sets.length, 0)
})

t.test('every union that a property tells apart maps its values to the members', async (t) => {
  const mapped: string[] = []
  eachSchema(document, (schema, at) => {
    const union = (schema.oneOf ?? schema.anyOf ?? []) as Part[]
    const members = union.map(({ $ref }) => (typeof $ref === 'string' ? (referred($ref) as Part) : undefined))
    const isTold = (name: string) =>
      members.every((member) => typeof propertyOf(member, name)?.const === 'string')
    const told = Object.keys(members[0]?.properties ?? {}).find(isTold)
    if (told === undefined && schema.discriminator === undefined) return
    mapped.push(at)
    t.strictSame(
      schema.discriminator,
      {
        propertyName: told,
        mapping: Object.fromEntries(
          members.map((member, index) => [propertyOf(member, told ?? '')?.const, union[index]?.$ref]),
        ),
      },
      at,
    )
  })
  t.ok(mapped.includes('/components/schemas/Entity'))
})

t.test('every pattern that a request may break is told in words', async (t) => {
  // Of headers and addresses, which the service reads itself and says in its own words (src/plugins/contract/limits.ts).
  const told = [
    '^[a-z0-9-]+$',
    '^[A-Za-z0-9_-]+$',
    '^[A-Za-z0-9+/=_-]+$',
    '^[A-Za-z0-9._-]+$',
    '^[a-z,]+$',
    '^[^\\u0000-\\u001F\\u007F-\\u009F]*$',
  ]
  const wordless = new Set<string>()
  for (const { requestBody, parameters } of operations) {
    eachSchema([requestBody, parameters], ({ pattern }) => {
      if (typeof pattern === 'string' && ruleInWords(pattern) === undefined) wordless.add(pattern)
    })
  }
  t.strictSame([...wordless].sort(), told.sort())
})

t.test('every pattern compiles with and without the flag u, and takes the same texts', async (t) => {
  const patterns = new Set<string>()
  eachSchema(document, ({ pattern }) => {
    if (typeof pattern === 'string') patterns.add(pattern)
  })
  t.not(patterns.size, 0)
  for (const pattern of patterns) {
    const [plain, byCodePoint] = [new RegExp(pattern), new RegExp(pattern, 'u')]
    for (const text of ['abc', '', 'a\u0000b', 'Straße 7 ', '车 🚗🚙', 'https://example.org/🚗', 'kilo-1']) {
      t.equal(plain.test(text), byCodePoint.test(text), `${pattern}: ${text}`)
    }
  }
})

t.test('bodies that are no text are binary', async (t) => {
  const images = operations.flatMap(({ call, requestBody, responses }) =>
    [requestBody, ...Object.values(responses)].flatMap((body) =>
      Object.entries(body?.content ?? {})
        .filter(([type]) => type.startsWith('image/'))
        .map(([type, { schema }]) => ({ at: `${call} ${type}`, schema })),
    ),
  )
  t.not(images.length, 0)
  for (const { at, schema } of images) t.match(schema, { type: 'string', format: 'binary' }, at)
})

t.test('events come as a stream and as JSON, each with its schema', async (t) => {
  const events = operations.find(({ call }) => call === 'get /v1/triage/events')
  const content = events?.responses['200']?.content ?? {}
  t.match(content['text/event-stream']?.schema, { $ref: '#/components/schemas/EventStream' })
  t.match(content[json]?.schema, { $ref: '#/components/schemas/EventPage' })
  t.match(components.schemas?.EventStream, {
    type: 'string',
    contentMediaType: 'text/event-stream',
    contentSchema: { $ref: '#/components/schemas/Event' },
  })
})

t.test('If-Match must be there where its absence is 428, and only there', async (t) => {
  const conditional = operations.filter(({ responses }) => responses['428'])
  t.not(conditional.length, 0)
  for (const { call, parameters = [], responses } of operations) {
    const match = parameters.find(({ name }) => name === 'if-match')
    t.equal(match?.required ?? false, responses['428'] !== undefined, call)
  }
})

t.test('the names of parameters in paths are whole words', async (t) => {
  const short = Object.keys(paths).filter((path) => /\{[a-z]{0,2}id\}/.test(path.replaceAll('{id}', '')))
  t.strictSame(short, [])
  for (const { call, parameters = [] } of operations) {
    const inPath = parameters.filter((one) => one.in === 'path').map(({ name }) => `{${name}}`)
    t.strictSame(inPath.sort(), (call.match(/\{\w+\}/g) ?? []).sort(), call)
  }
})

t.test('every parameter has an example that its own schema takes', async (t) => {
  const ajv = compiler({ strict: false })
  for (const [name, schema] of Object.entries(components.schemas ?? {})) {
    ajv.addSchema(schema, `#/components/schemas/${name}`)
  }
  for (const { call, parameters = [] } of operations) {
    for (const { name, schema, example } of parameters) {
      t.ok(example !== undefined, `${call}: ${name} lacks one: src/plugins/contract/parameters.ts`)
      t.ok(ajv.validate(schema, example), `${call}: ${name}`)
    }
  }
})

t.test('every parameter says what it is', async (t) => {
  const silent = operations.flatMap(({ call, parameters = [] }) =>
    parameters.filter(({ description }) => !description).map(({ name }) => `${call}: ${name}`),
  )
  t.strictSame(silent, [])
})

t.test('every JSON body and every JSON answer of success has an example', async (t) => {
  const bare = operations.flatMap(({ call, requestBody, responses }) => {
    const successes = Object.entries(responses).filter(([status]) => status.startsWith('2'))
    return [['body', requestBody] as const, ...successes]
      .filter(([, answer]) => answer?.content?.[json] && examplesOf(answer.content[json]).length === 0)
      .map(([what]) => `${call}: ${what}`)
  })
  t.strictSame(bare, [])
})

t.test('every other answer is a problem, with an example for each of its codes', async (t) => {
  for (const { call, responses } of operations) {
    const failures = Object.entries(responses).filter(([status]) => /^[45]/.test(status))
    t.not(failures.length, 0, `${call} may fail`)
    for (const [status, { content }] of failures) {
      const examples = Object.entries(content?.['application/problem+json']?.examples ?? {})
      const right = examples.filter(([name, { value }]) => {
        const { code } = value as ProblemBody
        return code === name && problemTypes[code].status === Number(status)
      })
      t.ok(examples.length > 0 && right.length === examples.length, `${call} ${status}`)
    }
  }
})

t.test('a call tells the problems that follow from what it takes', async (t) => {
  for (const { call, security = [], parameters = [], requestBody, responses } of operations) {
    const schemes = security.flatMap(Object.keys)
    const expected = [
      ...(schemes.length > 0 ? [401, 503] : []),
      ...(requestBody === undefined ? [] : [413, 415]),
      ...(requestBody?.content?.[json] || parameters.some((one) => one.in === 'query') ? [400] : []),
      ...(parameters.some(({ name }) => name.toLowerCase() === 'idempotency-key') ? [422] : []),
    ]
    const missing = expected.filter((status) => responses[status] === undefined)
    t.strictSame(missing, [], call)
  }
})

t.test("every call of the staff's side names its roles", async (t) => {
  const staffs = operations.filter(({ call }) => / \/v1\/(triage|partner)\//.test(call))
  t.not(staffs.length, 0)
  for (const { call, description, security } of staffs) {
    t.match(description, /^Roles: [a-z, ]+\./, call)
    t.strictSame(security, [{ staffToken: [] }, { oidc: [] }], call)
  }
})

t.test('the page to read it at runs and fetches nothing but its own', async (t) => {
  const app: Scope = fastify({ logger: false })
  t.after(() => app.close())
  await setHeaders(app)
  await describeApi(app)
  const page = await app.inject('/docs/')
  t.equal(page.statusCode, 200)
  const policy = String(page.headers['content-security-policy'])
  t.match(policy, /^default-src 'none'; script-src 'self'; style-src 'self';/)
  t.notMatch(policy, /unsafe|https:|upgrade/, 'an upgrade would break it where there is no TLS')
  t.notMatch(
    page.body,
    /<script(?![^>]* src="\.\/)|style="|https?:/,
    'all scripts and styles have addresses here',
  )
  const api = await app.inject('/openapi.json')
  t.match(api.headers['content-security-policy'], /^default-src 'none'/)
})
