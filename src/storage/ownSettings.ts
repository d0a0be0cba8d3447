/**
 * What `ALTER DATABASE … SET` or `ALTER ROLE … SET` may say otherwise for every session, and what is read or done here goes by:
 * how days and bytes are written, where tables are looked for, what a transaction sees. The login of intake may set its own,
 * and they stay when its host has been taken back.
 */
const own = {
  DateStyle: 'ISO, YMD',
  IntervalStyle: 'postgres',
  TimeZone: 'UTC',
  bytea_output: 'hex',
  standard_conforming_strings: 'on',
  search_path: 'public',
  row_security: 'on',
  default_transaction_isolation: 'read committed',
}

/** Sets them for the session. Columns of a SELECT. */
export const ownForSession = Object.entries(own)
  .map(([name, value]) => `set_config('${name}', '${value}', false)`)
  .join(', ')

/** Begins a transaction that sees what others have committed meanwhile, also where a pooler has put it into another session. */
export const begin = 'BEGIN ISOLATION LEVEL READ COMMITTED'
