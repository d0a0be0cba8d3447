import type { Filed, Group, Person, Waiting } from './model.ts'
import { isConflicted, isGraded, readsReports, sightOf } from './model.ts'

/** What becomes of a change that could make a report vanish (contract section 1, "Loosening and hiding"). */

export type Change = Pick<Waiting, 'field' | 'value'>

type Effect = 'nothing' | 'tightens' | 'changes' | 'loosens'

/** Who wants a change of what, among whom, and when. */
interface Wish {
  report: Filed
  person: Person
  wanted: Change
  people: readonly Person[]
  today: string
}

/** As it goes over the wire. */
export function bodyOf({ field, value }: Change): Record<string, unknown> {
  if (field !== 'restriction') return { [field]: value, reason: 'Simulated' }
  return isNobody(value) ? { restricted: true } : { restrictedTo: value, reason: 'Simulated' }
}

/** What the service has to answer. Where it changes something, the report of the model has changed with it. */
export function change(wish: Wish): number {
  const refused = refusalBySight(wish)
  if (refused !== undefined) return refused
  const { report, person, wanted } = wish
  const effect = effectOf(wish)
  if (person.role === 'triager' && !tightensAtMost(effect)) return 403
  const waiting = report.pending.find(({ field }) => field === wanted.field)
  const isSecond = waiting !== undefined && waiting.by !== person.id && isSame(waiting.value, wanted.value)
  const waits = effect === 'loosens' && !isSecond
  const stillWaits = waits && isAskedAgain(wish, waiting)
  if (isUnfit(wish, effect, isSecond ? waiting.by : person.id, waits && !stillWaits)) return 400

  if (stillWaits) return 202
  const withdraws = person.role === 'supervisor' && waiting !== undefined
  if (effect === 'nothing' && !withdraws) return 200
  return take(wish, effect, waiting, waits)
}

/** It changes the report, at once or once another wants the same. */
function take(wish: Wish, effect: Effect, waiting: Waiting | undefined, waits: boolean): number {
  const { report, person, wanted } = wish
  report.version += 1
  // What waits is between supervisors.
  if (person.role === 'supervisor') report.pending = report.pending.filter((one) => one !== waiting)
  if (waits) {
    report.pending.push({ ...wanted, by: person.id })
    return 202
  }
  if (effect !== 'nothing') hold(wish, effect)
  return 200
}

const tightensAtMost = (effect: Effect) => effect === 'nothing' || effect === 'tightens'

/** What the person may not do by their role, or by how much they see of the report. */
function refusalBySight({ report, person, wanted: { field, value } }: Wish): number | undefined {
  const mayTighten = field === 'reviewGroup' || (field === 'restriction' ? isNobody(value) : value === true)
  if (!readsReports(person) || (person.role === 'triager' && !mayTighten)) return 403
  const sight = sightOf(person, report)
  if (sight === 'nothing') return 404
  const namesPeople = field === 'restriction' && !isNobody(value)
  return sight === 'stub' && !namesPeople ? 403 : undefined
}

function hold({ report, wanted: { field, value }, today }: Wish, effect: Effect): void {
  if (field === 'restriction') report.restriction = value === null ? null : listOf(value)
  if (field === 'conflictOfInterest') setConflict(report, listOf(value))
  if (field === 'legalHold') report.legalHold = value === true
  if (field === 'proceedingsKnown') report.proceedingsKnown = value === true
  if (field === 'reviewGroup') report.reviewGroup = value as Group
  const isOfKeeping = field !== 'restriction' && field !== 'conflictOfInterest'
  if (isOfKeeping && effect === 'loosens') report.loosenedOn = today
}

/** What an agency was told of what it submitted itself stays as it was. */
function setConflict(report: Filed, agencies: readonly string[]): void {
  const was = isConflicted(report)
  report.conflictOfInterest = agencies
  if (isConflicted(report) === was) return
  report.toldBefore = was ? undefined : { status: report.status, isGraded: isGraded(report) }
}

function effectOf(wish: Wish): Effect {
  const { report, wanted } = wish
  if (wanted.field === 'restriction') return effectOfNaming(wish)
  if (isSame(report[wanted.field], wanted.value)) return 'nothing'
  if (wanted.field === 'reviewGroup') return effectOfGroup(report.reviewGroup, wanted.value as Group)
  return wanted.value === true ? 'tightens' : 'loosens'
}

const yearsOf = { '1': 100, '2': 10, '3': 6, '4': 1, unassessed: 1 } as const

function effectOfGroup(from: Group, to: Group): Effect {
  const longer = yearsOf[to] - yearsOf[from]
  return longer > 0 ? 'tightens' : longer < 0 ? 'loosens' : 'changes'
}

function effectOfNaming({ report, person, wanted: { value }, people }: Wish): Effect {
  const before = report.restriction
  if (value === null) return before === null ? 'nothing' : 'loosens'
  // `restricted: true` says nothing of whom it names.
  if (isNobody(value)) return before === null ? 'tightens' : 'nothing'
  if (before !== null && isSame(before, value)) return 'nothing'
  const named = listOf(value)
  const letsIn = (id: string) => id === person.id || isOf(id, report.conflictOfInterest, people)
  const hides = (before ?? []).some((id) => !named.includes(id))
  return hides || named.some((id) => !before?.includes(id) && letsIn(id)) ? 'loosens' : 'changes'
}

const isAskedAgain = ({ person, wanted }: Wish, waiting: Waiting | undefined) =>
  waiting?.by === person.id && isSame(waiting.value, wanted.value)

/** Whether it names too few, or leaves open what becomes of those whom a conflict should shut out. */
function isUnfit({ report, wanted, people }: Wish, effect: Effect, setter: string, waits: boolean): boolean {
  const named = listOf(wanted.value)
  if (wanted.field === 'conflictOfInterest') {
    return waits && (report.restriction ?? []).some((id) => isOf(id, named, people))
  }
  if (wanted.field !== 'restriction' || named.length === 0 || effect === 'nothing') return false
  const readers = people.filter((one) => named.includes(one.id) && readsReports(one))
  return readers.length < 2 || !readers.some(({ id, role }) => role === 'supervisor' && id !== setter)
}

function isOf(id: string, agencies: readonly string[], people: readonly Person[]): boolean {
  const agency = people.find((one) => one.id === id)?.agency ?? null
  return agency !== null && agencies.includes(agency)
}

function isSame(one: Waiting['value'], other: Waiting['value']): boolean {
  const ordered = (value: Waiting['value']) =>
    JSON.stringify(typeof value === 'object' && value !== null ? [...value].sort() : value)
  return ordered(one) === ordered(other)
}

function listOf(value: Waiting['value']): readonly string[] {
  return typeof value === 'object' && value !== null ? value : []
}

function isNobody(value: Waiting['value']): boolean {
  return Array.isArray(value) && value.length === 0
}
