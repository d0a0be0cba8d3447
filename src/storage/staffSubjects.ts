import type { Pool, Query } from './pool.ts'
import { insertPersonOfNewName } from './staff.ts'

export interface SubjectKey {
  issuer: string
  subject: string
}

export interface SubjectRow extends SubjectKey {
  personId: string
  name: string
  /** As their last token had it; null until one is seen. */
  role: string | null
  agency: string | null
  revokedAt: Date | null
  mac: Buffer
}

const selection = `SELECT b.issuer, b.subject, b.staff_id AS "personId", s.name, b.role, b.agency,
  b.revoked_at AS "revokedAt", b.mac
  FROM staff_subjects b JOIN staff s ON s.id = b.staff_id`

export async function findSubject(
  pool: Pool<'sotto_triage'>,
  { issuer, subject }: SubjectKey,
): Promise<SubjectRow | undefined> {
  const rows = await pool.query<SubjectRow>({
    name: 'staff-subject',
    text: `${selection} WHERE b.issuer = $1 AND b.subject = $2`,
    values: [issuer, subject],
  })
  return rows[0]
}

/** Every subject, by name; at most 10,000. */
export function listSubjects(pool: Pool<'sotto_triage'>): Promise<SubjectRow[]> {
  return pool.query<SubjectRow>({
    name: 'staff-subjects',
    text: `${selection} ORDER BY s.name, b.issuer, b.subject LIMIT 10000`,
    values: [],
  })
}

type NewSubject = Omit<SubjectRow, 'role' | 'agency' | 'revokedAt'>

/** Adds a subject as a new person. Adds nothing where the name is somebody's, or the subject is there already. */
export function addSubjectAsPerson(pool: Pool<'sotto_triage'>, row: NewSubject): Promise<void> {
  return pool.transaction(async (query) => {
    if (await insertPersonOfNewName(query, row.personId, row.name)) await insertSubject(query, row)
  })
}

async function insertSubject(query: Query, { issuer, subject, personId, mac }: NewSubject): Promise<void> {
  await query({
    name: 'insert-subject',
    text: 'INSERT INTO staff_subjects (issuer, subject, staff_id, mac) VALUES ($1, $2, $3, $4)',
    values: [issuer, subject, personId, mac],
  })
}

/** Notes what a subject's token said that they are. */
export async function noteStanding(
  pool: Pool<'sotto_triage'>,
  { issuer, subject }: SubjectKey,
  { role, agency }: { role: string; agency: string | null },
): Promise<void> {
  await pool.query({
    name: 'note-standing',
    text: 'UPDATE staff_subjects SET role = $3, agency = $4 WHERE issuer = $1 AND subject = $2',
    values: [issuer, subject, role, agency],
  })
}

/** Says who a subject is, whatever was said before. */
export async function mapSubject(
  query: Query,
  { issuer, subject, personId, mac }: NewSubject,
): Promise<void> {
  await query({
    name: 'map-subject',
    text: `INSERT INTO staff_subjects (issuer, subject, staff_id, mac) VALUES ($1, $2, $3, $4)
           ON CONFLICT (issuer, subject) DO UPDATE SET staff_id = $3, mac = $4, revoked_at = NULL`,
    values: [issuer, subject, personId, mac],
  })
}

/** Revokes every subject of these people that is not revoked yet; tells how many that were. */
export async function revokeSubjectsOf(
  query: Query,
  personIds: readonly string[],
  at: Date,
): Promise<number> {
  const rows = await query({
    name: 'revoke-subjects',
    text: `UPDATE staff_subjects SET revoked_at = $2
            WHERE staff_id = ANY ($1::uuid[]) AND revoked_at IS NULL RETURNING subject`,
    values: [personIds, at],
  })
  return rows.length
}
