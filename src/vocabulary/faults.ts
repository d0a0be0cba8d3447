import type { Move } from './transitions.ts'

/** A rule that one place of the input broke. `pointer` is a JSON Pointer (RFC 6901); `message` states the rule, never the value. */
export interface Violation {
  pointer: string
  code: string
  message: string
  /** What the contract knows in that place. */
  allowed?: string[]
}

/** What can go wrong inside. It has the word of the problem that a client is shown, where it is one; plugins/problems.ts names the others. */
export type FaultKind =
  | 'validation'
  | 'bad-request'
  | 'malformed-json'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'not-acceptable'
  | 'unsupported-media-type'
  | 'idempotency-mismatch'
  | 'repeated'
  | 'gone'
  | 'key-missing'
  | 'limit-reached'
  | 'attachments-refused'
  | 'image-unreadable'
  | 'not-in-this-state'
  | 'invalid-transition'
  | 'not-approved'
  | 'not-clear'
  | 'four-eyes'
  | 'locked'
  | 'precondition-required'
  | 'precondition-failed'
  | 'overloaded'
  | 'storage-away'
  | 'storage-unsafe'
  | 'no-accepted-key'
  | 'issuer-away'
  | 'challenge-required'
  | 'challenge-failed'
  | 'challenge-spent'
  | 'rate-limited'

/** Seconds after which trying again makes sense, for faults that pass. One fault may know better. */
const retryAfter: Partial<Record<FaultKind, number>> = {
  overloaded: 2,
  'storage-away': 5,
  'storage-unsafe': 30,
  'no-accepted-key': 30,
  'key-missing': 300,
  'issuer-away': 5,
}

/** Kinds that say little by themselves: each such fault tells which state is in the way, and what to do. */
export type ExplainedKind = 'not-in-this-state' | 'repeated' | 'invalid-transition' | 'gone' | 'limit-reached'

/** What may be told of one fault beside its kind. */
export interface Told {
  /** Seconds after which trying again makes sense. */
  retryAfter?: number
  /** How it is mended, in whole sentences. */
  detail?: string
  /** Where the report may go from here. */
  moves?: Move[]
}

/** A fault that was foreseen. Carries rules and places, never input. */
export class Fault extends Error {
  readonly kind: FaultKind
  readonly violations: Violation[]
  readonly retryAfter: number | undefined
  readonly detail: string | undefined
  readonly moves: Move[] | undefined

  constructor(kind: Exclude<FaultKind, ExplainedKind>, violations?: Violation[], told?: Told)
  constructor(kind: FaultKind, violations: Violation[], told: Told & { detail: string })
  constructor(
    kind: FaultKind,
    violations: Violation[] = [],
    { retryAfter: seconds, detail, moves }: Told = {},
  ) {
    super(kind)
    this.kind = kind
    this.violations = violations
    this.retryAfter = seconds ?? retryAfter[kind]
    this.detail = detail
    this.moves = moves
  }
}

/** One broken rule, as a fault. */
export function invalid(pointer: string, code: string, message: string): Fault {
  return new Fault('validation', [{ pointer, code, message }])
}

/** A fault of this kind, with how it is mended. */
export function refusal(kind: FaultKind, detail: string): Fault {
  return new Fault(kind, [], { detail })
}

/** Whether what was sealed does not open for want of its key: for good, or for now. */
export function isKeyAway({ kind }: Fault): boolean {
  return kind === 'gone' || kind === 'key-missing'
}
