import type { Query } from './pool.ts'

/** What the team calls these people, by id. */
export async function namesOfPeople(
  query: Query,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await query<{ id: string; name: string }>({
    name: 'names-of-people',
    text: 'SELECT id, name FROM staff WHERE id = ANY ($1::uuid[])',
    values: [ids],
  })
  return new Map(rows.map(({ id, name }) => [id, name]))
}
