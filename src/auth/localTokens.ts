import { activeKey, type Keyring } from '../crypto/keyring.ts'
import { hashToken, isStaffToken, macToken, newStaffToken, tokenMacMatches } from '../crypto/token.ts'
import type { Pool, Query } from '../storage/pool.ts'
import {
  findStaffToken,
  insertStaffToken,
  listStaffTokens,
  revokeTokensOf,
  type StaffTokenRow,
} from '../storage/staffTokens.ts'
import type { Person } from '../vocabulary/person.ts'
import { isStaffRole, type StaffRole } from '../vocabulary/roles.ts'
import { personCalled } from './people.ts'

export interface NewToken {
  name: string
  role: StaffRole
  agency: string | null
  days: number
  /** Who of the same name is meant not to be theirs (`personCalled`). */
  distinctFrom?: string | undefined
}

/** Local staff tokens: made at the command line, shown once, kept as a hash and a MAC. */
export function localTokens(pool: Pool<'sotto_triage'>, keyring: Keyring, clock: () => Date) {
  const secret = Buffer.from(activeKey(keyring, 'token').secret ?? '', 'base64url')

  function isGenuine(row: StaffTokenRow): boolean {
    const { hash, personId, name, role, agency, expiresAt, mac } = row
    return tokenMacMatches(
      secret,
      { hash, personId, name, role, agency, expires: expiresAt.toISOString() },
      mac,
    )
  }

  return {
    /**
     * Makes a token, in the transaction in which it is recorded. A known name gets another token of the same person.
     * Throws NameInDoubt.
     */
    async add(
      query: Query,
      { name: given, role, agency, days, distinctFrom }: NewToken,
    ): Promise<{ token: string; person: Person; isNew: boolean }> {
      const { id: personId, name, isNew } = await personCalled(query, given, distinctFrom)
      const token = newStaffToken()
      const hash = hashToken(token)
      const expires = new Date(clock().getTime() + days * 86_400_000)
      const mac = macToken(secret, { hash, personId, name, role, agency, expires: expires.toISOString() })
      await insertStaffToken(query, { hash, personId, role, agency, expiresAt: expires, mac })
      return { token, person: { id: personId, name, role, agency, expires }, isNew }
    },

    /** Whose token this is: nobody's if it is unknown, forged, expired or revoked. */
    async identify(token: string): Promise<Person | undefined> {
      if (!isStaffToken(token)) return undefined
      const row = await findStaffToken(pool, hashToken(token))
      if (row === undefined || !isGenuine(row) || row.revokedAt !== null || row.expiresAt <= clock())
        return undefined
      if (!isStaffRole(row.role)) return undefined
      return { id: row.personId, name: row.name, role: row.role, agency: row.agency, expires: row.expiresAt }
    },

    /** Revokes all tokens of these people, at once for every instance. */
    revoke: (query: Query, personIds: readonly string[]): Promise<number> =>
      revokeTokensOf(query, personIds, clock()),

    /** Every token ever made, and whether it opens anything. */
    async list(): Promise<
      { person: Person | { name: string }; state: 'good' | 'expired' | 'revoked' | 'forged' }[]
    > {
      const rows = await listStaffTokens(pool)
      return rows.map((row) => ({ person: describe(row), state: stateOf(row) }))
    },
  }

  function stateOf(row: StaffTokenRow) {
    if (!isGenuine(row)) return 'forged'
    if (row.revokedAt !== null) return 'revoked'
    return row.expiresAt <= clock() ? 'expired' : 'good'
  }
}

export type LocalTokens = ReturnType<typeof localTokens>

function describe({ personId, name, role, agency, expiresAt }: StaffTokenRow): Person | { name: string } {
  return isStaffRole(role) ? { id: personId, name, role, agency, expires: expiresAt } : { name }
}
