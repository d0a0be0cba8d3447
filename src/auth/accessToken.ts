import type { JWTPayload } from 'jose'

/**
 * Whether a signed token was made to call an API with. An issuer signs other things with the same keys, above all ID
 * tokens, which tell an application who signed in and are handed around freely. RFC 9068 gives access tokens the type
 * `at+jwt`. Issuers from before it say `JWT` or nothing for both: then it must bear an access token's marks and none
 * of an ID token's.
 */
export function isAccessToken({ typ }: { typ?: string }, claims: JWTPayload): boolean {
  // Bound to a key that its holder would have to show (RFC 9449, RFC 8705), which is not asked for here.
  if (claims.cnf !== undefined) return false
  const type = typ?.toLowerCase().replace(/^application\//, '')
  if (type === 'at+jwt') return true
  if (type !== undefined && type !== 'jwt') return false
  if (!hasSome(claims, marksOfAccess) || !saysNothingElse(claims)) return false
  return !hasSome(claims, claims.typ === 'Bearer' ? marksOfOthers : marksOfIdentity)
}

/** What it allows, or to which client it was given (Keycloak, Entra ID, Okta, AD FS). */
const marksOfAccess = ['scope', 'scp', 'client_id']

/** Of ID tokens (OpenID Connect Core, 2 and 3.3.2.11), and of logout tokens. */
const marksOfOthers = ['at_hash', 'c_hash', 's_hash', 'events']
/** Keycloak puts the nonce into its access tokens too, which it tells apart by the claim `typ`. */
const marksOfIdentity = ['nonce', ...marksOfOthers]

function hasSome(claims: JWTPayload, names: string[]): boolean {
  return names.some((name) => claims[name] !== undefined)
}

/** Keycloak says `Bearer`, `ID`, `Refresh` or `Logout` in a claim, Amazon Cognito `access` or `id`. */
function saysNothingElse({ typ = 'Bearer', token_use: use = 'access' }: JWTPayload): boolean {
  return typ === 'Bearer' && use === 'access'
}
