import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import createClient from 'openapi-fetch'
import type { components, paths } from './generated/openapi-typescript.js'

/**
 * Sends every call of the contract, with the examples of its parameters and each example of its body, by openapi-fetch
 * to the service at SOTTO, as somebody who may: TOKENS has one for each role. An example that the service does not take
 * fails. That there is no such report is no fault of the example.
 */
const base = process.env.SOTTO ?? ''
const tokens = JSON.parse(process.env.TOKENS ?? '{}') as Record<string, string>

type Part = Record<string, unknown>
interface Media {
  example?: unknown
  examples?: Record<string, { value: unknown }>
}
interface Operation {
  operationId: string
  description?: string
  security?: Record<string, unknown>[]
  parameters?: { name: string; in: string; example: unknown }[]
  requestBody?: { content: Record<string, Media> }
  responses: Part
}

const document = (await (await fetch(`${base}/openapi.json`)).json()) as {
  paths: Record<string, Record<string, Operation>>
  components: Record<string, Record<string, unknown>>
}

/** A cursor is signed, so none but one that was given out can be good; these streams never end, or cost work. */
const leftOut = ['cursor', 'last-event-id', 'challenge-solution']
/** What an example may meet: it is for a report that is not there, or has moved on, or the work was done before. */
const fine = [200, 201, 202, 204, 403, 404, 409, 410, 412]

const { POST } = createClient<paths>({ baseUrl: base })
const client = createClient<Record<string, never>>({ baseUrl: base })
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

let sent = 0
const refused: string[] = []
for (const [path, methods] of Object.entries(document.paths)) {
  for (const [method, written] of Object.entries(methods)) {
    const operation = follow(written) as Operation
    for (const [type, body] of bodiesOf(operation)) await send(path, method, operation, type, body)
  }
}
assert.deepEqual(refused, [])
process.stdout.write(`${sent} examples sent\n`)

async function send(
  path: string,
  method: string,
  operation: Operation,
  type: string | undefined,
  body: unknown,
) {
  const { parameters = [] } = operation
  const of = (place: string) =>
    Object.fromEntries(
      parameters
        .filter((one) => one.in === place && !leftOut.includes(one.name))
        .map((one) => [one.name, one.example]),
    )
  const headers: Record<string, string> = {
    ...(of('header') as Record<string, string>),
    ...(type === undefined ? {} : { 'content-type': type }),
    ...(await credentialsOf(operation)),
    accept: acceptOf(operation),
  }
  // One key stands for one body.
  if (headers['idempotency-key'] !== undefined) headers['idempotency-key'] = randomUUID()
  const { response, error } = await client.request(
    method as never,
    path as never,
    {
      params: { path: of('path'), query: of('query') },
      headers,
      parseAs: 'text',
      ...(body === undefined
        ? {}
        : { body, bodySerializer: (one: unknown) => (Buffer.isBuffer(one) ? one : JSON.stringify(one)) }),
    } as never,
  )
  sent++
  const isDeclared = operation.responses[response.status] !== undefined
  const isRefused = JSON.stringify(error ?? '').includes('"forbidden"')
  if (!fine.includes(response.status) || !isDeclared || isRefused) {
    refused.push(`${operation.operationId}: ${response.status} ${JSON.stringify(error)}`)
  }
}

/** Whoever may: a mailbox of one's own, the first role that the contract names, or nobody. */
async function credentialsOf({
  security = [],
  description = '',
}: Operation): Promise<Record<string, string>> {
  const schemes = security.flatMap((one) => Object.keys(one))
  if (schemes.length === 0) return {}
  if (schemes.includes('receipt')) return { authorization: `Bearer ${await newReceipt()}` }
  const roles = /^Roles: ([a-z, ]+)\./.exec(description)?.[1]?.split(', ') ?? []
  // A supervisor may what a triager may, and more.
  const role = roles.includes('supervisor') ? 'supervisor' : (roles[0] ?? '')
  return { authorization: `Bearer ${tokens[role]}` }
}

async function newReceipt(): Promise<string> {
  const body: components['schemas']['ReportDraft'] = {
    category: 'property-misuse',
    narrative: 'Around twelve people live in the family house at the end of the close.',
  }
  const { data } = await POST('/v1/reports', { body })
  return data?.receipt ?? ''
}

function bodiesOf({ requestBody }: Operation): [type: string | undefined, body: unknown][] {
  if (requestBody === undefined) return [[undefined, undefined]]
  return Object.entries(requestBody.content).flatMap(([type, { example, examples = {} }]) => {
    if (type === 'image/png') return [[type, pixel] as [string, unknown]]
    const all = example === undefined ? Object.values(examples).map(({ value }) => value) : [example]
    return all.map((one): [string, unknown] => [type, one])
  })
}

/** JSON, where there is a choice: the others are streams, or pages for people. */
function acceptOf({ responses }: Operation): string {
  const types = Object.entries(responses)
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([, answer]) => Object.keys((answer as { content?: Part }).content ?? {}))
  return types.length === 0 || types.includes('application/json') ? 'application/json' : types.join(', ')
}

function follow(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(follow)
  if (typeof part !== 'object' || part === null) return part
  const { $ref } = part as { $ref?: unknown }
  if (typeof $ref !== 'string')
    return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, follow(value)]))
  const [, , kind = '', name = ''] = $ref.split('/')
  return kind === 'schemas' ? part : follow(document.components[kind]?.[name])
}
