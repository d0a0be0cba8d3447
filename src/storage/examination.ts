import type { Query } from './pool.ts'
import { namedOn, namesTooFew } from './visibility.ts'

/** What `sotto doctor` asks of a database: its settings, who may what, how it is reached. Nothing is written. */

export interface SettingRow {
  name: string
  value: string
}

/** The settings of these names, as they hold for this session. Some are shown to superusers alone. */
export function settingsNamed(query: Query, names: readonly string[]): Promise<SettingRow[]> {
  return query<SettingRow>({
    name: 'settings-named',
    text: 'SELECT name, setting AS value FROM pg_settings WHERE name = ANY ($1) ORDER BY name',
    values: [names],
  })
}

/** What a role or database sets otherwise, of these names: `role x in database y`, with the setting. */
export function settingsApart(
  query: Query,
  names: readonly string[],
): Promise<(SettingRow & { of: string })[]> {
  return query<SettingRow & { of: string }>({
    name: 'settings-apart',
    text: `SELECT concat_ws(' in ', 'role ' || nullif(s.setrole, 0)::regrole, 'database ' || d.datname) AS of,
                  split_part(one, '=', 1) AS name, substring(one FROM position('=' IN one) + 1) AS value
             FROM pg_db_role_setting s LEFT JOIN pg_database d ON d.oid = s.setdatabase, unnest(s.setconfig) AS one
            WHERE split_part(one, '=', 1) = ANY ($1) AND (d.datname IS NULL OR d.datname = current_database())
            ORDER BY 1, 2 LIMIT 200`,
    values: [names],
  })
}

/** Modules that sample statements, as their own settings give them away. */
export function samplingModules(query: Query): Promise<{ name: string }[]> {
  return query<{ name: string }>({
    name: 'sampling-modules',
    text: `SELECT DISTINCT split_part(name, '.', 1) AS name FROM pg_settings
            WHERE split_part(name, '.', 1) IN ('pg_stat_statements', 'auto_explain', 'pgaudit', 'pg_stat_monitor')`,
    values: [],
  })
}

export interface ConnectionRow {
  login: string
  isSuperuser: boolean
  encrypted: boolean
  /** Null over a Unix socket. */
  server: string | null
}

export async function connectionFacts(query: Query): Promise<ConnectionRow | undefined> {
  const rows = await query<ConnectionRow>({
    name: 'connection-facts',
    text: `SELECT session_user AS login, r.rolsuper AS "isSuperuser", host(inet_server_addr()) AS server,
                  coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false) AS encrypted
             FROM pg_roles r WHERE r.rolname = session_user`,
    values: [],
  })
  return rows[0]
}

/** Who may become one of Sotto's roles and is neither superuser, nor the schema's owner, nor one who is meant to. */
export function strangers(query: Query): Promise<{ member: string; role: string }[]> {
  return query<{ member: string; role: string }>({
    name: 'strangers',
    text: `SELECT m.member::regrole::text AS member, m.roleid::regrole::text AS role
             FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member
            WHERE m.roleid::regrole::text IN
                  ('sotto_intake', 'sotto_triage', 'sotto_partner', 'sotto_definer', 'sotto_log', 'sotto_signals')
              AND NOT r.rolsuper
              AND m.member <> (SELECT relowner FROM pg_class WHERE oid = 'public.reports'::regclass)
              AND NOT (r.rolname = 'sotto_triage' AND m.roleid::regrole::text = 'sotto_partner')
            ORDER BY 1, 2 LIMIT 100`,
    values: [],
  })
}

/** Other databases of the server that intake's login may connect to. */
export function databasesOpenToIntake(query: Query): Promise<{ name: string }[]> {
  return query<{ name: string }>({
    name: 'databases-open-to-intake',
    text: `SELECT d.datname AS name FROM pg_database d JOIN pg_roles r ON r.rolname = 'sotto_intake' AND r.rolcanlogin
            WHERE d.datallowconn AND d.datname <> current_database() AND has_database_privilege(r.oid, d.oid, 'CONNECT')
            ORDER BY 1 LIMIT 10`,
    values: [],
  })
}

/** How much a session of intake's login may write to temporary files, as it is set; `-1` is without end. */
export async function temporaryFilesOfIntake(query: Query): Promise<string> {
  const rows = await query<{ limit: string }>({
    name: 'temporary-files-of-intake',
    text: `SELECT coalesce(
             (SELECT split_part(one, '=', 2) FROM pg_db_role_setting s
                LEFT JOIN pg_database d ON d.oid = s.setdatabase, unnest(s.setconfig) AS one
               WHERE split_part(one, '=', 1) = 'temp_file_limit' AND (d.datname IS NULL OR d.datname = current_database())
                 AND (s.setrole = 0 OR s.setrole = 'sotto_intake'::regrole)
               ORDER BY s.setrole = 0, s.setdatabase = 0 LIMIT 1),
             current_setting('temp_file_limit')) AS limit`,
    values: [],
  })
  return rows[0]?.limit ?? '-1'
}

/** Replication slots: each keeps the write-ahead log, and with it times, for as long as it is not read. */
export function replicationSlots(query: Query): Promise<{ name: string }[]> {
  return query<{ name: string }>({
    name: 'replication-slots',
    text: 'SELECT slot_name AS name FROM pg_replication_slots WHERE NOT active OR slot_type = $1 ORDER BY 1 LIMIT 100',
    values: ['logical'],
  })
}

/** How many restricted reports name people of whom too few are left, up to 10,000. */
export async function fallenBack(query: Query): Promise<number> {
  const rows = await query<{ count: number }>({
    name: 'fallen-back',
    text: `SELECT count(*)::integer AS count
             FROM (SELECT FROM listed_reports
                    WHERE restricted AND cardinality(${namedOn('')}) > 0 AND ${namesTooFew('')} LIMIT 10000) found`,
    values: [],
  })
  return rows[0]?.count ?? 0
}

/** When the trail's last record was made; undefined of an empty one. */
export async function lastRecordAt(query: Query): Promise<Date | undefined> {
  const rows = await query<{ at: Date }>({
    name: 'last-record-at',
    text: 'SELECT at FROM audit_records ORDER BY seq DESC LIMIT 1',
    values: [],
  })
  return rows[0]?.at
}
