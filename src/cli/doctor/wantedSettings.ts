/** A setting of Postgres, what it must be, and what it would tell otherwise (docs/operating.md). */
export interface WantedSetting {
  name: string
  wanted: string
  why: string
  /** Other values that do as well. */
  fine?: (value: string) => boolean
}

const off = { wanted: 'off', fine: (value: string) => value === 'off' || value === '' }
const never = { wanted: '-1' }

/** What keeps traces of reporters out of Postgres, and what keeps reports through a power cut. */
export const wantedSettings: readonly WantedSetting[] = [
  {
    name: 'log_min_messages',
    wanted: 'fatal',
    why: 'an ERROR line quotes values',
    fine: (value) => value === 'fatal' || value === 'panic',
  },
  { name: 'log_min_error_statement', wanted: 'panic', why: 'the statement that failed is logged' },
  { name: 'log_error_verbosity', wanted: 'terse', why: 'DETAIL quotes the row' },
  { name: 'log_connections', ...off, why: 'times and addresses of instances are logged' },
  { name: 'log_disconnections', ...off, why: 'times and addresses of instances are logged' },
  { name: 'log_statement', wanted: 'none', why: 'statements are logged with their times' },
  { name: 'log_duration', ...off, why: 'statements are logged with their times' },
  { name: 'log_min_duration_statement', ...never, why: 'slow statements are logged with their times' },
  { name: 'log_min_duration_sample', ...never, why: 'slow statements are logged with their times' },
  { name: 'log_transaction_sample_rate', wanted: '0', why: 'transactions are logged with their times' },
  { name: 'log_parameter_max_length', wanted: '0', why: 'parameters are logged' },
  { name: 'log_parameter_max_length_on_error', wanted: '0', why: 'parameters are logged' },
  { name: 'log_checkpoints', ...off, why: 'how much was written is logged with its time' },
  { name: 'log_lock_waits', ...off, why: 'waits are logged with their times' },
  { name: 'log_temp_files', ...never, why: 'temporary files are logged with their times' },
  { name: 'log_autovacuum_min_duration', ...never, why: 'how much was written is logged with its time' },
  { name: 'track_commit_timestamp', ...off, why: 'the time of each transaction is kept for good' },
  {
    name: 'track_functions',
    wanted: 'none',
    why: 'each batch of reports counts at the functions that put it',
  },
  { name: 'wal_recycle', ...off, why: 'recycled segments keep old commits on the disk' },
  {
    name: 'min_wal_size',
    wanted: '32MB',
    why: 'old segments of the write-ahead log are kept',
    fine: (value) => Number(value) <= 32,
  },
  {
    name: 'archive_mode',
    ...off,
    why: 'a WAL archive holds the time of each commit, for as long as it is kept',
  },
  { name: 'fsync', wanted: 'on', why: 'a power cut takes what was acknowledged' },
  { name: 'full_page_writes', wanted: 'on', why: 'a power cut tears pages' },
  {
    name: 'synchronous_commit',
    wanted: 'on',
    why: 'each transaction must raise it by itself',
    fine: (value) => value === 'on' || value === 'remote_apply',
  },
]

/** Whether a setting will do, given as pg_settings shows it. */
export function isFine({ wanted, fine }: WantedSetting, value: string): boolean {
  return fine === undefined ? value === wanted : fine(value)
}
