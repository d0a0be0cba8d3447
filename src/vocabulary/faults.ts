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

/** A fault that was foreseen. Carries rules and places, never input. */
export class Fault extends Error {
  readonly kind: FaultKind
  readonly violations: Violation[]
  readonly retryAfter: number | undefined

  constructor(kind: FaultKind, violations: Violation[] = [], seconds?: number) {
    super(kind)
    this.kind = kind
    this.violations = violations
    this.retryAfter = seconds ?? retryAfter[kind]
  }
}

/** One broken rule, as a fault. */
export function invalid(pointer: string, code: string, message: string): Fault {
  return new Fault('invalid', [{ pointer, code, message }])
}

/** Whether what was sealed does not open for want of its key: for good, or for now. */
export function isKeyAway({ kind }: Fault): boolean {
  return kind === 'key-gone' || kind === 'key-missing'
}
