import { type RawAnswer, rawRequest, sendRaw } from '../support/socket.ts'
import { clientHeaders, ofClient, ofReport, report, sourceAddress, written } from './canaries.ts'

/** What acts learn for those that follow. */
export interface World {
  port: number
  token: string
  receipt: string
  reportId: string
}

export interface Act {
  name: string
  expect: number
  /** What is answered instead while the database is away. */
  away?: number
  /** Canaries that the answer may hold, since it was asked for them. */
  tells?: readonly string[]
  run(world: World): Promise<RawAnswer>
}

interface Message {
  body?: unknown
  headers?: readonly string[]
}

/** Sends one request with all that a client might tell without meaning to, from an address of its own. */
function ask({ port }: World, line: string, { body = '', headers = [] }: Message = {}): Promise<RawAnswer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const typed = text === '' || headers.some((header) => header.startsWith('content-type'))
  const all = [...clientHeaders, ...(typed ? [] : ['content-type: application/json']), ...headers]
  const request = rawRequest(line, all, text).toString().replace('sotto.example', `${ofClient.Host}.example`)
  return sendRaw(port, request, { localAddress: sourceAddress })
}

const send = (body: unknown, ...headers: string[]) => ({
  run: (world: World) => ask(world, 'POST /v1/reports', { body, headers }),
})
const get = (path: string, ...headers: string[]) => ({
  run: (world: World) => ask(world, `GET ${path}`, { headers }),
})
const asStaff = (path: (world: World) => string, ...headers: string[]) => ({
  run: (world: World) =>
    ask(world, `GET /v1/triage${path(world)}`, {
      headers: [`authorization: Bearer ${world.token}`, ...headers],
    }),
})
const asHolder = (line: string, body?: unknown) => ({
  run: (world: World) => ask(world, line, { body, headers: [`authorization: Bearer ${world.receipt}`] }),
})
const key = `idempotency-key: ${ofClient['Idempotency-Key']}`
const withValue = (property: string, value: string) => ({ ...report, [property]: value })
const bearer = (credential: string) => `authorization: Bearer ${credential}`
const needsDatabase = { away: 503 }

/** All that is done with a service that is watched for traces, in order. What is new is added here, by one entry. */
export const acts: readonly Act[] = [
  { name: 'a report', expect: 201, ...needsDatabase, tells: ['receipt'], ...send(report) },
  { name: 'one with a key', expect: 201, ...needsDatabase, ...send(report, key) },
  { name: 'its repeat', expect: 201, ...needsDatabase, ...send(report, key) },
  {
    name: 'its key for another body',
    expect: 422,
    ...needsDatabase,
    ...send({ ...report, knownToFew: true }, key),
  },
  { name: 'a bad key', expect: 400, ...send(report, `${key}!`) },
  { name: 'a bad value', expect: 400, ...send(withValue('language', `${ofClient['rejected value']}!`)) },
  {
    name: 'an unknown property',
    expect: 400,
    ...send(withValue(ofClient['rejected property'], ofClient['rejected value'])),
  },
  { name: 'broken JSON', expect: 400, ...send(`{"${ofClient['broken JSON']}`) },
  {
    name: 'a long body',
    expect: 413,
    ...send(withValue('narrative', ofClient['rejected value'].repeat(40_000))),
  },
  { name: 'another type', expect: 415, ...send(report, `content-type: text/${ofClient['content type']}`) },
  { name: 'a draft', expect: 200, run: (world) => ask(world, 'POST /v1/reports/check', { body: report }) },
  { name: 'the categories', expect: 200, ...get('/v1/categories') },
  { name: 'an unknown category', expect: 404, ...get(`/v1/categories/${ofClient.path}`) },
  { name: 'a bad address', expect: 400, ...get(`/${ofClient.path}%zz?${ofClient.query}`) },
  { name: 'an unknown query', expect: 400, ...get(`/v1/keys?${ofClient.query}=${ofClient.query}`) },
  {
    name: 'an unknown address',
    expect: 404,
    run: (world) => ask(world, `POST /${ofClient.path}`, { body: report }),
  },
  { name: 'a wrong method', expect: 405, run: (world) => ask(world, 'DELETE /v1/reports', { body: report }) },
  { name: 'no method', expect: 400, run: (world) => ask(world, `${ofClient.method} /v1/reports`) },
  { name: 'a broken header', expect: 400, ...get('/v1/keys', `x : ${ofClient['broken HTTP']}`) },
  {
    name: 'a broken chunk',
    expect: 400,
    ...get('/', 'transfer-encoding: chunked', '', ofClient['broken HTTP']),
  },
  {
    name: 'a long header',
    expect: 431,
    ...get('/v1/keys', `x: ${ofClient['unknown header'].repeat(2_000)}`),
  },
  {
    name: 'an unknown expectation',
    expect: 400,
    ...get('/v1/keys', `expect: ${ofClient['unknown header']}`),
  },
  { name: 'no token', expect: 401, ...get('/v1/triage/me', bearer(ofClient.Authorization)) },
  {
    name: 'an unknown token',
    expect: 401,
    ...needsDatabase,
    ...get('/v1/triage/me', bearer(`sotto_${ofClient.Authorization.padEnd(43, 'x')}`)),
  },
  { name: 'a bad receipt', expect: 400, ...get('/v1/mailbox', bearer(ofClient.Authorization)) },
  { name: 'who I am', expect: 200, ...needsDatabase, ...asStaff(() => '/me') },
  { name: 'the list', expect: 200, ...needsDatabase, ...asStaff(() => '/reports') },
  {
    name: 'a bad filter',
    expect: 400,
    ...needsDatabase,
    ...asStaff(() => `/reports?status=${ofClient.filter}`),
  },
  {
    name: 'a bad cursor',
    expect: 400,
    ...needsDatabase,
    ...asStaff(() => `/reports?cursor=${ofClient.filter}`),
  },
  { name: 'a bad id', expect: 400, ...needsDatabase, ...asStaff(() => `/reports/${ofClient.path}`) },
  {
    name: 'a consultation',
    expect: 200,
    ...needsDatabase,
    tells: Object.keys(ofReport),
    ...asStaff(({ reportId }) => `/reports/${reportId}`, `audit-reason: ${written['Audit-Reason']}`),
  },
  {
    name: 'a message',
    expect: 201,
    ...needsDatabase,
    tells: ['message'],
    ...asHolder('POST /v1/mailbox/messages', { text: written.message }),
  },
  {
    name: 'a bad message',
    expect: 400,
    ...needsDatabase,
    ...asHolder('POST /v1/mailbox/messages', { [ofClient['rejected property']]: ofClient['rejected value'] }),
  },
  { name: 'the mailbox', expect: 200, ...needsDatabase, tells: ['message'], ...asHolder('GET /v1/mailbox') },
]
