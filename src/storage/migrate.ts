import { fileURLToPath } from 'node:url'
import pg from 'pg'
import Postgrator from 'postgrator'

/** Where the numbered SQL files lie: beside `build`, in the image as in a checkout. */
const migrations = fileURLToPath(new URL('../../../migrations/', import.meta.url))

/** Any number of instances may start at once: one migrates, the others wait for this lock and find it done. */
const migrationLock = 7_365_746

/**
 * Brings the database at `url` to the newest version of the schema, all or nothing: every missing
 * migration runs in one transaction. Needs a login that may create roles and tables, unless there is nothing to do.
 * Tells how many ran.
 */
export async function migrate(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    const postgrator = postgratorOn(client)
    if (await isNewest(client, postgrator)) return 0
    await client.query('BEGIN')
    await client.query('SELECT pg_advisory_xact_lock($1)', [migrationLock])
    await client.query('SET LOCAL client_min_messages = warning')
    const applied = await postgrator.migrate()
    await client.query('COMMIT')
    return applied.length
  } finally {
    await client.end()
  }
}

async function isNewest(client: pg.Client, postgrator: Postgrator): Promise<boolean> {
  const { rows } = await client.query<{ made: boolean }>(
    "SELECT to_regclass('public.schema_version') IS NOT NULL AS made",
  )
  return (
    rows[0]?.made === true && (await postgrator.getDatabaseVersion()) >= (await postgrator.getMaxVersion())
  )
}

function postgratorOn(client: pg.Client): Postgrator {
  return new Postgrator({
    driver: 'pg',
    migrationPattern: `${migrations}*.sql`,
    schemaTable: 'public.schema_version',
    execQuery: (sql) => client.query(sql),
  })
}
