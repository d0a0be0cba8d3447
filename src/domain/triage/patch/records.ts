import type { ReportPatch } from '../../../schemas/casework.ts'
import { guardedFields } from '../../../schemas/pending.ts'
import { type Decision, type Outcome, takesHold } from './decide.ts'
import { type Guarded, isSameChange } from './guards.ts'
import { changeOf } from './wanted.ts'

/**
 * What the audit trail says of a patch, a target for each record: the fields that changed; what waits no longer; what
 * waits from now on for a second supervisor; what got one. Events follow from them (domain/events/eventOf.ts).
 */
export function recordsOf(
  id: string,
  patch: ReportPatch,
  before: Guarded,
  decisions: readonly Decision[],
): string[] {
  const said: [string, readonly string[]][] = [
    ['', [...ordinaryIn(patch), ...decisions.filter(takesHold).flatMap((one) => namesOf(one, before))]],
    ['confirmation/withdrawn/', decisions.filter((one) => isWithdrawn(one, before)).map(fieldThatWaited)],
    ['confirmation/needed/', fieldsOf(decisions, 'waits')],
    ['confirmation/given/', fieldsOf(decisions, 'confirmed')],
  ]
  const targets = said
    .filter(([, names]) => names.length > 0)
    .map(([act, names]) => `report/${id}/${act}${[...names].sort().join(',')}`)
  return targets.length > 0 ? targets : [`report/${id}/unchanged`]
}

const guardedOrWhy: readonly string[] = [...guardedFields, 'reason']

function ordinaryIn(patch: ReportPatch): string[] {
  return Object.keys(patch).filter((field) => !guardedOrWhy.includes(field))
}

/** Of a restriction, whether it began, ended, or names others: auditors are shown since when (storage/restricted.ts). */
function namesOf({ wanted, change }: Decision, { restriction }: Guarded): string[] {
  if (change.guard !== 'restriction') return [wanted.field]
  if (change.to === null) return ['unrestricted']
  const began = restriction === null ? ['restricted'] : []
  return change.to.length > 0 || restriction !== null ? [...began, 'restrictedTo'] : began
}

/** Whether what waited is given up: another value was sent, or the one that the field has. */
function isWithdrawn({ outcome, replaces, change }: Decision, { restriction }: Guarded): boolean {
  if (replaces === undefined || outcome === 'confirmed') return false
  return outcome !== 'waits' || !isSameChange(changeOf(replaces, restriction), change)
}

function fieldThatWaited({ replaces, wanted }: Decision): string {
  return replaces?.field ?? wanted.field
}

function fieldsOf(decisions: readonly Decision[], wanted: Outcome): string[] {
  return decisions.filter(({ outcome }) => outcome === wanted).map((one) => one.wanted.field)
}
