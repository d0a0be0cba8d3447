import type { LocalTokens } from '../../auth/localTokens.ts'
import type { StaffRole } from '../../auth/roles.ts'

export interface AssignablePerson {
  id: string
  name: string
  role: StaffRole
  agency: string | null
}

const working: readonly StaffRole[] = ['triager', 'supervisor']

/** The people who can be given a report: triagers and supervisors with a token that opens something. */
export async function assignableStaff(tokens: Pick<LocalTokens, 'list'>): Promise<AssignablePerson[]> {
  const people = new Map<string, AssignablePerson>()
  for (const { person, state } of await tokens.list()) {
    if (state !== 'good' || !('id' in person) || !working.includes(person.role)) continue
    const { id, name, role, agency } = person
    // Somebody with tokens of both roles is a supervisor.
    if (people.get(id)?.role !== 'supervisor') people.set(id, { id, name, role, agency })
  }
  return [...people.values()]
}
