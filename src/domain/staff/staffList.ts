import type { LocalTokens } from '../../auth/localTokens.ts'
import { mayDo } from '../../auth/permissions.ts'
import type { OidcSubjects } from '../../auth/subjects.ts'
import type { Person } from '../../vocabulary/person.ts'
import type { StaffRole } from '../../vocabulary/roles.ts'

export interface ListedPerson {
  id: string
  name: string
  role: StaffRole
  agency: string | null
}

/** Somebody as admins see them: until when they get in as this, null where their issuer decides. */
export interface ListedAccess extends ListedPerson {
  expires: string | null
}

interface Doors {
  tokens: Pick<LocalTokens, 'list'>
  subjects: Pick<OidcSubjects, 'list'>
}

/** To admins everybody who gets in, once for each role and agency; to others the people who can be given a report. */
export async function staffList(
  doors: Doors,
  { role }: Pick<Person, 'role'>,
): Promise<ListedPerson[] | ListedAccess[]> {
  const everybody = await accesses(doors)
  return mayDo(role, 'staff.list-all') ? everybody : assignable(everybody)
}

/** Triagers and supervisors. Somebody with tokens of both roles is a supervisor. */
function assignable(everybody: readonly ListedAccess[]): ListedPerson[] {
  const people = new Map<string, ListedPerson>()
  for (const { id, name, role, agency } of everybody) {
    const known = people.get(id)?.role
    if (!mayDo(role, 'reports.work') || (known !== undefined && mayDo(known, 'guards.loosen'))) continue
    people.set(id, { id, name, role, agency })
  }
  return [...people.values()]
}

/** A login that was mapped and not yet seen has no role: it is not here. */
async function accesses({ tokens, subjects }: Doors): Promise<ListedAccess[]> {
  const found = new Map<string, ListedAccess>()
  for (const { person, state } of await tokens.list()) {
    if (state !== 'good' || !('id' in person)) continue
    // By name, the earliest expiry first: the latest of a person and role stays.
    keep(found, { ...person, expires: person.expires.toISOString() })
  }
  for (const { id, name, role, agency, state } of await subjects.list()) {
    if (state === 'good' && role !== null) keep(found, { id, name, role, agency, expires: null })
  }
  return [...found.values()]
}

function keep(found: Map<string, ListedAccess>, { id, name, role, agency, expires }: ListedAccess): void {
  found.set(JSON.stringify([id, role, agency]), { id, name, role, agency, expires })
}
