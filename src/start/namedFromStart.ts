import { NameInDoubt, peopleMeant } from '../auth/people.ts'
import { mayDo } from '../auth/permissions.ts'
import { administered } from '../domain/audit/deeds.ts'
import type { AuditTrail } from '../domain/audit/trail.ts'
import type { WayIn } from '../domain/staff/waysIn.ts'
import type { Log } from '../log.ts'
import { ConfigError } from '../settings.ts'
import type { Pool } from '../storage/pool.ts'
import { namedFromStart, replaceNamedFromStart } from '../storage/restricted.ts'
import { everybody } from '../storage/staff.ts'

/** The people whom RESTRICTED_TO means, by their ids or names. Throws ConfigError where it means nobody, or leaves it open. */
export async function peopleInSetting(
  pool: Pool<'sotto_triage'>,
  given: readonly string[],
): Promise<string[]> {
  if (given.length === 0) return []
  const people = await everybody(pool.query)
  return given.flatMap((one, index) => {
    try {
      return peopleMeant(people, one).map(({ id }) => id)
    } catch (error) {
      if (!(error instanceof NameInDoubt)) throw error
      const wrong = error.why === 'several' ? 'is the name of several people: give an id' : 'is nobody'
      throw new ConfigError(`RESTRICTED_TO: number ${index + 1} ${wrong} (see sotto staff list)`)
    }
  })
}

/** Lets these people be named on reports of corruption from now on. A change of whom is recorded. */
export async function nameFromStart(
  pool: Pool<'sotto_triage'>,
  audit: AuditTrail,
  ids: readonly string[],
): Promise<void> {
  const wanted = [...new Set(ids)].sort()
  await pool.transaction(async (query) => {
    if ((await namedFromStart(query)).join() === wanted.join()) return
    await replaceNamedFromStart(query, wanted)
    const deed = administered('setting/restricted-to')
    await audit.append(query, { actor: 'operator', role: 'service', ...deed, recipients: wanted })
  })
}

/** Says where too few of them can sign in: until then supervisors see the stubs of what names them. */
export function warnOfTooFew(log: Log, ids: readonly string[], ways: readonly WayIn[]): void {
  if (ids.length === 0) return
  const left = ways.filter(({ id }) => ids.includes(id))
  const people = new Set(left.map(({ id }) => id))
  if (people.size >= 2 && left.some(({ role }) => role !== null && mayDo(role, 'guards.loosen'))) return
  log.warn('RESTRICTED_TO: fewer than two of these people can sign in, or no supervisor among them')
}
