import { compactVerify, type JWTVerifyGetKey, type JWTVerifyResult, jwtVerify } from 'jose'
import { Fault } from '../vocabulary/faults.ts'
import type { Person } from '../vocabulary/person.ts'
import { isAccessToken } from './accessToken.ts'
import { type ClaimNames, isElsewhere, type Standing, standingOf } from './claims.ts'
import { issuerKeys } from './issuerKeys.ts'
import { refusalOf, type TokenRefusal } from './refusedTokens.ts'
import type { OidcSubjects } from './subjects.ts'

export interface OidcSettings extends ClaimNames {
  issuer: string
  audience: string
  jwksUrl: string | undefined
  /** As whom the console asks for tokens; absent: it offers no login at the issuer. */
  clientId?: string | undefined
}

/** Somebody whom the issuer vouched for, by a token that was good: as whom, and for what. */
export interface Login {
  subject: string
  standing: Standing
}

export interface OidcDeps extends OidcSettings {
  clock: () => Date
  persons: Pick<OidcSubjects, 'personOf'>
  /** Milliseconds between two fetches of keys because of an unknown one. */
  cooldown?: number
  /** Told once each time that the issuer's keys can no longer be had, and why. */
  whenAway?: (reason: string) => void
  /** Told of each token that opens nothing, and why: a class, nothing of the token. */
  whenRefused?: (refusal: TokenRefusal) => void
}

/** Ed25519 is EdDSA by the name that RFC 9864 gives it. */
export const algorithms = ['RS256', 'ES256', 'EdDSA', 'Ed25519']
/** Seconds by which a token may come before its time: an issuer's clock that goes ahead locks everybody out at once. */
const early = 30
/** Seconds for which it is good after its time. Whoever logs in has a fresh one long before. */
const late = 5

/** Whether a token's time has come, and is not over, by this clock. */
export function isInTime({ exp, nbf }: { exp?: number | undefined; nbf?: number | undefined }, now: Date) {
  const seconds = Math.floor(now.getTime() / 1000)
  return exp !== undefined && exp > seconds - late && (nbf ?? 0) <= seconds + early
}

/** Verifies nothing but the signature. Throws where it is not of these keys. */
export function verifiedBy(keys: JWTVerifyGetKey, token: string): Promise<unknown> {
  return compactVerify(token, keys, { algorithms })
}

/** Access tokens of an OIDC issuer: signed by its keys, for this audience, in their time, with one role. */
export function oidcTokens({
  issuer,
  audience,
  clock,
  persons,
  whenRefused = () => {},
  ...settings
}: OidcDeps) {
  const keys = issuerKeys({ issuer, ...settings })

  /** Any doubt is a no; only the issuer's absence is told apart. */
  async function verified(token: string): Promise<JWTVerifyResult | undefined> {
    try {
      return await jwtVerify(token, keys, {
        algorithms,
        issuer,
        audience,
        clockTolerance: early,
        currentDate: clock(),
        requiredClaims: ['sub', 'exp'],
      })
    } catch (error) {
      if (error instanceof Fault) throw error
      return refused(refusalOf(error))
    }
  }

  function refused(refusal: TokenRefusal): undefined {
    whenRefused(refusal)
    return undefined
  }

  /** What a token says of its holder, if it is good. */
  async function entered(token: string): Promise<{ login: Login; expires: Date } | undefined> {
    const result = await verified(token)
    if (result === undefined) return undefined
    const { payload, protectedHeader } = result
    if (!isInTime(payload, clock())) return refused('expired')
    if (!isAccessToken(protectedHeader, payload)) return refused('no-access-token')
    if (isElsewhere(payload, settings)) return refused('claims-elsewhere')
    const standing = standingOf(payload, settings)
    if (standing === undefined) return refused('no-role')
    const { sub, exp = Number.NaN } = payload
    const expires = new Date(exp * 1000)
    if (typeof sub !== 'string' || Number.isNaN(expires.getTime())) return refused('missing-claim')
    return { login: { subject: sub, standing }, expires }
  }

  async function personOf({ subject, standing }: Login, expires: Date): Promise<Person | undefined> {
    const identity = await persons.personOf(issuer, subject, standing)
    return identity === undefined ? refused('revoked') : { ...identity, ...standing, expires }
  }

  return {
    /** Whose token this is, if anybody's. Throws `issuer-away` where the keys to tell cannot be had. */
    async identify(token: string): Promise<Person | undefined> {
      const known = await entered(token)
      return known && personOf(known.login, known.expires)
    },

    /** Who signed in with this token, to be asked for again without it. */
    enter: async (token: string): Promise<Login | undefined> => (await entered(token))?.login,

    /** Who that is here now: nobody, once they were shut out. */
    personOf,
  }
}
