import { createHash } from 'node:crypto'
import type { Person } from '../../vocabulary/person.ts'

/** What the trail says of changes to who may come in. Names and logins are not in it: a person's id is. */

/** A token was made for somebody, with what it lets them be. */
export function tokenTarget({ id, role, agency }: Pick<Person, 'id' | 'role' | 'agency'>): string {
  return ['staff', id, 'token', role, ...(agency === null ? [] : [agency])].join('/')
}

/** A subject of an OIDC issuer was said to be somebody: as a hash, by which whoever knows the two can find it. */
export function loginTarget(id: string, issuer: string, subject: string): string {
  const hash = createHash('sha256').update(`${issuer}\n${subject}`).digest('hex')
  return `staff/${id}/login/sha256=${hash}`
}

/** All of somebody's tokens and logins were ended. */
export function revocationTarget(id: string): string {
  return `staff/${id}/revoked`
}
