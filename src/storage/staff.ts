import { lockTrail } from './auditTrail.ts'
import type { Query } from './pool.ts'

/** Somebody, and of whom it was said that they are somebody else. */
export interface PersonRow {
  id: string
  name: string
  distinctFrom: string[]
}

const columns = 'id, name, distinct_from AS "distinctFrom"'
const pageSize = 1000

/**
 * Everybody, for an act that adds somebody: nobody else is added to the end of the transaction. It takes the audit
 * trail's lock, which such an act needs for its record anyway.
 */
export async function lockPeople(query: Query): Promise<PersonRow[]> {
  await lockTrail(query)
  return everybody(query)
}

/** Everybody. Names are few and short; a page at a time all the same. */
export async function everybody(query: Query): Promise<PersonRow[]> {
  const people: PersonRow[] = []
  for (let last: string | undefined; ; last = people.at(-1)?.id) {
    const page = await query<PersonRow>({
      name: 'page-of-people',
      text: `SELECT ${columns} FROM staff WHERE $1::uuid IS NULL OR id > $1 ORDER BY id LIMIT $2`,
      values: [last, pageSize],
    })
    people.push(...page)
    if (page.length < pageSize) return people
  }
}

/** Those of these people that there are. */
export function peopleOf(query: Query, ids: readonly string[]): Promise<PersonRow[]> {
  return query<PersonRow>({
    name: 'people',
    text: `SELECT ${columns} FROM staff WHERE id = ANY ($1::uuid[])`,
    values: [ids],
  })
}

export async function insertPerson(query: Query, { id, name, distinctFrom }: PersonRow): Promise<void> {
  await query({
    name: 'insert-person',
    text: 'INSERT INTO staff (id, name, distinct_from) VALUES ($1, $2, $3)',
    values: [id, name, distinctFrom],
  })
}

/** Adds somebody unless the very name is somebody's; tells whether it did. */
export async function insertPersonOfNewName(query: Query, id: string, name: string): Promise<boolean> {
  await lockTrail(query)
  const rows = await query({
    name: 'insert-person-of-new-name',
    text: `INSERT INTO staff (id, name) SELECT $1, $2 WHERE NOT EXISTS (SELECT FROM staff WHERE name = $2)
           RETURNING id`,
    values: [id, name],
  })
  return rows.length === 1
}
