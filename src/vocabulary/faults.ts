import type { Move } from './transitions.ts'

/** A rule that one place of the input broke. `pointer` is a JSON Pointer (RFC 6901); `message` states the rule, never the value. */
export interface Violation {
  pointer: string
  code: string
  message: string
  /** What the contract knows in that place. */
  allowed?: string[]
}

/** What can go wrong inside, in the service's own words. plugins/problems.ts says what a client is shown for each. */
export type FaultKind =
  | 'invalid'
  | 'malformed'
  | 'bad-json'
  | 'unidentified'
  | 'not-permitted'
  | 'not-there'
  | 'nothing-acceptable'
  | 'not-taken'
  | 'key-reused'
  | 'repeated'
  | 'key-gone'
  | 'key-missing'
  | 'full'
  | 'no-images'
  | 'bad-image'
  | 'not-in-this-state'
  | 'no-such-move'
  | 'not-approved'
  | 'not-clear'
  | 'same-person'
  | 'locked'
  | 'unconditional'
  | 'stale'
  | 'busy'
  | 'storage-away'
  | 'storage-unsafe'
  | 'no-accepted-key'
  | 'issuer-away'
  | 'challenge-wanted'
  | 'challenge-wrong'
  | 'challenge-used'
  | 'too-many'

/** Seconds after which trying again makes sense, for faults that pass. One fault may know better. */
const retryAfter: Partial<Record<FaultKind, number>> = {
  busy: 2,
  'storage-away': 5,
  'storage-unsafe': 30,
  'no-accepted-key': 30,
  'key-missing': 300,
  'issuer-away': 5,
}

/** Kinds that say little by themselves: each such fault tells which state is in the way, and what to do. */
export type ExplainedKind = 'not-in-this-state' | 'repeated' | 'no-such-move' | 'key-gone' | 'full'

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
  return new Fault('invalid', [{ pointer, code, message }])
}

/** A fault of this kind, with how it is mended. */
export function refusal(kind: FaultKind, detail: string): Fault {
  return new Fault(kind, [], { detail })
}

/** Whether what was sealed does not open for want of its key: for good, or for now. */
export function isKeyAway({ kind }: Fault): boolean {
  return kind === 'key-gone' || kind === 'key-missing'
}
