import type { LocalTokens } from '../../auth/localTokens.ts'
import type { OidcSubjects } from '../../auth/subjects.ts'
import type { StaffRole } from '../../vocabulary/roles.ts'

export interface AssignablePerson {
  id: string
  name: string
  role: StaffRole
  agency: string | null
}

const working: readonly StaffRole[] = ['triager', 'supervisor']

/** The people who can be given a report: triagers and supervisors with a token that opens something, or who log in. */
export async function assignableStaff(
  tokens: Pick<LocalTokens, 'list'>,
  subjects: Pick<OidcSubjects, 'list'>,
): Promise<AssignablePerson[]> {
  const withTokens = (await tokens.list()).flatMap(({ person, state }) =>
    'id' in person ? [{ ...person, state }] : [],
  )
  const people = new Map<string, AssignablePerson>()
  for (const { id, name, role, agency, state } of [...withTokens, ...(await subjects.list())]) {
    if (state !== 'good' || role === null || !working.includes(role)) continue
    // Somebody with tokens of both roles is a supervisor.
    if (people.get(id)?.role !== 'supervisor') people.set(id, { id, name, role, agency })
  }
  return [...people.values()]
}
