import type { Pool, Query } from './pool.ts'

/** Why the server would not keep through a power cut what it acknowledges. */
export type Lack = 'not-flushed' | 'not-held'

/** Tables whose trigger makes a commit wait for the disk, and on which it is gone or disabled. The owner of a table can do that. */
const loose = `
  SELECT c.relname AS name FROM pg_class c
   WHERE c.relnamespace = to_regnamespace('public') AND c.relkind IN ('r', 'p') AND c.relpersistence = 'p'
     AND c.relowner = (SELECT v.relowner FROM pg_class v WHERE v.oid = to_regclass('public.schema_version'))
     AND c.relname <> 'schema_version'
     AND (current_setting('session_replication_role') = 'replica'
          OR NOT EXISTS (SELECT FROM pg_trigger t
                          WHERE t.tgrelid = c.oid AND t.tgname = 'durable' AND t.tgenabled IN ('O', 'A')))`

/** What is in the way of it: fsync or full_page_writes is off, or a table does not see to its commits any more. */
export async function lackOfDurability(pool: Pool): Promise<Lack | undefined> {
  const rows = await pool.query<{ flushed: boolean; held: boolean }>({
    name: 'is-durable',
    text: `SELECT current_setting('fsync') = 'on' AND current_setting('full_page_writes') = 'on' AS flushed,
                  NOT EXISTS (${loose}) AS held`,
    values: [],
  })
  const { flushed = false, held = false } = rows[0] ?? {}
  if (!flushed) return 'not-flushed'
  return held ? undefined : 'not-held'
}

/** The tables that do not see to their commits. */
export async function looseTables(query: Query): Promise<string[]> {
  const rows = await query<{ name: string }>({
    name: 'loose-tables',
    text: `${loose} ORDER BY 1`,
    values: [],
  })
  return rows.map(({ name }) => name)
}
