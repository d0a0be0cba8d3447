import type { reviewGroups } from '../../../schemas/triage.ts'
import { daysOfGroup, type Periods } from '../../../vocabulary/periods.ts'

export type ReviewGroup = (typeof reviewGroups)[number]

/** Whom a report names; null if it is not restricted. */
export type Restriction = readonly string[] | null

/** What of a report one person alone could make vanish by. */
export interface Guarded {
  legalHold: boolean
  proceedingsKnown: boolean
  reviewGroup: ReviewGroup
  conflictOfInterest: readonly string[]
  restriction: Restriction
}
export type Guard = keyof Guarded

/** What a change does: nothing; keeps the report longer or closer; something else; lets it go, shows or hides it. */
export type Effect = 'nothing' | 'tightens' | 'changes' | 'loosens'

/** What an effect depends on beside the values. */
export interface Circumstances {
  /** Whether this is whoever makes the change, be it under another id. */
  isSetter(person: string): boolean
  periods: Pick<Periods, 'unassessedDays'>
  /** Whether an agency of this person may not know of the report. */
  isInConflict(person: string): boolean
}

interface Rule<Value> {
  effect(from: Value, to: Value, circumstances: Circumstances): Effect
  /** Whether there is a report for which this value tightens: otherwise no triager sends it, whatever the report. */
  mayTighten(to: Value): boolean
}

/** Set by anyone; taken back by two. */
const onceSet: Rule<boolean> = {
  effect: (from, to) => (from === to ? 'nothing' : to ? 'tightens' : 'loosens'),
  mayTighten: (to) => to,
}

/** Each guarded field of a report with what a change of it does (contract section 1, "Loosening and hiding"). */
export const guards: { readonly [G in Guard]: Rule<Guarded[G]> } = {
  legalHold: onceSet,
  proceedingsKnown: onceSet,

  // Groups are in order of their periods, so which is longer follows from RETENTION_DAYS too.
  reviewGroup: {
    effect: (from, to, { periods }) => {
      if (from === to) return 'nothing'
      const difference = daysOfGroup(to, periods) - daysOfGroup(from, periods)
      return difference > 0 ? 'tightens' : difference < 0 ? 'loosens' : 'changes'
    },
    mayTighten: () => true,
  },

  // An agency more is one from which it is hidden; one fewer is one to which it is shown.
  conflictOfInterest: {
    effect: (from, to) => (areSame(from, to) ? 'nothing' : 'loosens'),
    mayTighten: () => false,
  },

  restriction: {
    effect: (from, to, { isSetter, isInConflict }) => {
      if (to === null) return from === null ? 'nothing' : 'loosens'
      if (from !== null && areSame(from, to)) return 'nothing'
      if (from === null && to.length === 0) return 'tightens'
      const before = from ?? []
      const added = to.filter((person) => !before.includes(person))
      const isOneRemoved = before.some((person) => !to.includes(person))
      const letsIn = added.some((person) => isSetter(person) || isInConflict(person))
      return isOneRemoved || letsIn ? 'loosens' : 'changes'
    },
    mayTighten: (to) => to !== null && to.length === 0,
  },
}

/** A change of one guarded field. */
export type Change<G extends Guard = Guard> = { [K in G]: { guard: K; to: Guarded[K] } }[G]

export function effectOf<G extends Guard>(
  change: Change<G>,
  before: Guarded,
  circumstances: Circumstances,
): Effect {
  return guards[change.guard].effect(before[change.guard], change.to, circumstances)
}

export function mayTighten<G extends Guard>(change: Change<G>): boolean {
  return guards[change.guard].mayTighten(change.to)
}

/** Whether two changes lead to the same. */
export function isSameChange(one: Change, other: Change): boolean {
  if (one.guard !== other.guard) return false
  return Array.isArray(one.to) && Array.isArray(other.to) ? areSame(one.to, other.to) : one.to === other.to
}

/** Whether two lists hold the same, in whatever order. */
function areSame(one: readonly string[], other: readonly string[]): boolean {
  const held = new Set(other)
  return new Set(one).size === held.size && one.every((value) => held.has(value))
}
