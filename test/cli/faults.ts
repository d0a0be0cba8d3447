/** A fault of a deployment, made and mended by statements or settings, and what the doctor says of it. */
export interface Fault {
  what: string
  check: string
  said: RegExp
  level?: 'warning'
  breakIt?: string
  mendIt?: string
  settings?: Record<string, string>
}

interface Place {
  database: string
  /** An address of it for the login `sotto_doctor_login`, which a fault makes. */
  loginUrl: string
  /** Files: the keyring's public half, and signposts that nobody looked at for long. */
  publicHalf: string
  oldSignposts: string
}

/** Everything that can be wrong with one deployment and made so beside others on its server. */
export const faultsOf = ({ database, loginUrl, publicHalf, oldSignposts }: Place): readonly Fault[] => [
  ...(
    [
      ['log_statement', 'all'],
      ['log_min_messages', 'warning'],
      ['log_min_error_statement', 'error'],
      ['log_error_verbosity', 'verbose'],
      ['log_min_duration_statement', '0'],
      ['log_min_duration_sample', '5'],
      ['log_duration', 'on'],
      ['log_parameter_max_length', '-1'],
      ['log_parameter_max_length_on_error', '-1'],
      ['log_lock_waits', 'on'],
      ['log_temp_files', '0'],
      ['log_transaction_sample_rate', '1'],
      ['synchronous_commit', 'off'],
    ] as const
  ).map(([name, value]) => ({
    what: `${name} is ${value} for this database`,
    check: 'postgres-settings',
    said: new RegExp(`^${name} is \\S+`),
    breakIt: `ALTER DATABASE ${database} SET ${name} = '${value}'`,
    mendIt: `ALTER DATABASE ${database} RESET ${name}`,
  })),
  {
    what: 'intake may read a table',
    check: 'logins',
    said: /a right too many.*sotto_intake: reports: SELECT/,
    breakIt: 'GRANT SELECT ON reports TO sotto_intake',
    mendIt: 'REVOKE SELECT ON reports FROM sotto_intake',
  },
  {
    what: 'triage lacks a right',
    check: 'logins',
    said: /a right is lacking.*sotto_triage: night_watch/,
    breakIt: 'REVOKE UPDATE ON night_watch FROM sotto_triage',
    mendIt: 'GRANT UPDATE ON night_watch TO sotto_triage',
  },
  {
    what: 'somebody may become triage',
    check: 'logins',
    said: /sotto_doctor_stranger may become sotto_triage/,
    breakIt: 'CREATE ROLE sotto_doctor_stranger; GRANT sotto_triage TO sotto_doctor_stranger',
    mendIt: 'DROP ROLE sotto_doctor_stranger',
  },
  {
    what: 'what every login of a Postgres may do is left to intake',
    check: 'logins',
    said: /a right too many.*sotto_intake: advisory locks: takes them/,
    breakIt: 'GRANT EXECUTE ON FUNCTION pg_advisory_lock(bigint) TO PUBLIC',
    mendIt: 'REVOKE EXECUTE ON FUNCTION pg_advisory_lock(bigint) FROM PUBLIC',
  },
  {
    what: 'intake may write temporary files without end',
    check: 'logins',
    said: /^temp_file_limit is -1 for sotto_intake/,
    breakIt: `ALTER ROLE sotto_intake IN DATABASE ${database} SET temp_file_limit = -1`,
    mendIt: `ALTER ROLE sotto_intake IN DATABASE ${database} RESET temp_file_limit`,
  },
  {
    what: 'the mixing is overdue',
    check: 'mixing',
    said: /2026-01-02 are not mixed/,
    breakIt: `INSERT INTO mixings (day, mixed_on, unopened, unplaced, emptied_on) VALUES ('2026-01-01', '2026-01-02', 0, 0, '2026-01-02')`,
    mendIt: 'DELETE FROM mixings',
  },
  {
    what: 'the log kept times and counts',
    check: 'mixing',
    said: /log_kept: switch/,
    breakIt: `INSERT INTO mixings (day, mixed_on, unopened, unplaced, emptied_on, log_kept)
              VALUES (current_date - 1, current_date, 0, 0, current_date, '{switch,counters}')`,
    mendIt: 'DELETE FROM mixings',
  },
  {
    what: 'rows did not open',
    check: 'mixing',
    said: /3 rows did not open/,
    level: 'warning',
    breakIt: `INSERT INTO mixings (day, mixed_on, unopened, unplaced, emptied_on)
              VALUES (current_date - 1, current_date, 3, 0, current_date)`,
    mendIt: 'DELETE FROM mixings',
  },
  {
    what: 'no night came since',
    check: 'purge',
    said: /last nightly pass was on 2026-01-01/,
    breakIt: `UPDATE night_watch SET last_night = '2026-01-01'`,
    mendIt: 'UPDATE night_watch SET last_night = NULL',
  },
  {
    what: 'whom a restricted report names has left',
    check: 'restricted',
    said: /1 restricted reports fell back to supervisors/,
    level: 'warning',
    breakIt: `INSERT INTO reports (id, received_on, category, priority, lead_agency, support_agencies, restricted,
                                   restricted_to, batch_id, wrapped_key, body)
              VALUES (gen_random_uuid(), current_date, 'corruption', 2, 'law-enforcement', '{}', true,
                      ARRAY[gen_random_uuid(), gen_random_uuid()], gen_random_uuid(), '', '')`,
    mendIt: 'DELETE FROM reports',
  },
  {
    what: 'a signpost is old',
    check: 'signposts',
    said: /checked on/,
    level: 'warning',
    // Triage says them too, to partners.
    settings: { SIGNPOSTS_FILE: oldSignposts },
  },
  { what: 'no limit', check: 'proxy-trust', said: /RATE_LIMIT is 0/, settings: { RATE_LIMIT: '0' } },
  {
    what: 'no service answers',
    check: 'proxy-trust',
    said: /was not tried/,
    level: 'warning',
    settings: { PORT: '1' },
  },
  {
    what: 'a module that samples statements is loaded',
    check: 'postgres-settings',
    said: /^auto_explain is loaded/,
    breakIt: `ALTER DATABASE ${database} SET session_preload_libraries = 'auto_explain'`,
    mendIt: `ALTER DATABASE ${database} RESET session_preload_libraries`,
  },
  {
    what: 'a table does not wait for the disk',
    check: 'durable-tables',
    said: /^commits to reports need not wait/,
    breakIt: 'ALTER TABLE reports DISABLE TRIGGER durable',
    mendIt: 'ALTER TABLE reports ENABLE TRIGGER durable',
    settings: {},
  },
  { what: 'the login is a superuser', check: 'logins', said: /logs in as \S+, a superuser/ },
  {
    what: 'the login is another one',
    check: 'logins',
    said: /logs in as sotto_doctor_login, not as sotto_triage/,
    breakIt: `CREATE ROLE sotto_doctor_login LOGIN PASSWORD 'x' IN ROLE sotto_triage`,
    mendIt: 'DROP ROLE sotto_doctor_login',
    settings: { DATABASE_URL: loginUrl },
  },
  {
    what: 'both sides are one process',
    check: 'logins',
    said: /^ROLE=all/,
    level: 'warning',
    settings: { ROLE: 'all' },
  },
  {
    what: 'rows were set aside',
    check: 'mixing',
    said: /1 rows met others of the same id/,
    level: 'warning',
    breakIt: `INSERT INTO unplaced_rows (source, found_on, content) VALUES ('box_reports', current_date, '{}')`,
    mendIt: 'DELETE FROM unplaced_rows',
  },
  {
    what: 'more is due than goes in a night',
    check: 'purge',
    said: /30 reports are due to be purged, more than go in one night/,
    level: 'warning',
    breakIt: `INSERT INTO reports (id, received_on, category, priority, lead_agency, support_agencies, restricted,
                                   batch_id, wrapped_key, body)
              SELECT gen_random_uuid(), current_date - 800, 'fraud', 2, 'law-enforcement', '{}', false,
                     gen_random_uuid(), '', '' FROM generate_series(1, 30)`,
    mendIt: 'DELETE FROM reports',
  },
  {
    what: 'triage was given the public half',
    check: 'keyring',
    said: /the keyring of triage holds no private keys/,
    settings: { KEYRING_FILE: publicHalf },
  },
  {
    what: 'no proxy is named where others than this host can ask',
    check: 'proxy-trust',
    said: /^TRUST_PROXY is not set/,
    level: 'warning',
    settings: { HOST: '0.0.0.0' },
  },
]
