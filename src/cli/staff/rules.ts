import { isSubject } from '../../auth/subjects.ts'
import { isTrustworthyUrl } from '../../auth/trustworthyUrl.ts'
import { isStaffRole, type StaffRole, staffRoles } from '../../vocabulary/roles.ts'
import { UsageError } from '../command.ts'

/** A person's name: no control or invisible characters, no spaces at its ends, one spelling of accents. */
export function nameOf(given: string): string {
  const name = given.normalize('NFC')
  const length = [...name].length
  if (length < 1 || length > 200 || name !== name.trim() || invisible.test(name)) {
    throw new UsageError(
      '--name must be 1 to 200 characters, none of them invisible, without spaces at its ends',
    )
  }
  return name
}

/** U+2800 is a sign without dots. */
const invisible = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u

export function roleOf(given: string): StaffRole {
  if (!isStaffRole(given)) throw new UsageError(`--role must be one of ${staffRoles.join(', ')}`)
  return given
}

/** The agency of a person. Partners must have one: it decides what they see. */
export function agencyOf(given: string | undefined, role: StaffRole): string | null {
  if (given === undefined) {
    if (role === 'partner') throw new UsageError('--role partner needs --agency A')
    return null
  }
  return slugOf(given, '--agency')
}

/** The slug of an agency. */
export function slugOf(given: string, option: string): string {
  if (!/^[a-z][a-z0-9-]{0,63}$/.test(given)) {
    throw new UsageError(`${option} must be a slug: a small letter, then up to 63 of a-z 0-9 -`)
  }
  return given
}

export function daysOf(given: string): number {
  const days = /^\d{1,4}$/.test(given) ? Number(given) : 0
  if (days < 1 || days > 3650) throw new UsageError('--days must be a whole number from 1 to 3650')
  return days
}

export function issuerOf(given: string): string {
  if (!isTrustworthyUrl(given)) throw new UsageError('--issuer must be an https:// URL, as in OIDC_ISSUER')
  return given
}

export function subjectOf(given: string): string {
  if (!isSubject(given)) {
    throw new UsageError('--subject must be 1 to 255 ASCII characters without spaces at its ends')
  }
  return given
}
