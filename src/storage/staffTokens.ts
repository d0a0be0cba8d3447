import type { Pool, Query } from './pool.ts'

export interface StaffTokenRow {
  hash: Buffer
  personId: string
  name: string
  role: string
  agency: string | null
  expiresAt: Date
  revokedAt: Date | null
  mac: Buffer
}

const columns = `t.hash, t.staff_id AS "personId", s.name, t.role, t.agency, t.expires_at AS "expiresAt",
  t.revoked_at AS "revokedAt", t.mac`

export async function findStaffToken(
  pool: Pool<'sotto_triage'>,
  hash: Buffer,
): Promise<StaffTokenRow | undefined> {
  const rows = await pool.query<StaffTokenRow>({
    name: 'staff-token',
    text: `SELECT ${columns} FROM staff_tokens t JOIN staff s ON s.id = t.staff_id WHERE t.hash = $1`,
    values: [hash],
  })
  return rows[0]
}

/** Every token, of the earliest expiry first; at most 10,000. */
export function listStaffTokens(query: Query): Promise<StaffTokenRow[]> {
  return query<StaffTokenRow>({
    name: 'staff-tokens',
    text: `SELECT ${columns} FROM staff_tokens t JOIN staff s ON s.id = t.staff_id
           ORDER BY s.name, t.expires_at, t.hash LIMIT 10000`,
    values: [],
  })
}

export async function insertStaffToken(
  query: Query,
  token: Omit<StaffTokenRow, 'name' | 'revokedAt'>,
): Promise<void> {
  await query({
    name: 'insert-staff-token',
    text: `INSERT INTO staff_tokens (hash, staff_id, role, agency, expires_at, mac) VALUES ($1, $2, $3, $4, $5, $6)`,
    values: [token.hash, token.personId, token.role, token.agency, token.expiresAt, token.mac],
  })
}

/** Revokes every token of these people that is not revoked yet; tells how many that were. */
export async function revokeTokensOf(query: Query, personIds: readonly string[], at: Date): Promise<number> {
  const rows = await query({
    name: 'revoke-staff-tokens',
    text: `UPDATE staff_tokens SET revoked_at = $2
            WHERE staff_id = ANY ($1::uuid[]) AND revoked_at IS NULL RETURNING hash`,
    values: [personIds, at],
  })
  return rows.length
}

/** Revokes one token; false if it was revoked before. */
export async function revokeToken(query: Query, hash: Buffer, at: Date): Promise<boolean> {
  const rows = await query({
    name: 'revoke-staff-token',
    text: 'UPDATE staff_tokens SET revoked_at = $2 WHERE hash = $1 AND revoked_at IS NULL RETURNING hash',
    values: [hash, at],
  })
  return rows.length > 0
}
