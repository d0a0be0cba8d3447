import pg from 'pg'
import { codeOf } from './fault.ts'
import { port } from './folders.ts'
import { superuser } from './initialise.ts'

/** The database that the service lives in. */
export const database = 'sotto'

/**
 * The address of the server for `pg`, and for libpq. The socket's folder goes in the query, where any character can
 * be written; the host name is there for parsers that will not do without. Port and TLS are spelt out so that
 * PGPORT and PGSSLMODE in the environment change nothing.
 */
export function urlOf(socketFolder: string, name = database): string {
  return `postgresql://${superuser}@localhost:${port}/${name}?host=${encodeURIComponent(socketFolder)}&sslmode=disable`
}

/** Connects as the superuser, away from the service's database. The loss of the connection is no error. */
export async function connect(socketFolder: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: urlOf(socketFolder, 'postgres'),
    application_name: 'sotto',
    connectionTimeoutMillis: 5000,
  })
  client.on('error', () => undefined)
  await client.connect()
  return client
}

/** Makes the service's database if the server is new. */
export async function ensureDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database])
  if (rowCount !== 0) return
  try {
    await client.query(`CREATE DATABASE ${database}`)
  } catch (error) {
    if (!madeMeanwhile.includes(codeOf(error) ?? '')) throw error
  }
}

/** A start that was killed may have left its CREATE DATABASE running: it is seen only once it is done. */
const madeMeanwhile = ['42P04', '23505']

/** How many clients other than `client` are connected. */
export async function countOthers(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ others: number }>(
    `SELECT count(*)::int AS others FROM pg_stat_activity
      WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
  )
  return rows[0]?.others ?? 0
}

/** Whether the connection keeps this process alive, as a new one does. The types of `pg` leave these methods out. */
export function hold(client: pg.Client, keepsAlive: boolean): void {
  const counted = client as pg.Client & { ref(): void; unref(): void }
  if (keepsAlive) counted.ref()
  else counted.unref()
}
