import { mayDo } from '../../../auth/permissions.ts'
import type { Waiting } from '../../../schemas/pending.ts'
import { Fault } from '../../../vocabulary/faults.ts'
import type { Person } from '../../../vocabulary/person.ts'
import {
  type Change,
  type Circumstances,
  type Effect,
  effectOf,
  type Guarded,
  isSameChange,
} from './guards.ts'
import { changeOf, type Wanted } from './wanted.ts'

/** What becomes of one wanted change: nothing, it holds at once, by a second supervisor, or waits for one, maybe as before. */
export type Outcome = 'unchanged' | 'set' | 'confirmed' | 'waits' | 'still-waits'

export interface Decision {
  wanted: Wanted
  change: Change
  effect: Effect
  outcome: Outcome
  /** What waited for the same, if anything: replaced by this, whatever it wanted. */
  replaces: Waiting | undefined
}

/** What is known of the report and of who wants to change it. */
export interface Standing {
  before: Guarded
  waiting: readonly Waiting[]
  /** Whether the person sees no more of it than its stub. */
  isStub: boolean
  circumstances: Circumstances
}

/**
 * Decides each change that a person wants: anyone in triage tightens; a supervisor does the rest; two do what loosens
 * or hides. Throws `forbidden` where the role does not reach.
 */
export function decideAll(person: Person, wanted: readonly Wanted[], standing: Standing): Decision[] {
  return wanted.map((one) => decideOne(person, one, standing))
}

function decideOne(
  person: Person,
  wanted: Wanted,
  { before, waiting, isStub, circumstances }: Standing,
): Decision {
  const { restriction } = before
  const given = changeOf(wanted, restriction)
  // To whom it is a stub, it names nobody who is left: to say so changes nothing.
  const saysNobody = isStub && given.guard === 'restriction' && given.to?.length === 0
  const change: Change = saysNobody ? { guard: 'restriction', to: restriction } : given
  const effect = effectOf(change, before, circumstances)
  const waits = waiting.find((one) => changeOf(one, restriction).guard === change.guard)
  const isSecond =
    waits !== undefined &&
    !circumstances.isSetter(waits.by) &&
    isSameChange(changeOf(waits, restriction), change)
  const outcome = outcomeOf(person, effect, isSecond)
  const isAskedAgain =
    outcome === 'waits' && waits?.by === person.id && isSameChange(changeOf(waits, restriction), change)
  if (isAskedAgain) return { wanted, change, effect, outcome: 'still-waits', replaces: undefined }
  // What waits is between supervisors: a triager neither confirms nor withdraws it.
  const replaces = mayDo(person.role, 'guards.loosen') ? waits : undefined
  return { wanted, change, effect, outcome, replaces }
}

function outcomeOf({ role }: Person, effect: Effect, isSecond: boolean): Outcome {
  if (effect === 'nothing') return 'unchanged'
  if (effect === 'tightens') return 'set'
  if (!mayDo(role, 'guards.loosen')) throw new Fault('forbidden')
  if (isSecond) return 'confirmed'
  return effect === 'loosens' ? 'waits' : 'set'
}

/** Whether the person must say why. A second supervisor need not: the first has. */
export function needsReason({ effect, outcome }: Decision): boolean {
  return outcome === 'waits' || (outcome === 'set' && effect === 'changes')
}

/** What waits afterwards. */
export function waitingAfter(
  waiting: readonly Waiting[],
  decisions: readonly Decision[],
  person: Person,
  today: string,
): Waiting[] {
  const replaced = new Set(decisions.map(({ replaces }) => replaces))
  const added = decisions
    .filter(({ outcome }) => outcome === 'waits')
    .map(({ wanted }) => ({ ...wanted, by: person.id, on: today }))
  return [...waiting.filter((one) => !replaced.has(one)), ...added]
}

/** How the report stands once these changes have been made. */
export function afterChanges(before: Guarded, decisions: readonly Decision[]): Guarded {
  return Object.assign({ ...before }, ...decisions.map(({ change: { guard, to } }) => ({ [guard]: to })))
}

/** Whether it lies with a second supervisor. */
export const isPending = ({ outcome }: Decision): boolean => outcome === 'waits' || outcome === 'still-waits'

export const takesHold = ({ outcome }: Decision): boolean => outcome === 'set' || outcome === 'confirmed'

/** Whether what took hold lets the report go sooner: from then the purge waits (docs/retention.md). */
export function isLoosened(decisions: readonly Decision[]): boolean {
  return decisions.some(
    (one) =>
      takesHold(one) &&
      one.effect === 'loosens' &&
      (one.change.guard === 'legalHold' ||
        one.change.guard === 'reviewGroup' ||
        one.change.guard === 'proceedingsKnown'),
  )
}
