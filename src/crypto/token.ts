import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { lengthPrefixed, optionalPart } from './lengthPrefixed.ts'

/** All that a stored token row says, and so all that its MAC covers. */
export type TokenClaims = {
  hash: Uint8Array
  personId: string
  name: string
  role: string
  agency: string | null
  /** RFC 3339 */
  expires: string
}

const shape = /^sotto_[A-Za-z0-9_-]{43}$/

/** A new staff token: `sotto_` and 32 random bytes as base64url. It is shown once and stored nowhere. */
export function newStaffToken(): string {
  return `sotto_${randomBytes(32).toString('base64url')}`
}

/** Whether a bearer token looks like one of ours (and not like an OIDC access token). */
export function isStaffToken(text: string): boolean {
  return shape.test(text)
}

/** SHA-256 of the whole token: what is stored. The token has 256 random bits, so it needs no slow hash. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** HMAC-SHA-256 over the claims: without the keyring's `token` key, a row written into the database opens nothing. */
export function macToken(secret: Uint8Array, claims: TokenClaims): Buffer {
  const { hash, personId, name, role, agency, expires } = claims
  return createHmac('sha256', secret)
    .update(
      lengthPrefixed('sotto/1/staff-token', hash, personId, name, role, ...optionalPart(agency), expires),
    )
    .digest()
}

/** Whether `mac` belongs to these claims; takes the same time wherever they differ. */
export function tokenMacMatches(secret: Uint8Array, claims: TokenClaims, mac: Uint8Array): boolean {
  const expected = macToken(secret, claims)
  return mac.length === expected.length && timingSafeEqual(mac, expected)
}
