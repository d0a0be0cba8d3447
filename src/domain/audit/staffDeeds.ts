import { createHash } from 'node:crypto'
import type { Person } from '../../vocabulary/person.ts'
import { administered, type Deed } from './deeds.ts'

/** What the trail says of changes to who may come in. Names and logins are not in it: a person's id is. */

/** A token was made for somebody, with what it lets them be. */
export function tokenMade({ id, role, agency }: Pick<Person, 'id' | 'role' | 'agency'>): Deed {
  return administered(['staff', id, 'token', role, ...(agency === null ? [] : [agency])].join('/'))
}

/** A subject of an OIDC issuer was said to be somebody: as a hash, by which whoever knows the two can find it. */
export function loginMapped(id: string, issuer: string, subject: string): Deed {
  const hash = createHash('sha256').update(`${issuer}\n${subject}`).digest('hex')
  return administered(`staff/${id}/login/sha256=${hash}`)
}

/** All of somebody's tokens and logins were ended. */
export function accessRevoked(id: string): Deed {
  return administered(`staff/${id}/revoked`)
}

/** One of somebody's tokens was ended. */
export function tokenRevoked(id: string): Deed {
  return administered(`staff/${id}/token/revoked`)
}
