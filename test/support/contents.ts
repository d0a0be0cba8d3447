import { asSuperuser } from './cluster.ts'

/** Every row of every table, with what Postgres itself notes of it: a write or a row lock anywhere changes this. */
export function contentsOf(url: string): Promise<Record<string, string[]>> {
  return asSuperuser(url, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT format('%I.%I', n.nspname, c.relname) AS name
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
        ORDER BY 1`,
    )
    const contents: Record<string, string[]> = {}
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(
        `SELECT concat_ws(' ', t.ctid, t.xmin, t.xmax, t) AS row FROM ${name} t ORDER BY t.ctid`,
      )
      contents[name] = rows.map(({ row }) => row)
    }
    return contents
  })
}
