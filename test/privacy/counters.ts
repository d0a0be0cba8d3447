import type pg from 'pg'

/** What the server counts and notes by itself, beside what is stored. */

/** When each table and index was last looked into, when the night began, and since when the whole server counts, by its own clock. */
export interface Looks {
  night: Date
  since: { name: string; at: Date }[]
  last: { name: string; at: Date }[]
}

const ours = `SELECT c.oid FROM pg_class t JOIN pg_class c ON c.oid IN (t.oid, t.reltoastrelid)
               WHERE t.relnamespace = 'public'::regnamespace AND t.relkind = 'r'
                 AND t.relname NOT IN ('planted', 'schema_version')`

/** Since version 16 the server notes this. Of what only reporters look into, it would be when the last of them came. */
export async function looksOf(client: pg.Client, night: Date): Promise<Looks> {
  const { rows } = await client.query<{ name: string; at: Date }>(
    `SELECT relname AS name, last_seq_scan AS at FROM pg_stat_user_tables
      WHERE relid IN (${ours}) AND last_seq_scan IS NOT NULL
     UNION ALL
     SELECT indexrelname, last_idx_scan FROM pg_stat_all_indexes
      WHERE relid IN (${ours}) AND last_idx_scan IS NOT NULL`,
  )
  return { night, last: rows, since: await countingSince(client) }
}

/** What is counted of the whole server, as far as this version has it, and since when. */
async function countingSince(client: pg.Client): Promise<Looks['since']> {
  const views = ['pg_stat_wal', 'pg_stat_io', 'pg_stat_slru', 'pg_stat_bgwriter', 'pg_stat_checkpointer']
  const { rows: known } = await client.query<{ name: string }>(
    'SELECT viewname AS name FROM pg_views WHERE viewname = ANY ($1)',
    [views],
  )
  const { rows } = await client.query<{ name: string; at: Date }>(
    known
      .map(({ name }) => `SELECT '${name}' AS name, min(stats_reset) AS at FROM ${name}`)
      .join(' UNION ALL '),
  )
  return rows
}

/** What was counted of the whole server on the day, and is there still. */
export function countedBefore({ night, since }: Looks): string[] {
  return since.filter(({ at }) => at < night).map(({ name }) => name)
}

/** What was last looked into on the day, and tells so. Into deliveries of acts nobody looks but who sends them. */
export function lookedIntoBefore({ night, last }: Looks): string[] {
  return last
    .filter(({ name, at }) => at < night && name !== 'webhook_deliveries_of_acts')
    .map(({ name }) => name)
}

/**
 * How many rows were written, by table, how large the box is, how often sequences were looked at and what reporters write or know of arrivals was
 * read. What else was read is left out: what goes on by the clock looks as often as it has time to, and at indexes the night begins to count anew (`looksOf`). So are the files of other tables: how
 * full their pages are follows from which connection wrote. And so is what is written at random.
 */
export async function countersOf(client: pg.Client): Promise<Record<string, unknown>> {
  const { rows } = await client.query<{ name: string; counted: unknown }>(
    `SELECT 'table ' || relname AS name,
            jsonb_build_array(n_tup_ins, n_tup_upd, n_tup_del, n_tup_hot_upd, n_tup_newpage_upd) AS counted
       FROM pg_stat_user_tables WHERE relid IN (${ours}) AND relname <> 'drawn_numbers'
     UNION ALL
     SELECT 'reads of ' || relname, jsonb_build_array(io.heap_blks_read + io.heap_blks_hit, t.seq_tup_read)
       FROM pg_statio_user_tables io JOIN pg_stat_user_tables t USING (relid, relname)
      WHERE relname IN ('arrival_events', 'webhook_deliveries_of_arrivals', 'webhook_position', 'accepted_keys', 'agencies')
         OR relname LIKE 'box\\_%' OR relname LIKE 'spent\\_challenges\\_%' OR relname LIKE 'kept\\_answers%'
     UNION ALL
     SELECT 'looks at ' || relname, to_jsonb(blks_read + blks_hit)
       FROM pg_statio_user_sequences WHERE relname <> 'planted_ids'
     UNION ALL
     SELECT 'files of ' || relname, jsonb_build_array(pg_table_size(oid), pg_indexes_size(oid), relpages, reltuples, relallvisible)
       FROM pg_class WHERE oid IN (${ours}) AND relname LIKE 'box\\_%'`,
  )
  return Object.fromEntries(rows.map(({ name, counted }) => [`counters of ${name}`, counted]))
}
