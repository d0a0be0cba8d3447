import type { Case, ReportPatch } from '../../../schemas/casework.ts'
import type { GuardedField, GuardedValue } from '../../../schemas/pending.ts'
import { reviewGroups } from '../../../schemas/triage.ts'
import type { SealedReportRow } from '../../../storage/reports.ts'
import { invalid } from '../../../vocabulary/faults.ts'
import type { Change, Guarded, Restriction, ReviewGroup } from './guards.ts'

/** What a patch says of one guarded field, without null where it stands for another value. */
export interface Wanted {
  field: GuardedField
  value: GuardedValue
}

/** How a report stands. */
export function guardedOf(report: SealedReportRow, { proceedingsKnown }: Case): Guarded {
  return {
    legalHold: report.legalHold,
    proceedingsKnown,
    reviewGroup: groupOf(report.reviewGroup),
    conflictOfInterest: report.conflictOfInterest,
    restriction: report.restricted ? report.restrictedTo : null,
  }
}

/** What a patch says of guarded fields. */
export function wantedIn(patch: ReportPatch): Wanted[] {
  const { legalHold, proceedingsKnown, reviewGroup, conflictOfInterest, restricted, restrictedTo } = patch
  const saysBoth = restricted !== undefined && restrictedTo !== undefined
  if (saysBoth && (restricted === true) === (restrictedTo === null)) {
    throw invalid('/restricted', 'contradictory', 'must say the same as restrictedTo')
  }
  const given: [GuardedField, GuardedValue | undefined][] = [
    ['legalHold', orIfNull(legalHold, false)],
    ['proceedingsKnown', orIfNull(proceedingsKnown, false)],
    ['reviewGroup', orIfNull(reviewGroup, 'unassessed')],
    ['conflictOfInterest', orIfNull(conflictOfInterest, [])],
    ['restricted', restrictedTo === undefined ? orIfNull(restricted, false) : undefined],
    ['restrictedTo', restrictedTo],
  ]
  return given.flatMap(([field, value]) => (value === undefined ? [] : [{ field, value }]))
}

function orIfNull<T>(value: T | null | undefined, empty: T): T | undefined {
  return value === null ? empty : value
}

/** The change that a field's value stands for, beside whom the report names now. */
export function changeOf({ field, value }: Wanted, restriction: Restriction): Change {
  switch (field) {
    case 'legalHold':
    case 'proceedingsKnown':
      return { guard: field, to: value === true }
    case 'reviewGroup':
      return { guard: field, to: groupOf(value) }
    case 'conflictOfInterest':
      return { guard: field, to: listOf(value) }
    case 'restricted':
      // To restrict what is restricted leaves named whom it names.
      return { guard: 'restriction', to: value === true ? (restriction ?? []) : null }
    case 'restrictedTo':
      return { guard: 'restriction', to: value === null ? null : listOf(value) }
  }
}

function listOf(value: GuardedValue): string[] {
  return Array.isArray(value) ? value : []
}

function groupOf(value: GuardedValue): ReviewGroup {
  return reviewGroups.find((group) => group === value) ?? 'unassessed'
}
