/**
 * What the server must never do, so that neither its log nor its write-ahead log tells of a report: an ERROR line
 * quotes values (only `fatal` stops it), statements and connections carry times, recycled log segments keep old
 * commits.
 */
const leaveNoTrace = {
  log_min_messages: 'fatal',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_line_prefix: '',
  log_connections: 'off',
  log_disconnections: 'off',
  log_checkpoints: 'off',
  log_statement: 'none',
  log_duration: 'off',
  log_min_duration_statement: '-1',
  log_autovacuum_min_duration: '-1',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  logging_collector: 'off',
  log_destination: 'stderr',
  track_commit_timestamp: 'off',
  track_functions: 'none',
  wal_recycle: 'off',
  min_wal_size: '32MB',
  max_wal_size: '256MB',
  // Nothing replicates an embedded server, so its log need not tell a standby who was at work when.
  wal_level: 'minimal',
  max_wal_senders: '0',
}

const plain = {
  port: '5432',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
}

// A statement whose client has given up and gone would wait for its lock for as long as that is held.
const tidy = { client_connection_check_interval: '2s' }

const safe = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' }

export interface Settings {
  socketFolder: string
  extra: Readonly<Record<string, string>>
}

/** The settings file of the embedded server: a Unix socket alone, no traces, and what `extra` adds. */
export function settingsFile({ socketFolder, extra }: Settings): string {
  const reach = {
    listen_addresses: '',
    unix_socket_directories: `"${socketFolder.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
  }
  const all = { ...plain, ...leaveNoTrace, ...safe, ...tidy, ...reach, ...extra }
  const lines = Object.entries(all).map(([name, value]) => `${name} = ${quote(value)}`)
  return `# Written by sotto at every start: changes made here are lost.\n${lines.join('\n')}\n`
}

function quote(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}
