import { isDeepStrictEqual } from 'node:util'
import type { Case, ReportPatch } from '../../../schemas/casework.ts'
import type { ReportChanges } from '../../../storage/reportChanges.ts'
import type { ReportRow } from '../../../storage/reports.ts'
import { rankOf } from '../../../vocabulary/priority.ts'
import type { Change } from './guards.ts'

/** What of a patch anyone may change at once; null is read as what it clears a field to. */
export function ordinaryChanges(patch: ReportPatch): ReportChanges {
  const { priority, supportAgencies, suspectedMalicious } = patch
  return {
    status: patch.status,
    priority: priority === undefined ? undefined : rankOf(priority),
    category: patch.category,
    leadAgency: patch.leadAgency,
    supportAgencies: cleared(supportAgencies, []),
    suspectedMalicious: cleared(suspectedMalicious, false),
    assignee: patch.assignee,
    attentionBy: patch.attentionBy,
  }
}

const inClear = [
  'status',
  'priority',
  'category',
  'leadAgency',
  'supportAgencies',
  'suspectedMalicious',
  'assignee',
  'attentionBy',
] as const
const sealed = ['deconfliction', 'referrals', 'disclosureRequests', 'closeReason'] as const

/** Which fields that anyone may change a patch gives another value. */
export function changedFields(patch: ReportPatch, row: ReportRow, before: Case, after: Case): string[] {
  const changes = ordinaryChanges(patch)
  return [
    ...inClear.filter((field) => changes[field] !== undefined && !isSame(changes[field], row[field])),
    ...sealed.filter((field) => patch[field] !== undefined && !isSame(after[field], before[field])),
  ]
}

/** Neither the order of an object's names nor that of a list of agencies says anything. */
function isSame(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(plain(one), plain(other))
}

function plain(value: unknown): unknown {
  if (value === undefined) return undefined
  const copy: unknown = JSON.parse(JSON.stringify(value))
  return Array.isArray(copy) && copy.every((one) => typeof one === 'string') ? copy.toSorted() : copy
}

/** The clear columns of a guarded change. Proceedings are sealed. */
export function guardedChanges({ guard, to }: Change): ReportChanges {
  switch (guard) {
    case 'legalHold':
      return { legalHold: to }
    case 'reviewGroup':
      return { reviewGroup: to }
    case 'conflictOfInterest':
      return { conflictOfInterest: to }
    case 'restriction':
      return { restricted: to !== null, restrictedTo: to ?? [] }
    case 'proceedingsKnown':
      return {}
  }
}

/** RFC 7396 over the sealed fields that anyone may change: the same object if nothing of it changes. */
export function mergeCase(content: Case, patch: ReportPatch): Case {
  const { deconfliction, referrals, disclosureRequests, closeReason, status } = patch
  const reopened = status !== undefined && status !== 'closed' && closeReason === undefined
  const merged: Case = {
    ...content,
    deconfliction: deconfliction === undefined ? content.deconfliction : (deconfliction ?? 'not-needed'),
    referrals: referrals === undefined ? content.referrals : (referrals ?? []),
    disclosureRequests:
      disclosureRequests === undefined ? content.disclosureRequests : (disclosureRequests ?? []),
    closeReason: closeReason === undefined ? (reopened ? null : content.closeReason) : closeReason,
  }
  return isSameCase(merged, content) ? content : merged
}

export function isSameCase(one: Case, other: Case): boolean {
  return isSame(one, other)
}

/** What null clears a field to; undefined leaves it. */
function cleared<T>(value: T | null | undefined, empty: T): T | undefined {
  return value === null ? empty : value
}
