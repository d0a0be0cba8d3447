import { isStaffRole, type StaffRole } from '../vocabulary/roles.ts'

type Claims = Readonly<Record<string, unknown>>

/** What a person may be and for whom, as the issuer's claims have it. */
export interface Standing {
  role: StaffRole
  agency: string | null
}

/** Where the issuer puts role and agency: a claim's name, or a dotted path such as `realm_access.roles`. */
export interface ClaimNames {
  roleClaim: string
  agencyClaim: string
}

/** Reads role and agency. None of it where anything is missing, malformed or ambiguous. */
export function standingOf(claims: Claims, { roleClaim, agencyClaim }: ClaimNames): Standing | undefined {
  const role = roleIn(claimAt(claims, roleClaim))
  const agency = agencyIn(claimAt(claims, agencyClaim))
  if (role === undefined || agency === undefined) return undefined
  if (role === 'partner' && agency === null) return undefined
  return { role, agency }
}

/**
 * The one role of Sotto's among the values; others are left alone, since issuers add roles of their own. With two it
 * is nobody's: they are kept apart on purpose (an auditor never reads reports, a triager approves nothing), and there
 * is no least of them.
 */
function roleIn(claim: unknown): StaffRole | undefined {
  const roles = new Set(texts(claim)?.filter(isStaffRole))
  const [role] = roles
  return roles.size === 1 ? role : undefined
}

/** The one agency; null without any. */
function agencyIn(claim: unknown): string | null | undefined {
  if (claim === undefined || claim === null) return null
  const agencies = new Set(texts(claim))
  const [agency = null] = agencies
  if (agency === null) return Array.isArray(claim) && claim.length === 0 ? null : undefined
  return agencies.size === 1 && /^[a-z][a-z0-9-]{0,63}$/.test(agency) ? agency : undefined
}

/** A claim of one value may be the value itself or a list. */
function texts(claim: unknown): string[] | undefined {
  const values = Array.isArray(claim) ? claim : [claim]
  return values.every((value) => typeof value === 'string') ? values : undefined
}

/** A claim by its whole name, which may hold dots (`https://example.org/roles`), or else by its path. */
function claimAt(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name]
  return name.split('.').reduce<unknown>(own, claims)
}

function own(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  return (value as Claims)[name]
}
