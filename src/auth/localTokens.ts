import { activeSecret, type Keyring, secretsOf } from '../crypto/keyring.ts'
import { hashToken, isStaffToken, macToken, newStaffToken, tokenMacMatches } from '../crypto/token.ts'
import type { Pool, Query } from '../storage/pool.ts'
import {
  findStaffToken,
  insertStaffToken,
  listStaffTokens,
  revokeToken,
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
  function isGenuine(row: StaffTokenRow): boolean {
    const { hash, personId, name, role, agency, expiresAt, mac } = row
    const claims = { hash, personId, name, role, agency, expires: expiresAt.toISOString() }
    return secretsOf(keyring, 'token').some((secret) => tokenMacMatches(secret, claims, mac))
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
      const secret = activeSecret(keyring, 'token')
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

    /**
     * Revokes one token, given whole or by the id that `list` shows, at once for every instance. Undefined where there is
     * no such token, or the id is the beginning of several.
     */
    async revokeOne(
      query: Query,
      given: string,
    ): Promise<{ personId: string; name: string; isNew: boolean } | undefined> {
      const wanted = isStaffToken(given) ? idOf(hashToken(given)) : given.toLowerCase()
      const found = (await listStaffTokens(query)).filter(({ hash }) => idOf(hash) === wanted)
      const [row] = found
      if (row === undefined || found.length > 1) return undefined
      const { personId, name } = row
      return { personId, name, isNew: await revokeToken(query, row.hash, clock()) }
    },

    /** Every token ever made, and whether it opens anything. */
    async list(): Promise<ListedToken[]> {
      const rows = await listStaffTokens(pool.query)
      return rows.map((row) => ({ id: idOf(row.hash), person: describe(row), state: stateOf(row) }))
    },
  }

  function stateOf(row: StaffTokenRow) {
    if (!isGenuine(row)) return 'forged'
    if (row.revokedAt !== null) return 'revoked'
    return row.expiresAt <= clock() ? 'expired' : 'good'
  }
}

export interface ListedToken {
  /** Names the token and opens nothing: the beginning of its hash. */
  id: string
  person: Person | { name: string }
  state: 'good' | 'expired' | 'revoked' | 'forged'
}

/** 64 bits tell the tokens of one deployment apart. */
function idOf(hash: Buffer): string {
  return hash.toString('hex').slice(0, 16)
}

export type LocalTokens = ReturnType<typeof localTokens>

function describe({ personId, name, role, agency, expiresAt }: StaffTokenRow): Person | { name: string } {
  return isStaffRole(role) ? { id: personId, name, role, agency, expires: expiresAt } : { name }
}
