import { createHmac, timingSafeEqual } from 'node:crypto'
import { lengthPrefixed } from './lengthPrefixed.ts'

/** All that a stored mapping says, and so all that its MAC covers. */
export type SubjectClaims = {
  issuer: string
  subject: string
  personId: string
  name: string
}

/** HMAC-SHA-256 over the mapping: without the keyring's `token` key, a row written into the database makes nobody anybody. */
export function macSubject(secret: Uint8Array, { issuer, subject, personId, name }: SubjectClaims): Buffer {
  return createHmac('sha256', secret)
    .update(lengthPrefixed('sotto/1/staff-subject', issuer, subject, personId, name))
    .digest()
}

/** Whether `mac` belongs to this mapping; takes the same time wherever they differ. */
export function subjectMacMatches(secret: Uint8Array, claims: SubjectClaims, mac: Uint8Array): boolean {
  const expected = macSubject(secret, claims)
  return mac.length === expected.length && timingSafeEqual(mac, expected)
}
