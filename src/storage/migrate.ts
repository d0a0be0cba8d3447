import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import Postgrator from 'postgrator'
import { liftedForTransaction } from './timeLimits.ts'

/** Where the numbered SQL files lie: beside `build`, in the image as in a checkout. */
const migrations = fileURLToPath(new URL('../../../migrations/', import.meta.url))

/**
 * Brings the database at `url` to the newest version of the schema, all or nothing: every missing
 * migration runs in one transaction. Needs a login that may create roles and tables, unless there is nothing to do.
 * Tells how many ran. Throws a ForeignSchemaError, with nothing changed, where other files than these made the schema.
 */
export async function migrate(url: string): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await migrateOnce(url)
    } catch (error) {
      if ((error as { code?: string }).code !== deadlock || attempt === attemptsAtMost) throw error
    }
  }
}

/** A service of the version before works beside it, and may want the same tables in another order. */
const attemptsAtMost = 20
const deadlock = '40P01'

async function migrateOnce(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    const postgrator = postgratorOn(client)
    if (await isForeign(client)) throw new ForeignSchemaError()
    if (await isNewest(client, postgrator)) return 0
    await provideVersionTable(client)
    await client.query(`BEGIN; SELECT ${liftedForTransaction}`)
    // Any number of instances may start at once: one migrates, the others wait and find it done.
    await client.query('LOCK TABLE public.schema_version IN EXCLUSIVE MODE')
    await client.query('SET LOCAL client_min_messages = warning')
    await client.query(lendCreate)
    const applied = await postgrator.migrate()
    await client.query(takeCreateBack)
    await client.query('COMMIT')
    return applied.length
  } finally {
    await client.end()
  }
}

/**
 * Who owns functions must be able to make some while they are handed over, where the migrating login is no superuser; for
 * no longer. The first migration, which makes these roles, lends it to them itself.
 */
const lendCreate = `DO $$
BEGIN
  IF to_regrole('sotto_definer') IS NOT NULL AND to_regrole('sotto_log') IS NOT NULL
     AND to_regrole('sotto_signals') IS NOT NULL
     AND NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    GRANT CREATE ON SCHEMA public TO sotto_definer, sotto_log, sotto_signals;
  END IF;
END $$`
const takeCreateBack = 'REVOKE CREATE ON SCHEMA public FROM sotto_definer, sotto_log, sotto_signals'

/** The number of the newest migration that this program brings. */
export async function newestMigration(): Promise<number> {
  const numbers = (await readdir(migrations)).map((name) => Number.parseInt(name, 10))
  return Math.max(...numbers.filter((number) => !Number.isNaN(number)))
}

/** The database's schema was made by other files: by a version before the first release. No file leads from there to here. */
export class ForeignSchemaError extends Error {
  override readonly name = 'ForeignSchemaError'
}

/** Whether a migration that the database has had is another than this program's of the same number. */
export async function isForeign(client: pg.Client): Promise<boolean> {
  if (!(await isMigrated(client))) return false
  const ours = await postgratorOn(client).getMigrations()
  const { rows } = await client.query<{ version: number; md5: string }>(
    'SELECT version::integer, md5 FROM public.schema_version WHERE md5 IS NOT NULL',
  )
  return rows.some(({ version, md5 }) => ours.some((file) => file.version === version && file.md5 !== md5))
}

async function isNewest(client: pg.Client, postgrator: Postgrator): Promise<boolean> {
  return (
    (await isMigrated(client)) &&
    (await postgrator.getDatabaseVersion()) >= (await postgrator.getMaxVersion())
  )
}

/** Postgrator adds the columns beside the version: whoever made the table may have been cut short before. */
async function isMigrated(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ made: boolean }>(
    `SELECT EXISTS (SELECT FROM pg_attribute
                     WHERE attrelid = to_regclass('public.schema_version') AND attname = 'md5') AS made`,
  )
  return rows[0]?.made === true
}

/** Postgrator adds the other columns. Of several who make it at once all but one are refused, and need not be sorry. */
async function provideVersionTable(client: pg.Client): Promise<void> {
  try {
    await client.query('CREATE TABLE IF NOT EXISTS public.schema_version (version bigint PRIMARY KEY)')
  } catch (error) {
    const { code = '' } = error as { code?: string }
    if (code !== uniqueViolation && code !== duplicateTable) throw error
  }
}

const uniqueViolation = '23505'
const duplicateTable = '42P07'

function postgratorOn(client: pg.Client): Postgrator {
  return new Postgrator({
    driver: 'pg',
    migrationPattern: `${migrations}*.sql`,
    schemaTable: 'public.schema_version',
    execQuery: (sql) => client.query(sql),
  })
}
