import { loadConfig } from '../config.ts'
import { provideDatabase } from '../start/database.ts'
import { migrate as bringUpToDate } from '../storage/migrate.ts'
import { command } from './command.ts'

/** `sotto migrate`: what triage does at its start, for deployments that want it apart. */
export const migrate = command({
  name: 'migrate',
  about: 'Bring the database to the newest version of the schema.',
  more: 'All or nothing, and nothing if it is there already. Uses MIGRATION_DATABASE_URL (by default DATABASE_URL), whose login\nmust be the owner.',
  parameters: {},
  example: 'MIGRATION_DATABASE_URL=postgresql://sotto_owner@db/sotto sotto migrate',
  async run() {
    const database = await provideDatabase(loadConfig())
    try {
      const count = await bringUpToDate(database.migrationUrl)
      const text = count === 0 ? 'nothing to do: the schema is the newest\n' : `${count} migrations done\n`
      return { text, json: { migrations: count } }
    } finally {
      await database.release()
    }
  },
})
