import type { LocalTokens } from '../../auth/localTokens.ts'
import type { OidcSubjects } from '../../auth/subjects.ts'
import type { StaffRole } from '../../vocabulary/roles.ts'

/** A token or login that lets somebody in, and as what. A login that was mapped and not yet seen has no role. */
export interface WayIn {
  id: string
  role: StaffRole | null
  agency: string | null
}

/** Every way in that is good now. Somebody may have several. */
export async function waysIn(
  tokens: Pick<LocalTokens, 'list'>,
  subjects: Pick<OidcSubjects, 'list'>,
): Promise<WayIn[]> {
  const byToken = (await tokens.list()).flatMap(({ person, state }) =>
    'id' in person && state === 'good' ? [person] : [],
  )
  const byLogin = (await subjects.list()).filter(({ state }) => state === 'good')
  return [...byToken, ...byLogin].map(({ id, role, agency }) => ({ id, role, agency }))
}
