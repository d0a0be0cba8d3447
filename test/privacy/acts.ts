import { type RawAnswer, rawRequest, sendRaw } from '../support/socket.ts'
import {
  clientHeaders,
  ofClient,
  ofReport,
  photograph,
  report,
  sourceAddress,
  unknownReceipt,
  written,
} from './canaries.ts'

/** What acts learn for those that follow. */
export interface World {
  port: number
  token: string
  receipt: string
  reportId: string
  /** Of somebody at an agency; what they shared in, and the report that it became. */
  partner: string
  submissionId: string
  sharedIn: string
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
export function ask(
  { port }: World,
  line: string,
  { body = '', headers = [] }: Message = {},
): Promise<RawAnswer> {
  const bytes = Buffer.isBuffer(body) || typeof body === 'string' ? body : JSON.stringify(body)
  const typed = bytes.length === 0 || headers.some((header) => header.startsWith('content-type'))
  const all = [...clientHeaders, ...(typed ? [] : ['content-type: application/json']), ...headers]
  const request = rawRequest(line, all, bytes).toString('latin1')
  const named = request.replace('sotto.example', `${ofClient.Host}.example`)
  return sendRaw(port, Buffer.from(named, 'latin1'), { localAddress: sourceAddress })
}

type Run = Act['run']

const send =
  (body: unknown, ...headers: string[]): Run =>
  (world) =>
    ask(world, 'POST /v1/reports', { body, headers })
const call =
  (line: string, body: unknown = '', ...headers: string[]): Run =>
  (world) =>
    ask(world, line, { body, headers })
/** `{id}` stands for the report that the list told of, in what is sent too. */
const asStaff =
  (line: string, body: unknown = '', ...headers: string[]): Run =>
  (world) =>
    ask(world, line.replace('{id}', world.reportId), {
      body: typeof body === 'string' ? body : JSON.stringify(body).replaceAll('{id}', world.reportId),
      headers: [bearer(world.token), ...headers],
    })
const asHolder =
  (line: string, body: unknown = '', ...headers: string[]): Run =>
  (world) =>
    ask(world, line, { body, headers: [bearer(world.receipt), ...headers] })

/** `{sid}` stands for what was shared in. */
const asPartner =
  (line: string, body: unknown = '', ...headers: string[]): Run =>
  (world) =>
    ask(world, line.replace('{sid}', world.submissionId), {
      body,
      headers: [bearer(world.partner), ...headers],
    })
const ofShared =
  (line: string, body: unknown = '', ...headers: string[]): Run =>
  (world) =>
    asStaff(line, body, ...headers)({ ...world, reportId: world.sharedIn })

const bearer = (credential: string) => `authorization: Bearer ${credential}`
const key = `idempotency-key: ${ofClient['Idempotency-Key']}`
const odd = ofClient['rejected value']
const unknown = { [ofClient['rejected property']]: odd }
const item = {
  title: written.title,
  text: written.text,
  kind: 'fact',
  grade: { source: 2, intelligence: 'D', handling: 'C' },
}

const shared = {
  ...report,
  source: {
    basis: 'told-by-a-person',
    protect: true,
    note: written['source note'],
    contact: `${written.contact}@partner.example`,
  },
}

/** An act that needs no database. */
const always = (name: string, expect: number, run: Run, ...tells: string[]): Act => ({
  name,
  expect,
  run,
  tells,
})
/** One that is told to come back while the database is away. */
const stored = (name: string, expect: number, run: Run, ...tells: string[]): Act => ({
  name,
  expect,
  away: 503,
  run,
  tells,
})

/** All that is done with a service that is watched for traces, in order. What is new is added here, by one line. */
export const acts: readonly Act[] = [
  stored('a report', 201, send(report), 'receipt'),
  stored('one with a key', 201, send(report, key)),
  stored('its repeat', 201, send(report, key)),
  stored('its key for another body', 422, send({ ...report, knownToFew: true }, key)),
  always('a bad key', 400, send(report, `${key}!`)),
  always('a bad value', 400, send({ ...report, language: `${odd}!` })),
  always('an unknown property', 400, send({ ...report, ...unknown })),
  always('broken JSON', 400, send(`{"${ofClient['broken JSON']}`)),
  always('a long body', 413, send({ ...report, narrative: odd.repeat(40_000) })),
  always('another type', 415, send(report, `content-type: text/${ofClient['content type']}`)),
  always('a draft', 200, call('POST /v1/reports/check', report)),
  always('the categories', 200, call('GET /v1/categories')),
  always('an unknown category', 404, call(`GET /v1/categories/${ofClient.path}`)),
  always('a bad address', 400, call(`GET /${ofClient.path}%zz?${ofClient.query}`)),
  always('an unknown query', 400, call(`GET /v1/keys?${ofClient.query}=${ofClient.query}`)),
  always('an unknown address', 404, call(`POST /${ofClient.path}`, report)),
  always('a wrong method', 405, call('DELETE /v1/reports', report)),
  always('no method', 400, call(`${ofClient.method} /v1/reports`)),
  always('a broken header', 400, call('GET /v1/keys', '', `x : ${ofClient['broken HTTP']}`)),
  always('a broken chunk', 400, call('GET /', '', 'transfer-encoding: chunked', '', ofClient['broken HTTP'])),
  always('a long header', 431, call('GET /v1/keys', '', `x: ${ofClient['unknown header'].repeat(2_000)}`)),
  always('an unknown expectation', 400, call('GET /v1/keys', '', `expect: ${ofClient['unknown header']}`)),
  always('no token', 401, call('GET /v1/triage/me', '', bearer(ofClient.Authorization))),
  always('a bad receipt', 400, call('GET /v1/mailbox', '', bearer(ofClient.Authorization))),
  stored(
    'an unknown token',
    401,
    call('GET /v1/triage/me', '', bearer(`sotto_${ofClient.Authorization.padEnd(43, 'x')}`)),
  ),
  stored('who I am', 200, asStaff('GET /v1/triage/me')),
  stored('the list', 200, asStaff('GET /v1/triage/reports')),
  stored('a bad filter', 400, asStaff(`GET /v1/triage/reports?status=${ofClient.filter}`)),
  stored('a bad cursor', 400, asStaff(`GET /v1/triage/reports?cursor=${ofClient.filter}`)),
  stored('a bad id', 400, asStaff(`GET /v1/triage/reports/${ofClient.path}`)),
  stored(
    'a consultation',
    200,
    asStaff('GET /v1/triage/reports/{id}', '', `audit-reason: ${written['Audit-Reason']}`),
    ...Object.keys(ofReport),
  ),
  stored('a note', 201, asStaff('POST /v1/triage/reports/{id}/notes', { text: written.note }), 'note'),
  stored(
    'a thing named in the text',
    201,
    asStaff('POST /v1/triage/reports/{id}/entities', {
      entity: { kind: 'phone', number: written.entity },
      pointer: '/narrative',
      start: 0,
      end: 9,
    }),
    'entity',
  ),
  stored(
    'such things',
    200,
    asStaff('GET /v1/triage/reports/{id}/entities'),
    'entity',
    ...Object.keys(ofReport),
  ),
  stored('an item', 201, asStaff('POST /v1/triage/reports/{id}/items', item), 'title', 'text'),
  stored(
    'a stale change',
    412,
    asStaff('PATCH /v1/triage/reports/{id}', { priority: 'low', reason: written.reason }, 'if-match: "999"'),
  ),
  stored('a bad change', 400, asStaff('PATCH /v1/triage/reports/{id}', unknown, 'if-match: "1"')),
  stored('a search', 200, asStaff('POST /v1/triage/reports/search', { q: written.search })),
  // It marks where it found what, by places alone.
  stored('a search that finds', 200, asStaff('POST /v1/triage/reports/search', { q: ofReport.narrative })),
  stored('one for a number', 200, asStaff('POST /v1/triage/reports/search', { q: ofReport.phone })),
  stored(
    'a selection to close',
    201,
    asStaff('POST /v1/triage/reports/closures', {
      ids: ['{id}'],
      closeReason: 'no-further-action',
      rationale: written.rationale,
    }),
    'rationale',
  ),
  stored('what happened', 200, asStaff('GET /v1/triage/events', '', 'accept: application/json')),
  stored(
    'who did what to it',
    200,
    asStaff('GET /v1/triage/reports/{id}/history'),
    'Audit-Reason',
    'rationale',
  ),
  stored(
    'a draft to the reporter',
    201,
    asStaff('POST /v1/triage/reports/{id}/messages', { text: written.draft }),
    'draft',
  ),
  stored('an export', 200, asStaff('GET /v1/triage/export'), ...Object.keys(ofReport)),
  stored('a message', 201, asHolder('POST /v1/mailbox/messages', { text: written.message }), 'message'),
  stored('a bad message', 400, asHolder('POST /v1/mailbox/messages', unknown)),
  stored(
    'one with a key',
    201,
    asHolder('POST /v1/mailbox/messages', { text: written.message }, key),
    'message',
  ),
  stored('its repeat', 201, asHolder('POST /v1/mailbox/messages', { text: written.message }, key), 'message'),
  stored('an image', 201, asHolder('POST /v1/mailbox/attachments', photograph, 'content-type: image/jpeg')),
  stored(
    'one with a key',
    201,
    asHolder('POST /v1/mailbox/attachments', photograph, 'content-type: image/jpeg', key),
  ),
  stored(
    'a broken image',
    422,
    asHolder('POST /v1/mailbox/attachments', photograph.subarray(0, 400), 'content-type: image/jpeg'),
  ),
  stored(
    'an image of another type',
    415,
    asHolder('POST /v1/mailbox/attachments', photograph, `content-type: text/${ofClient['content type']}`),
  ),
  stored('the images', 200, asStaff('GET /v1/triage/reports/{id}/attachments')),
  stored('an unknown receipt', 401, call('GET /v1/mailbox', '', bearer(unknownReceipt))),
  stored(
    'a message to nowhere',
    401,
    call('POST /v1/mailbox/messages', { text: written.message }, bearer(unknownReceipt), key),
  ),
  stored('the mailbox', 200, asHolder('GET /v1/mailbox'), 'message'),
  stored('both sides', 200, asStaff('GET /v1/triage/reports/{id}/messages'), 'draft', 'message'),
  stored('what a partner is about to share in', 200, asPartner('POST /v1/partner/submissions/check', shared)),
  stored('what a partner shares in', 201, asPartner('POST /v1/partner/submissions', shared)),
  stored('one with a key', 201, asPartner('POST /v1/partner/submissions', shared, key)),
  stored('its repeat', 201, asPartner('POST /v1/partner/submissions', shared, key)),
  stored(
    'a bad source',
    400,
    asPartner('POST /v1/partner/submissions', { ...shared, source: { ...shared.source, basis: odd } }),
  ),
  stored('what was shared in', 200, asPartner('GET /v1/partner/submissions')),
  stored(
    'a partner’s answer',
    201,
    asPartner('POST /v1/partner/submissions/{sid}/messages', { text: written.message }),
    'message',
  ),
  stored(
    'a partner’s image',
    201,
    asPartner('POST /v1/partner/submissions/{sid}/attachments', photograph, 'content-type: image/jpeg'),
  ),
  stored('one of it', 200, asPartner('GET /v1/partner/submissions/{sid}'), 'message'),
  stored('the list of partners’', 200, asStaff('GET /v1/triage/reports?origin=partner')),
  stored('a report of theirs', 200, ofShared('GET /v1/triage/reports/{id}'), ...Object.keys(ofReport)),
  stored('who shared it in, without a reason', 400, ofShared('GET /v1/triage/reports/{id}/submitter')),
  stored(
    'who shared it in',
    200,
    ofShared('GET /v1/triage/reports/{id}/submitter', '', `audit-reason: ${written['Audit-Reason']}`),
    'source note',
    'contact',
  ),
  // It says where, and not what.
  stored(
    'an item that names them',
    201,
    ofShared('POST /v1/triage/reports/{id}/items', { ...item, title: written.title }),
    'title',
    'text',
  ),
  stored(
    'an export of theirs',
    200,
    asStaff('GET /v1/triage/export?origin=partner'),
    ...Object.keys(ofReport),
  ),
  stored('the queue by origin', 200, asStaff('GET /v1/triage/stats?live=true&by=origin')),
  stored('what happened since', 200, asStaff('GET /v1/triage/events', '', 'accept: application/json')),
]
