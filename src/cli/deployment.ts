import { loadConfig } from '../config.ts'
import type { Keyring } from '../crypto/keyring.ts'
import { provideDatabase } from '../start/database.ts'
import { provideKeyring } from '../start/keyringFile.ts'
import { migrate } from '../storage/migrate.ts'
import { openPool, type Pool } from '../storage/pool.ts'

/** A deployment, as a command on the triage host has it. */
export interface Deployment {
  pool: Pool<'sotto_triage'>
  keyring: Keyring
}

/** Does `work` with the deployment that the settings name. The embedded database gets its schema if it has none yet. */
export async function withDeployment<T>(
  work: (deployment: Deployment) => Promise<T>,
  connections = 1,
): Promise<T> {
  const config = loadConfig()
  const database = await provideDatabase(config)
  try {
    const keyring = provideKeyring(config, database.embedded)
    if (database.embedded) await migrate(database.migrationUrl)
    const pool = openPool(database.url, 'sotto_triage', connections)
    try {
      return await work({ pool, keyring })
    } finally {
      await pool.close()
    }
  } finally {
    await database.release()
  }
}
