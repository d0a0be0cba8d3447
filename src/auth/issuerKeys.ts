import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  type ExportedJWKSCache,
  errors,
  type JWTVerifyGetKey,
  jwksCache,
} from 'jose'
import { Fault } from '../vocabulary/faults.ts'
import { IssuerAway, readKeySet } from './issuerDocuments.ts'
import { pausing } from './pausing.ts'

export interface IssuerKeysSettings {
  issuer: string
  /** Where its keys are; otherwise its discovery document says. */
  jwksUrl: string | undefined
  /** Milliseconds after a fetch in which neither an unknown key nor a failure makes another. */
  cooldown?: number | undefined
  /** Told once each time that the keys can no longer be had, and why. */
  whenAway?: ((reason: string) => void) | undefined
}

const timeout = 5_000
const freshFor = 10 * 60_000
/** Nobody gets new tokens while the issuer is away, and those that they have end within the hour. */
const usableFor = freshFor + 60 * 60_000

/**
 * The issuer's public keys, by kid: fetched when first needed, again after ten minutes or when a kid is unknown. While
 * the issuer is away the last known keys go on for an hour; a key that cannot be found then is `issuer-away`. Nothing
 * that a token's own header offers (jwk, jku, x5u, x5c) is ever used.
 */
export function issuerKeys({
  issuer,
  jwksUrl,
  cooldown = 5_000,
  whenAway = () => {},
}: IssuerKeysSettings): JWTVerifyGetKey {
  const attempt = pausing(cooldown, whenAway)
  const last: ExportedJWKSCache | Record<string, never> = {}
  const keys = createRemoteJWKSet(new URL(jwksUrl ?? issuer), {
    timeoutDuration: timeout,
    cacheMaxAge: freshFor,
    cooldownDuration: cooldown,
    [jwksCache]: last,
    [customFetch]: async (_url, { signal }) =>
      Response.json(await attempt(() => readKeySet(issuer, jwksUrl, signal))),
  })

  return async (header, token) => {
    try {
      return await keys(header, token)
    } catch (error) {
      if (!(error instanceof IssuerAway)) throw error
    }
    const { uat, jwks } = last
    if (jwks === undefined || uat === undefined || Date.now() > uat + usableFor)
      throw new Fault('issuer-away')
    return createLocalJWKSet(jwks)(header, token).catch((error) => {
      // The issuer may have made this key since.
      throw error instanceof errors.JWKSNoMatchingKey ? new Fault('issuer-away') : error
    })
  }
}
