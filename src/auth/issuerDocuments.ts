import { createLocalJWKSet, type JSONWebKeySet } from 'jose'
import { isTrustworthyUrl } from './trustworthyUrl.ts'

/** Why the issuer's keys cannot be had, in words for the operator. Holds no value. */
export class IssuerAway extends Error {}

/** It answered one request with that it cannot: nothing is said of the next, which may be somebody else's. */
export class IssuerRefuses extends IssuerAway {}

/** Reads the issuer's key set, from where the operator says it is or else from where the issuer says. */
export async function readKeySet(
  issuer: string,
  jwksUrl: string | undefined,
  signal: AbortSignal,
): Promise<JSONWebKeySet> {
  const keySet = (await readJson(jwksUrl ?? (await keysOf(issuer, signal)), signal)) as JSONWebKeySet
  try {
    createLocalJWKSet(keySet)
  } catch {
    throw new IssuerAway('its answer is no set of keys')
  }
  return keySet
}

/** The origin at which the issuer gives tokens, which need not be its own. */
export async function readTokenOrigin(issuer: string, signal: AbortSignal): Promise<string> {
  const { token_endpoint: url } = await discover(issuer, signal)
  if (typeof url !== 'string' || !isTrustworthyUrl(url)) {
    throw new IssuerAway('its discovery document names no https address of tokens')
  }
  return new URL(url).origin
}

/** All that the issuer says of itself, as JSON that nobody has looked at but for whose it is. */
export async function readDiscovery(issuer: string, signal: AbortSignal): Promise<object> {
  return discover(issuer, signal)
}

async function keysOf(issuer: string, signal: AbortSignal): Promise<string> {
  const { jwks_uri: url } = await discover(issuer, signal)
  if (typeof url !== 'string' || !isTrustworthyUrl(url)) {
    throw new IssuerAway('its discovery document names no https address of keys')
  }
  return url
}

interface Discovery {
  issuer?: unknown
  jwks_uri?: unknown
  token_endpoint?: unknown
}

/** OpenID Connect Discovery: the document must name the very issuer that it was asked of. */
async function discover(issuer: string, signal: AbortSignal): Promise<Discovery> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const document = (await readJson(address, signal)) as Discovery | null
  if (document?.issuer !== issuer) throw new IssuerAway('its discovery document names another issuer')
  return document
}

/** Bytes of an answer of the issuer. */
export const largest = 1_048_576

/** Reads JSON of bounded size, from no other address than the one asked. */
async function readJson(url: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(url, {
    headers: { accept: 'application/json, application/jwk-set+json' },
    redirect: 'manual',
    signal,
  }).catch(() => {
    throw new IssuerAway('it cannot be reached')
  })
  if (response.status !== 200) {
    await response.body?.cancel()
    throw new IssuerAway('it answers with another status than 200')
  }
  const text = await readAtMost(response, largest)
  try {
    return JSON.parse(text)
  } catch {
    throw new IssuerAway('its answer is not JSON')
  }
}

/** What an answer holds, which is no longer than that. */
export async function readAtMost(response: Response, limit: number): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    size += part.length
    if (size > limit) throw new IssuerAway('its answer is too large')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}
