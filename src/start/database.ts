import type { Config } from '../config.ts'
import { startEmbeddedPostgres } from '../embedded/postgres.ts'

/** Where the database is, for each that needs it. */
export interface Database {
  /** Whether it is the embedded one, in the data folder. */
  embedded: boolean
  url: string
  intakeUrl: string
  migrationUrl: string
  /** Stops the embedded Postgres if nobody else uses it. */
  release(): Promise<void>
}

/** Finds the configured database, or starts the embedded one. */
export async function provideDatabase(config: Config): Promise<Database> {
  const { databaseUrl, intakeDatabaseUrl, migrationDatabaseUrl, dataDir, searchPath } = config
  if (databaseUrl !== undefined) {
    return {
      embedded: false,
      url: databaseUrl,
      intakeUrl: intakeDatabaseUrl ?? databaseUrl,
      migrationUrl: migrationDatabaseUrl ?? databaseUrl,
      release: async () => {},
    }
  }
  const { url, stop } = await startEmbeddedPostgres({ dataDir, searchPath })
  return { embedded: true, url, intakeUrl: url, migrationUrl: url, release: stop }
}
