import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { describeError, type Log } from '../log.ts'
import { mergePatchTypes } from '../schemas/headers.ts'
import { type ProblemBody, type ProblemCode, type ProblemType, problemTypes } from '../schemas/problem.ts'
import type { Scope } from '../scope.ts'
import { Fault, type FaultKind, type Violation } from '../vocabulary/faults.ts'
import type { Move } from '../vocabulary/transitions.ts'
import { faultsOfTheGone } from './goneFaults.ts'
import { lingeringClose } from './lingeringClose.ts'
import { createTarpit } from './tarpit.ts'
import { type RequestPart, violations } from './violations.ts'

/** Several faults that are one problem to a client. Every other fault is shown by its own word. */
const sharedProblems = {
  repeated: 'conflict',
  'not-in-this-state': 'conflict',
  'key-missing': 'not-ready',
  'storage-away': 'not-ready',
  'storage-unsafe': 'not-ready',
  'no-accepted-key': 'not-ready',
  'issuer-away': 'not-ready',
} as const satisfies Partial<Record<FaultKind, ProblemCode>>

function problemOfFault(kind: FaultKind): ProblemCode {
  return isShared(kind) ? sharedProblems[kind] : kind
}

function isShared(kind: FaultKind): kind is keyof typeof sharedProblems {
  return kind in sharedProblems
}

const problemOfFastify: Record<string, ProblemCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'bad-request',
  FST_ERR_BAD_URL: 'bad-request',
}

interface Shown {
  code: ProblemCode
  violations?: Violation[]
  retryAfter?: number | undefined
  detail?: string | undefined
  moves?: Move[] | undefined
}

/** Turns every fault into a problem (RFC 9457). What was not foreseen is `internal`, and logged without values. */
export function answerWithProblems(app: Scope, log: Log, now?: () => Date): void {
  const countGone = faultsOfTheGone(app, log, now)
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const shown = shownOf(error)
    if (error instanceof Fault && error.kind === 'key-missing')
      log.error('the keyring lacks a key: sotto keys check')
    if (shown.code === 'internal') {
      if (request.socket.destroyed) countGone(error)
      else log.error('unforeseen fault', describeError(error))
    }
    return sendProblem(reply, shown)
  })
}

/** What of an error is shown, to programs as a problem, to people as a page. */
export function shownOf(error: FastifyError | Fault): Shown {
  if (error instanceof Fault) {
    const { kind, violations, retryAfter, detail, moves } = error
    return { code: problemOfFault(kind), violations, retryAfter, detail, moves }
  }
  if (error.validation !== undefined) {
    const part = error.validationContext as RequestPart | undefined
    return { code: 'validation', violations: violations(error.validation, part) }
  }
  const code = problemOfFastify[error.code]
  if (code !== undefined) return { code }
  const { statusCode } = error
  return {
    code: statusCode !== undefined && statusCode >= 400 && statusCode < 500 ? 'bad-request' : 'internal',
  }
}

const tarpit = createTarpit()

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Media types that the route takes, if not JSON. */
    takes?: readonly string[]
  }
}

/** What a client may send instead (RFC 9110, section 15.5.16). */
function takenTypes({ routeOptions, method }: FastifyRequest): readonly string[] {
  return routeOptions.config.takes ?? (method === 'PATCH' ? mergePatchTypes : ['application/json'])
}

/** Sends one problem, never to be stored. */
export function sendProblem(reply: FastifyReply, shown: Shown): FastifyReply {
  const { code, retryAfter } = shown
  const { status } = problemTypes[code]
  const takes = code === 'unsupported-media-type' ? takenTypes(reply.request) : undefined
  if (takes !== undefined) reply.header('accept', takes.join(', '))
  if (code === 'unauthorized') reply.header('www-authenticate', 'Bearer')
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter))
  if (code === 'overloaded' || code === 'rate-limited') tarpit(reply.request, 'for-load')
  if (code === 'challenge-required') tarpit(reply.request, 'for-proof')
  // What is left of a refused body must not be taken for the next request.
  if (hasBody(reply.request.raw) && !reply.request.raw.complete) reply.header('connection', 'close')
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(problemBody(takes ? { ...shown, detail: typesInWords(takes) } : shown)))
}

/** Whether a body comes with a request, or is to come. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

function typesInWords(types: readonly string[]): string {
  const names = types.length > 1 ? `${types.slice(0, -1).join(', ')} or ${types.at(-1)}` : types.join()
  return types.every((type) => type.startsWith('image/'))
    ? `The body is the image itself, of type ${names}: no form, and no JSON.`
    : `The body must be of type ${names}, in UTF-8, and not compressed.`
}

export function problemBody({ code, violations: errors = [], moves, ...more }: Shown): ProblemBody {
  const { status, title, detail: always }: ProblemType = problemTypes[code]
  const detail = more.detail ?? always
  return {
    type: `/problems/${code}`,
    title,
    status,
    code,
    ...(detail ? { detail } : {}),
    ...(errors.length > 0 ? { errors } : {}),
    ...(moves ? { moves } : {}),
  }
}

const problemOfSocketError: Record<string, ProblemCode> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
  HPE_HEADER_OVERFLOW: 'headers-too-large',
}

/** Answers what Node's parser refuses before there is a request, and logs nothing: the error holds the raw bytes. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET') socket.destroy()
  else lingeringClose(socket, rawProblem(problemOfSocketError[error.code ?? ''] ?? 'bad-request'))
}

/** A whole HTTP response for a socket on which there is no reply object. */
export function rawProblem(code: ProblemCode): string {
  const { status } = problemTypes[code]
  const body = JSON.stringify(problemBody({ code }))
  return [
    `HTTP/1.1 ${status} ${problemTypes[code].title}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    'Connection: close',
    '',
    body,
  ].join('\r\n')
}
