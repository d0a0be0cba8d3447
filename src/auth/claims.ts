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
  /** What a value in the token stands for (group GUIDs of Entra ID, prefixed groups of Okta). Then no other value counts. */
  roleMap?: ReadonlyMap<string, StaffRole> | undefined
  agencyMap?: ReadonlyMap<string, string> | undefined
}

/** Reads role and agency. None of it where anything is missing, malformed or ambiguous. */
export function standingOf(claims: Claims, names: ClaimNames): Standing | undefined {
  const role = roleOf(claims, names)
  const agency = agencyOf(claims, names)
  if (role === undefined || agency === undefined) return undefined
  if (role === 'partner' && agency === null) return undefined
  return { role, agency }
}

export function roleOf(claims: Claims, { roleClaim, roleMap }: ClaimNames): StaffRole | undefined {
  const claim = claimAt(claims, roleClaim)
  return roleIn(roleMap === undefined ? claim : mapped(claim, roleMap))
}

/** Null without any; undefined where it cannot be told. */
export function agencyOf(claims: Claims, { agencyClaim, agencyMap }: ClaimNames): string | null | undefined {
  const claim = claimAt(claims, agencyClaim)
  return agencyIn(agencyMap === undefined ? claim : mapped(claim, agencyMap))
}

/**
 * Whether the issuer says that a claim is to be fetched elsewhere, since it would make the token too large (`_claim_names`
 * and `hasgroups` of Entra ID). What is not in the token is not known: somebody of many groups is let in by none.
 */
export function isElsewhere(claims: Claims, { roleClaim, agencyClaim }: ClaimNames): boolean {
  const names = claims._claim_names
  const isNamed = (claim: string) =>
    typeof names === 'object' && names !== null && Object.hasOwn(names, claim)
  return [roleClaim, agencyClaim].some(
    (claim) => isNamed(claim) || (claim === 'groups' && claims.hasgroups !== undefined),
  )
}

/** What the values stand for; those that are not on the map are left alone. */
function mapped(claim: unknown, map: ReadonlyMap<string, string>): string[] | undefined {
  if (claim === undefined || claim === null) return []
  return texts(claim)?.flatMap((value) => map.get(value) ?? [])
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
