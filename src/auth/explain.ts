import { decodeJwt, decodeProtectedHeader, type JWTPayload, type ProtectedHeaderParameters } from 'jose'
import { Fault } from '../vocabulary/faults.ts'
import { isAccessToken } from './accessToken.ts'
import { agencyOf, isElsewhere, roleOf } from './claims.ts'
import { issuerKeys } from './issuerKeys.ts'
import { algorithms, isInTime, type OidcSettings, verifiedBy } from './oidc.ts'

/** One thing that is asked of a token, and what mends it where it fails. */
export interface Step {
  step: string
  ok: boolean
  /** What to change, and where: a setting's name first, if it is one. */
  remedy?: string
}

interface Read {
  header: ProtectedHeaderParameters
  claims: JWTPayload
}

/**
 * Says of each thing that `oidcTokens` asks of a token whether it holds, and what mends it where not. Of what is in the
 * token it names claims, and shows issuer and audience alone. It is no way in: nothing is decided by it.
 */
export async function explainToken(token: string, settings: OidcSettings, now: Date): Promise<Step[]> {
  const read = readToken(token)
  if (read === undefined) {
    const isLocal = token.startsWith('sotto_')
    const remedy = isLocal
      ? 'This is a local token: `sotto staff list` says which of them are good.'
      : 'The issuer gave an opaque token. Let the front end ask for this API (its scope or audience), so that it gets a JWT.'
    return [{ step: 'it is a JWT', ok: false, remedy }]
  }
  const { header, claims } = read
  const { roleClaim, agencyClaim, roleMap, agencyMap } = settings
  const role = roleOf(claims, settings)
  const agency = agencyOf(claims, settings)
  const held = namesOf(claims)
  return [
    { step: 'it is a JWT', ok: true },
    step(
      `its algorithm is one of ${algorithms.join(', ')}`,
      algorithms.includes(header.alg ?? ''),
      'Let the issuer sign access tokens for this API with one of these.',
    ),
    step(
      'its issuer is OIDC_ISSUER',
      claims.iss === settings.issuer,
      `OIDC_ISSUER: to the letter what the token says: ${shown(claims.iss)}`,
    ),
    step(
      'it is for OIDC_AUDIENCE',
      [claims.aud].flat().includes(settings.audience),
      `OIDC_AUDIENCE: the token says ${[claims.aud].flat().map(shown).join(', ')}. If none of these is this API, let the front end ask for it.`,
    ),
    await signatureStep(token, settings),
    step(
      'its time has come and is not over',
      isInTime(claims, now),
      claims.exp === undefined
        ? 'Let the issuer put `exp` into access tokens.'
        : 'Fetch a fresh one. If it is fresh, set the clock of this host or of the issuer.',
    ),
    step(
      'it says whose it is',
      typeof claims.sub === 'string',
      'Let the issuer put `sub` into access tokens (Keycloak: client scope `basic`, no lightweight access token).',
    ),
    step(
      'it is an access token',
      isAccessToken(header, claims),
      'Send the access token, not the ID token. It must have the header type at+jwt, or `scope`, `scp` or `client_id`, and must not be bound to a key (`cnf`).',
    ),
    step(
      'its claims are in it',
      !isElsewhere(claims, settings),
      'Too many groups: Entra ID leaves them out. Let the token have only groups assigned to the application, or use app roles (OIDC_ROLE_CLAIM=roles).',
    ),
    step(
      `it has one role in ${roleClaim}`,
      role !== undefined,
      roleMap === undefined
        ? `OIDC_ROLE_CLAIM: the claim with exactly one of Sotto's roles (the token has ${held}). OIDC_ROLE_MAP: where the issuer calls them otherwise.`
        : `OIDC_ROLE_MAP: exactly one role for the values in OIDC_ROLE_CLAIM (the token has ${held}).`,
    ),
    step(
      `it has at most one agency in ${agencyClaim}, a partner's exactly one`,
      agency !== undefined && (role !== 'partner' || agency !== null),
      agencyMap === undefined
        ? `OIDC_AGENCY_CLAIM: the claim with the agency's slug (the token has ${held}). OIDC_AGENCY_MAP: where the issuer calls it otherwise.`
        : `OIDC_AGENCY_MAP: exactly one agency for the values in OIDC_AGENCY_CLAIM (the token has ${held}).`,
    ),
  ]
}

function readToken(token: string): Read | undefined {
  try {
    return { header: decodeProtectedHeader(token), claims: decodeJwt(token) }
  } catch {
    return undefined
  }
}

async function signatureStep(token: string, settings: OidcSettings): Promise<Step> {
  const what = 'a key of the issuer signed it'
  let reason = 'it cannot be reached'
  const keys = issuerKeys({ ...settings, cooldown: 0, whenAway: (why) => (reason = why) })
  try {
    await verifiedBy(keys, token)
    return { step: what, ok: true }
  } catch (error) {
    const remedy =
      error instanceof Fault
        ? `OIDC_ISSUER or OIDC_JWKS_URL: no keys of the issuer can be had, ${reason}.`
        : 'OIDC_ISSUER or OIDC_JWKS_URL: none of the keys published there signed it. Is it of another realm or tenant, or was it copied short?'
    return { step: what, ok: false, remedy }
  }
}

function step(what: string, ok: boolean, remedy: string): Step {
  return ok ? { step: what, ok } : { step: what, ok, remedy }
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `"${value.slice(0, 200)}"` : 'nothing'
}

function namesOf(claims: JWTPayload): string {
  return Object.keys(claims)
    .sort()
    .slice(0, 50)
    .map((name) => name.slice(0, 80))
    .join(', ')
}
