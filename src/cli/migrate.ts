import { loadConfig } from '../config.ts'
import { migrate as bringUpToDate } from '../storage/migrate.ts'
import { refusalOf } from '../storage/pool.ts'
import { standingOf } from '../storage/standing.ts'
import { command, Refusal } from './command.ts'
import { sayObstacle, tellDatabase, withDatabase } from './deployment.ts'

/** `sotto migrate`: what triage does at its start, for deployments that want it apart. */
export const migrate = command({
  name: 'migrate',
  about: 'Bring the database to the newest version of the schema.',
  more: 'All or nothing, and nothing if it is there already. Uses MIGRATION_DATABASE_URL (by default DATABASE_URL), whose login\nmust be the owner.',
  parameters: {},
  example: 'MIGRATION_DATABASE_URL=postgresql://sotto_owner@db/sotto sotto migrate',
  async run() {
    const config = loadConfig()
    const { migrationDatabaseUrl } = config
    const count = await (migrationDatabaseUrl === undefined
      ? withDatabase(config, ({ migrationUrl }) => migrateAt(migrationUrl))
      : migrateAt(migrationDatabaseUrl))
    const text = count === 0 ? 'nothing to do: the schema is the newest\n' : `${count} migrations done\n`
    return { text, json: { migrations: count } }
  },
})

async function migrateAt(url: string): Promise<number> {
  const standing = await standingOf(url, 'sotto_triage')
  if (standing.obstacle === 'schema-foreign') throw new Refusal(sayObstacle(standing, standing.obstacle))
  tellDatabase(standing)
  try {
    return await bringUpToDate(url)
  } catch (error) {
    if (refusalOf(error)?.state !== noRights) throw error
    throw new Refusal(
      `the login ${standing.login} may not change the schema: give MIGRATION_DATABASE_URL the owner’s`,
    )
  }
}

const noRights = '42501'
