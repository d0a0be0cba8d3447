import { readFile } from 'node:fs/promises'
import fastify from 'fastify'
import t from 'tap'
import { setHeaders } from '../src/plugins/headers.ts'
import { describeApi } from '../src/plugins/openapi.ts'
import { type ProblemCode, problemTypes } from '../src/schemas/problem.ts'
import type { Scope } from '../src/scope.ts'
import { describeService } from '../src/start/describe.ts'

interface Answer {
  description: string
  content?: Record<string, { example?: unknown; examples?: Record<string, { value: { code: ProblemCode } }> }>
}

interface Operation {
  operationId?: string
  summary?: string
  description?: string
  tags?: string[]
  security?: Record<string, unknown>[]
  parameters?: { in: string; name: string; description?: string }[]
  requestBody?: Answer
  responses: Record<string, Answer>
}

const { yaml, document } = await describeService()
const { paths, tags } = document as unknown as {
  paths: Record<string, Record<string, Operation>>
  tags: { name: string }[]
}
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ call: `${method} ${path}`, ...operation })),
)
const json = 'application/json'

t.test('the committed contract is the one that the code has', async (t) => {
  const committed = await readFile(new URL('../../openapi.yaml', import.meta.url), 'utf8')
  t.ok(committed === yaml, 'it is not: run `npm run openapi` and commit what it writes')
})

t.test('the contract is the same every time it is made', async (t) => {
  t.ok((await describeService()).yaml === yaml)
  t.notMatch(yaml, /[&*]a\d/, 'and spells everything out')
})

t.test('every call has a name of its own, a summary and a tag that is explained', async (t) => {
  const names = operations.map(({ operationId }) => operationId)
  t.equal(new Set(names).size, operations.length)
  t.strictSame(
    operations.filter(({ operationId, summary }) => !operationId || !summary).map(({ call }) => call),
    [],
  )
  const known = tags.map(({ name }) => name)
  t.ok(operations.every((operation) => operation.tags?.every((tag) => known.includes(tag))))
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
      .filter(([, answer]) => answer?.content?.[json] && answer.content[json].example === undefined)
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
      const right = examples.filter(
        ([code, { value }]) => code === value.code && problemTypes[value.code].status === Number(status),
      )
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
