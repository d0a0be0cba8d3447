/** For whom a token is asked to be: by RFC 8707 where it has the form of an address, and as other issuers take it. */
export function askedFor(audience: string): Record<string, string> {
  return URL.canParse(audience) ? { resource: audience, audience } : { audience }
}
