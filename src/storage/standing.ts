import pg from 'pg'
import { isForeign, newestMigration } from './migrate.ts'

/** What stands between a login and its work on a database, in the order in which it is to be mended. */
export type Obstacle = 'unmigrated' | 'schema-foreign' | 'schema-older' | 'no-rights'

/** A database that answered, and how it stands with this program and this login. */
export interface Standing {
  /** Where it is and what it is called, as a person would say it: never with the password. */
  place: string
  login: string
  obstacle: Obstacle | undefined
}

/** Looks at the database at `url`, which is to be worked on as `role`. Rejects where it does not answer or lets nobody in. */
export async function standingOf(url: string, role: string): Promise<Standing> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows } = await client.query<Seen>(look, [role])
    const [seen] = rows
    if (seen === undefined) throw new TypeError('a look sees something')
    const place = `${seen.name} ${whereIs(client)}`
    return { place, login: seen.login, obstacle: await obstacleIn(client, seen) }
  } finally {
    await client.end()
  }
}

interface Seen {
  name: string
  login: string
  migrated: boolean
  readable: boolean
  mayAct: boolean
}

/** Names that nothing stands for give NULL here, and no error. */
const look = `
  SELECT current_database() AS name, session_user AS login, made.oid IS NOT NULL AS migrated,
         coalesce(has_table_privilege(session_user, made.oid, 'SELECT'), false) AS readable,
         coalesce(pg_has_role(session_user, to_regrole($1), 'MEMBER'), false) AS "mayAct"
    FROM to_regclass('public.schema_version') AS made (oid)`

async function obstacleIn(
  client: pg.Client,
  { migrated, readable, mayAct }: Seen,
): Promise<Obstacle | undefined> {
  if (!migrated) return 'unmigrated'
  if (readable) {
    const { rows } = await client.query<{ version: string | null }>(
      'SELECT max(version) AS version FROM public.schema_version',
    )
    const version = Number(rows[0]?.version ?? 0)
    if (version === 0) return 'unmigrated'
    if (await isForeign(client)) return 'schema-foreign'
    if (version < (await newestMigration())) return 'schema-older'
  }
  return mayAct ? undefined : 'no-rights'
}

function whereIs({ host, port }: pg.Client): string {
  return host.startsWith('/') ? `at the socket in ${host}` : `at ${host}:${port}`
}
