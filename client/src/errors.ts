import type { components } from './contract.ts'

type ProblemBody = components['schemas']['Problem']

/** What the service says of a call that it did not carry out. */
export type ProblemCode = components['schemas']['ProblemCode']
/** One place that broke a rule: where, and the rule in words. Never the value. */
export type Violation = NonNullable<ProblemBody['errors']>[number]

/** What can go wrong on this side of the wire. */
export type ClientCode =
  /** No answer came, as often as it was tried. With an Idempotency-Key, sending the same again is safe. */
  | 'unreachable'
  /** Something answered that is not Sotto: a proxy, a login page of a network. */
  | 'unexpected-answer'
  /** A stream ended before its end. */
  | 'cut-short'
  /** This cannot be a receipt. */
  | 'receipt-malformed'
  /** A slip of the pen: the check characters do not fit. */
  | 'receipt-wrong-check'
  /** The challenge could not be solved here: no WebCrypto (a page without https), or no time. */
  | 'challenge-unsolved'
  /** Not signed with the secret, too old, or no message of a webhook at all. */
  | 'webhook-refused'

interface Told<Code, From> extends Error {
  readonly code: Code
  /** Who says it: the service, or this package. */
  readonly from: From
}

/** An answer of the service that is a problem (RFC 9457). */
export interface Problem<Code extends ProblemCode = ProblemCode> extends Told<Code, 'service'> {
  readonly status: number
  readonly title: string
  readonly detail?: string
  /** Every place that broke a rule; empty where the problem is of another kind. */
  readonly errors: readonly Violation[]
  /** Seconds to wait before the next try, where the service names them. */
  readonly retryAfter?: number
  /** The whole body, as it came. */
  readonly body: ProblemBody
}

/** What this package says by itself. `status` is that of an answer which was not Sotto's. */
export interface ClientFault<Code extends ClientCode = ClientCode> extends Told<Code, 'client'> {
  readonly status?: number
}

type ByCode = { [C in ProblemCode]: Problem<C> } & { [C in ClientCode]: ClientFault<C> }
type Code = keyof ByCode

/** Whatever the calls of this package throw, but for an abort of yours. `code` narrows it. */
export type SottoError<C extends Code = Code> = ByCode[C]

const marks = new WeakSet<object>()

/** Whether an error comes from this package, and is of one of these codes, if any are named. */
export function isSottoError<C extends Code = Code>(
  error: unknown,
  ...codes: readonly C[]
): error is SottoError<C> {
  if (typeof error !== 'object' || error === null || !marks.has(error)) return false
  return codes.length === 0 || codes.some((code) => code === (error as { code?: unknown }).code)
}

/** An error from a problem that the service answered with. */
export function problemOf(body: ProblemBody, retryAfter: number | undefined): SottoError<ProblemCode> {
  const { code, status, title, detail, errors = [] } = body
  const told = {
    code,
    from: 'service' as const,
    status,
    title,
    errors,
    body,
    ...(detail === undefined ? {} : { detail }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  }
  const places = errors.map(({ pointer, message }) => `${pointer || 'the body'} ${message}`)
  const problem: Problem = named('SottoProblem', [title, detail, ...places].filter(Boolean).join('; '), told)
  // A union of all is the same as one of each, which TypeScript does not see.
  return problem as SottoError<ProblemCode>
}

/** An error that this package finds by itself. */
export function faultOf<C extends ClientCode>(
  code: C,
  message: string,
  more: { cause?: unknown; status?: number } = {},
): ClientFault<C> {
  return named('SottoFault', message, { code, from: 'client' as const, ...more })
}

function named<T extends object>(name: string, message: string, told: T): Error & T {
  const error = Object.assign(new Error(message), { name }, told)
  marks.add(error)
  return error
}
