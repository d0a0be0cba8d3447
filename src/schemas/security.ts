/** What a staff call takes at its door: a local token or an OIDC access token. */
export const staffSecurity = [{ staffToken: [] }, { oidc: [] }]
