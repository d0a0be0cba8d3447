import type { Query } from './pool.ts'

/**
 * What each database role can do in Sotto's database, read from the catalog: grants, whoever gave them. What this version of
 * Postgres lacks is told as another of its kind, so that one page holds for all versions.
 */

export const roles = [
  'sotto_intake',
  'sotto_triage',
  'sotto_partner',
  'sotto_definer',
  'sotto_log',
  'sotto_signals',
] as const

const tables = `
  WITH named AS (
    SELECT c.oid, c.relname, c.relkind, c.relowner, c.relrowsecurity, may.what
      FROM pg_class c,
           unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'])
             WITH ORDINALITY AS may (what, place)
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
  ), rights AS (
    SELECT n.oid, n.relname, n.relrowsecurity, n.what,
           CASE WHEN has_table_privilege($1::text, n.oid, n.what) THEN ''
                WHEN n.what IN ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')
                THEN (SELECT string_agg(a.attname, ', ' ORDER BY a.attname) FROM pg_attribute a
                       WHERE a.attrelid = n.oid AND a.attnum > 0 AND NOT a.attisdropped
                         AND has_column_privilege($1::text, n.oid, a.attnum, n.what)) END AS columns
      FROM named n
  )
  SELECT relname AS name,
         string_agg(what || CASE columns WHEN '' THEN '' ELSE ' (' || columns || ')' END, ', '
                    ORDER BY array_position(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'], what))
           || CASE WHEN relrowsecurity THEN '; rows where ' || coalesce((
                SELECT string_agg(replace(replace(coalesce(p.qual, p.with_check), E'\\n', ' '), '|', '\\|'), ' or ' ORDER BY p.policyname)
                  FROM pg_policies p WHERE p.tablename = relname AND $1::text::name = ANY (p.roles)), 'never') ELSE '' END AS may
    FROM rights WHERE columns IS NOT NULL GROUP BY oid, relname, relrowsecurity ORDER BY relname COLLATE "C"`

const sequences = `
  SELECT c.relname AS name,
         concat_ws(', ', CASE WHEN has_sequence_privilege($1::text, c.oid, 'USAGE') THEN 'USAGE' END,
                         CASE WHEN has_sequence_privilege($1::text, c.oid, 'SELECT') THEN 'SELECT' END,
                         CASE WHEN has_sequence_privilege($1::text, c.oid, 'UPDATE') THEN 'UPDATE' END) AS may
    FROM pg_class c
   WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'S'
     AND CASE c.relkind WHEN 'S' THEN has_sequence_privilege($1::text, c.oid, 'USAGE, SELECT, UPDATE') END
   ORDER BY c.relname COLLATE "C"`

const functions = `
  SELECT p.oid::regprocedure::text AS name,
         CASE WHEN p.proowner = $1::text::regrole THEN 'owns it' ELSE 'calls it' END
           || CASE WHEN p.prosecdef AND p.proowner <> $1::text::regrole THEN ', as ' || p.proowner::regrole ELSE '' END AS may
    FROM pg_proc p
   WHERE p.pronamespace = 'public'::regnamespace AND has_function_privilege($1::text, p.oid, 'EXECUTE')
   ORDER BY 1`

const elsewhere = `
  SELECT 'member of ' || m.roleid::regrole AS name,
         CASE WHEN r.rolinherit THEN 'has its rights' ELSE 'can become it' END AS may
    FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member WHERE m.member = $1::text::regrole
  UNION ALL SELECT 'schema public', 'CREATE' WHERE has_schema_privilege($1::text, 'public', 'CREATE')
  UNION ALL SELECT called, 'calls it' FROM unnest(ARRAY[
      'pg_stat_reset_backend_stats(integer)', 'pg_stat_reset_shared(text)', 'pg_stat_reset_single_table_counters(oid)',
      'pg_stat_reset_slru(text)', 'pg_switch_wal()']) AS called
   WHERE has_function_privilege($1::text, 'pg_catalog.' || CASE
           WHEN to_regprocedure('pg_catalog.' || called) IS NULL THEN 'pg_stat_reset_slru(text)' ELSE called END, 'EXECUTE')
  UNION ALL SELECT what, may FROM (VALUES
    ('advisory locks', 'takes them', '^pg_(try_)?advisory_(xact_)?lock', '%'),
    ('large objects', 'makes them', '^lo_(creat|create|from_bytea)$', '%'),
    ('the write-ahead log', 'writes what it likes into it', '^pg_logical_emit_message$', '%'),
    ('counts of what is written to each table and read of it', 'reads them', '^pg_stat_get_', 'oid'),
    ('counts of what each session and the whole server write and read', 'reads them',
     '^pg_stat_get_(io$|wal$|slru$|buf_|bgwriter_|checkpointer_|backend_(io|wal)$)', '%')) AS builtin (what, may, called, given)
   WHERE EXISTS (SELECT FROM pg_proc p
                  WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.proname ~ called
                    AND pg_get_function_identity_arguments(p.oid) LIKE given
                    AND has_function_privilege($1::text, p.oid, 'EXECUTE'))
  UNION ALL SELECT 'all of it', 'superuser' FROM pg_roles WHERE rolname = $1::text AND rolsuper
  UNION ALL SELECT 'roles, databases, replication or row security', 'makes or passes them' FROM pg_roles
             WHERE rolname = $1::text AND (rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)
  ORDER BY 1`

interface Right {
  name: string
  may: string
}

/** One section a role, in Markdown. */
export async function describeRights(query: Query): Promise<string> {
  const sections: string[] = []
  for (const role of roles) {
    const parts = [
      ['table or view', await rightsOf('tables', tables)],
      ['sequence', await rightsOf('sequences', sequences)],
      ['function', await rightsOf('functions', functions)],
      ['beyond', await rightsOf('elsewhere', elsewhere)],
    ] as const
    const told = parts.filter(([, rights]) => rights.length > 0).map(([what, rights]) => table(what, rights))
    const lacking = parts.filter(([, rights]) => rights.length === 0).map(([what]) => `No ${what}.`)
    sections.push(`## ${role}\n${[lacking.join(' '), ...told].filter((part) => part !== '').join('\n\n')}`)

    function rightsOf(what: string, text: string): Promise<Right[]> {
      return query<Right>({ name: `login-rights-${what}`, text, values: [role] })
    }
  }
  return `${sections.join('\n\n')}\n`
}

function table(what: string, rights: readonly Right[]): string {
  return [`| ${what} | |`, '|---|---|', ...rights.map(({ name, may }) => `| \`${name}\` | ${may} |`)].join(
    '\n',
  )
}
