import type { AgencyKind } from '../vocabulary/agencies.ts'
import type { Query } from './pool.ts'

export interface AgencyRow {
  slug: string
  name: string
  retired: boolean
  kind: AgencyKind
}

export interface AgencyKeyRow {
  kid: string
  agency: string
  publicKey: Buffer
  heldBy: 'service' | 'agency'
  status: 'active' | 'retired'
  addedOn: string
  author: string
  signature: Buffer
}

const keyColumns = `kid, agency, public_key AS "publicKey", held_by AS "heldBy", status, added_on AS "addedOn",
  author, signature`

/** Every agency; a deployment has tens of them, never more than 1,000. */
export function listAgencies(query: Query): Promise<AgencyRow[]> {
  return query<AgencyRow>({
    name: 'agencies',
    text: 'SELECT slug, name, retired, kind FROM agencies ORDER BY slug LIMIT 1000',
    values: [],
  })
}

export async function findAgency(query: Query, slug: string): Promise<AgencyRow | undefined> {
  const rows = await query<AgencyRow>({
    name: 'agency',
    text: 'SELECT slug, name, retired, kind FROM agencies WHERE slug = $1',
    values: [slug],
  })
  return rows[0]
}

/** The same, and nobody else gives it a key to the end of the transaction: of two that are given at once, one is the active. */
export async function lockAgency(query: Query, slug: string): Promise<AgencyRow | undefined> {
  const rows = await query<AgencyRow>({
    name: 'lock-agency',
    text: 'SELECT slug, name, retired, kind FROM agencies WHERE slug = $1 FOR NO KEY UPDATE',
    values: [slug],
  })
  return rows[0]
}

/** Adds an agency; false if there is one of that slug. */
export async function insertAgency(
  query: Query,
  slug: string,
  name: string,
  kind: AgencyKind = 'agency',
): Promise<boolean> {
  const rows = await query({
    name: 'insert-agency',
    text: 'INSERT INTO agencies (slug, name, kind) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING slug',
    values: [slug, name, kind],
  })
  return rows.length > 0
}

export async function changeAgency(
  query: Query,
  slug: string,
  name: string | undefined,
  retired: boolean | undefined,
): Promise<boolean> {
  const rows = await query({
    name: 'change-agency',
    text: `UPDATE agencies SET name = coalesce($2, name), retired = coalesce($3, retired) WHERE slug = $1 RETURNING slug`,
    values: [slug, name, retired],
  })
  return rows.length > 0
}

/** Whether the agency only shares in what it learns. Also as partner. */
export async function isProvider(query: Query, slug: string): Promise<boolean> {
  const rows = await query({
    name: 'is-provider',
    text: `SELECT FROM agencies WHERE slug = $1 AND kind = 'provider'`,
    values: [slug],
  })
  return rows.length > 0
}

/** The keys of one agency, the newest first, at most 1,000. */
export function keysOfAgency(query: Query, slug: string): Promise<AgencyKeyRow[]> {
  return query<AgencyKeyRow>({
    name: 'keys-of-agency',
    text: `SELECT ${keyColumns} FROM agency_keys WHERE agency = $1
           ORDER BY (status = 'active') DESC, added_on DESC, kid LIMIT 1000`,
    values: [slug],
  })
}

/** The active keys of every agency. */
export function activeAgencyKeys(query: Query): Promise<AgencyKeyRow[]> {
  return query<AgencyKeyRow>({
    name: 'active-agency-keys',
    text: `SELECT ${keyColumns} FROM agency_keys WHERE status = 'active' ORDER BY added_on DESC, kid LIMIT 1000`,
    values: [],
  })
}

/** Makes a key the agency's active one, which must be locked; the one before is kept as retired. */
export async function insertAgencyKey(query: Query, key: AgencyKeyRow): Promise<void> {
  await query({
    name: 'retire-agency-keys',
    text: `UPDATE agency_keys SET status = 'retired' WHERE agency = $1 AND status = 'active'`,
    values: [key.agency],
  })
  await query({
    name: 'insert-agency-key',
    text: `INSERT INTO agency_keys (kid, agency, public_key, held_by, status, added_on, author, signature)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [
      key.kid,
      key.agency,
      key.publicKey,
      key.heldBy,
      key.status,
      key.addedOn,
      key.author,
      key.signature,
    ],
  })
}
