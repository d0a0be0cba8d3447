import { mayDo } from '../../../auth/permissions.ts'
import { invalid } from '../../../vocabulary/faults.ts'
import type { Person } from '../../../vocabulary/person.ts'
import type { WayIn } from '../../staff/waysIn.ts'
import { afterChanges, type Decision, takesHold } from './decide.ts'
import type { Guard, Guarded } from './guards.ts'

/** Whom a report may name, so that it cannot be made to vanish from all who would act on it. */

/** How many of the named must be able to sign in. With fewer, supervisors see the stub again (storage/visibility.ts). */
const atLeast = 2

/** What is known of people. */
interface Known {
  ways: readonly WayIn[]
  /** Whether an agency of theirs is among those that the change adds to the conflict. */
  inNewConflict(person: string): boolean
  /** The same id for all rows that are one person. */
  onePerson(id: string): string
}

/** Refuses what would make the report vanish from all who would act on it, at once or once it is confirmed. */
export function refuseVanishing(
  person: Person,
  before: Guarded,
  decisions: readonly Decision[],
  { ways, inNewConflict, onePerson }: Known,
): void {
  const ofGuard = (wanted: Guard) => decisions.find(({ change: { guard } }) => guard === wanted)
  const [restriction, conflict] = [ofGuard('restriction'), ofGuard('conflictOfInterest')]
  const intended = afterChanges(before, decisions)
  const held = afterChanges(before, decisions.filter(takesHold))
  for (const one of [restriction, conflict]) {
    if (one === undefined || one.outcome === 'unchanged' || one.effect === 'tightens') continue
    const { change, outcome, replaces } = one
    const setter = outcome === 'confirmed' ? (replaces?.by ?? person.id) : person.id
    if (change.guard === 'restriction' && change.to?.length) refuseTooFew(change.to, setter, ways, onePerson)
    refuseNobodyLeft(outcome === 'waits' ? intended : held, ways, onePerson)
  }
  if (conflict?.outcome === 'waits' && restriction === undefined)
    refuseSilentConflict(intended, inNewConflict)
}

/** Refuses names that leave fewer than two people who can sign in, or no supervisor but whoever sets them. */
function refuseTooFew(
  named: readonly string[],
  setter: string,
  ways: readonly WayIn[],
  onePerson: Known['onePerson'],
): void {
  if (readersAmong(named, ways, onePerson).size < atLeast) {
    throw invalid('/restrictedTo', 'too-few', 'must name at least two people who can sign in')
  }
  const others = ways.filter(
    ({ id, role }) =>
      role !== null &&
      mayDo(role, 'guards.loosen') &&
      onePerson(id) !== onePerson(setter) &&
      named.includes(id),
  )
  if (others.length === 0) {
    throw invalid('/restrictedTo', 'no-supervisor', 'must name a supervisor other than who sets it')
  }
}

/** Refuses a conflict, or the end of naming, after which no supervisor could so much as see that the report is there. */
function refuseNobodyLeft(
  { conflictOfInterest, restriction }: Guarded,
  ways: readonly WayIn[],
  onePerson: Known['onePerson'],
): void {
  if (readersAmong(restriction ?? [], ways, onePerson).size >= atLeast) return
  const isLeft = ways.some(
    ({ role, agency }) =>
      role !== null && mayDo(role, 'reports.see-unnamed') && !isOneOf(agency, conflictOfInterest),
  )
  if (isLeft) return
  throw invalid('/restrictedTo', 'required', 'must name people: no supervisor would be left without')
}

/**
 * Refuses agencies more in conflict, if nothing is said of those named who are of these: they would go on seeing the
 * report. Whoever ends a conflict, or leaves an agency in it that was, is asked for nothing.
 */
function refuseSilentConflict({ restriction }: Guarded, inNewConflict: (person: string) => boolean): void {
  if (!(restriction ?? []).some(inNewConflict)) return
  throw invalid('/restrictedTo', 'required', 'must be given: somebody named is of an agency in conflict')
}

/** Whether somebody has a way in by an agency in conflict. */
export function conflictAmong(ways: readonly WayIn[], agencies: readonly string[]) {
  const ids = new Set(ways.filter(({ agency }) => isOneOf(agency, agencies)).map(({ id }) => id))
  return (person: string): boolean => ids.has(person)
}

function isOneOf(agency: string | null, agencies: readonly string[]): boolean {
  return agency !== null && agencies.includes(agency)
}

function readersAmong(
  named: readonly string[],
  ways: readonly WayIn[],
  onePerson: Known['onePerson'],
): Set<string> {
  const mayRead = ({ role }: WayIn) => role === null || mayDo(role, 'reports.work')
  return new Set(ways.filter((way) => mayRead(way) && named.includes(way.id)).map(({ id }) => onePerson(id)))
}
