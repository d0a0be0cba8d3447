import { type Deed, deeds } from '../../audit/deeds.ts'
import { type Decision, type Outcome, takesHold } from './decide.ts'
import { type Guarded, isSameChange } from './guards.ts'
import { changeOf } from './wanted.ts'

/**
 * What was done by a patch, nothing if it changed nothing: the fields that changed; what waits no longer; what waits from now on for a second
 * supervisor; what got one.
 */
export function recordsOf(
  id: string,
  ordinary: readonly string[],
  before: Guarded,
  decisions: readonly Decision[],
): Deed[] {
  const changed = [...ordinary, ...decisions.filter(takesHold).flatMap((one) => namesOf(one, before))]
  const confirmations = [
    ['withdrawn', decisions.filter((one) => isWithdrawn(one, before)).map(fieldThatWaited)],
    ['needed', fieldsOf(decisions, 'waits')],
    ['given', fieldsOf(decisions, 'confirmed')],
  ] as const
  const said = confirmations
    .filter(([, fields]) => fields.length > 0)
    .map(([what, fields]) => deeds.confirmation(id, what, fields))
  return changed.length > 0 ? [deeds.reportChanged(id, changed), ...said] : said
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
