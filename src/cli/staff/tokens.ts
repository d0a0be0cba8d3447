import { type LocalTokens, localTokens } from '../../auth/localTokens.ts'
import { loadConfig } from '../../config.ts'
import { hasPrivateKeys } from '../../crypto/keyring.ts'
import { provideDatabase } from '../../start/database.ts'
import { provideKeyring } from '../../start/keyringFile.ts'
import { migrate } from '../../storage/migrate.ts'
import { openPool } from '../../storage/pool.ts'
import { Refusal } from '../command.ts'

/** Does `work` with the deployment's tokens. The embedded database gets its schema if it has none yet. */
export async function withTokens<T>(work: (tokens: LocalTokens) => Promise<T>): Promise<T> {
  const config = loadConfig()
  const database = await provideDatabase(config)
  try {
    const keyring = provideKeyring(config, database.embedded)
    if (!hasPrivateKeys(keyring)) {
      throw new Refusal('KEYRING_FILE holds public keys only: do this on the triage host')
    }
    if (database.embedded) await migrate(database.migrationUrl)
    const pool = openPool(database.url, 'sotto_triage', 1)
    try {
      return await work(localTokens(pool, keyring, () => new Date()))
    } finally {
      await pool.close()
    }
  } finally {
    await database.release()
  }
}
