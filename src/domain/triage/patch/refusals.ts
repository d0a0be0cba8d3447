import { mayDo } from '../../../auth/permissions.ts'
import type { ReportPatch } from '../../../schemas/casework.ts'
import { listAgencies } from '../../../storage/agencies.ts'
import type { Query } from '../../../storage/pool.ts'
import { knownStaff } from '../../../storage/reportChanges.ts'
import { agencyName } from '../../../vocabulary/agencies.ts'
import { Fault, invalid } from '../../../vocabulary/faults.ts'
import type { Person } from '../../../vocabulary/person.ts'
import { mayEverMoveTo } from '../../../vocabulary/transitions.ts'
import { mayTighten } from './guards.ts'
import { changeOf, wantedIn } from './wanted.ts'

/** What this role may not do to any report, and so before it is told whether there is this one. */
export function refuseByRole(person: Person, patch: ReportPatch): void {
  const { role } = person
  const { status, suspectedMalicious } = patch
  const loosens = wantedIn(patch).some((wanted) => !mayTighten(changeOf(wanted, null)))
  const isRefused =
    (status !== undefined && !mayEverMoveTo(role, status)) ||
    (suspectedMalicious !== undefined && !mayDo(role, 'reports.suspect')) ||
    (loosens && !mayDo(role, 'guards.loosen'))
  if (isRefused) throw new Fault('forbidden')
}

const ofStubs: readonly string[] = ['restrictedTo', 'reason']

/** To whom the report is only a stub, naming people is the one thing to do. */
export function refuseByStub(patch: ReportPatch): void {
  if (Object.keys(patch).some((field) => !ofStubs.includes(field))) throw new Fault('forbidden')
}

export async function refuseUnknownPeople(
  query: Query,
  { assignee, restrictedTo }: ReportPatch,
): Promise<void> {
  const people = [...(assignee ? [assignee] : []), ...(restrictedTo ?? [])]
  if (people.length === 0) return
  const known = await knownStaff(query, people)
  if (assignee && !known.includes(assignee))
    throw invalid('/assignee', 'unknown-person', 'must be a member of staff')
  const stranger = (restrictedTo ?? []).findIndex((one) => !known.includes(one))
  if (stranger >= 0) throw invalid(`/restrictedTo/${stranger}`, 'unknown-person', 'must be a member of staff')
}

/** A slug with a slip in it would shut nobody out, or lead nowhere. */
export async function refuseUnknownAgencies(query: Query, patch: ReportPatch): Promise<void> {
  const { leadAgency, supportAgencies, conflictOfInterest } = patch
  const given = [
    ...(leadAgency === undefined ? [] : [{ slug: leadAgency, pointer: '/leadAgency' }]),
    ...(supportAgencies ?? []).map((slug, i) => ({ slug, pointer: `/supportAgencies/${i}` })),
    ...(conflictOfInterest ?? []).map((slug, i) => ({ slug, pointer: `/conflictOfInterest/${i}` })),
  ].filter(({ slug }) => agencyName(slug) === undefined)
  if (given.length === 0) return
  const added = await listAgencies(query)
  // Of a provider only a conflict can be told: nothing goes there.
  const stranger = given.find(({ slug, pointer }) =>
    added.every((one) => one.slug !== slug || (one.kind === 'provider' && !pointer.startsWith('/conflict'))),
  )
  if (stranger !== undefined) throw invalid(stranger.pointer, 'unknown-agency', 'must be a known agency')
}
