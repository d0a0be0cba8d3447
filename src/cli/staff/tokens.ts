import { type LocalTokens, localTokens } from '../../auth/localTokens.ts'
import { type OidcSubjects, oidcSubjects } from '../../auth/subjects.ts'
import { loadConfig } from '../../config.ts'
import { hasPrivateKeys } from '../../crypto/keyring.ts'
import { provideDatabase } from '../../start/database.ts'
import { provideKeyring } from '../../start/keyringFile.ts'
import { migrate } from '../../storage/migrate.ts'
import { openPool } from '../../storage/pool.ts'
import { Refusal } from '../command.ts'

/** How staff come in: by tokens made here, or as subjects of an OIDC issuer. */
export interface WaysIn {
  tokens: LocalTokens
  subjects: OidcSubjects
}

/** Does `work` with the deployment's ways in. The embedded database gets its schema if it has none yet. */
export async function withWaysIn<T>(work: (ways: WaysIn) => Promise<T>): Promise<T> {
  const config = loadConfig()
  const database = await provideDatabase(config)
  try {
    const keyring = provideKeyring(config, database.embedded)
    if (!hasPrivateKeys(keyring)) {
      throw new Refusal('KEYRING_FILE holds public keys only: do this on the triage host')
    }
    if (database.embedded) await migrate(database.migrationUrl)
    const pool = openPool(database.url, 'sotto_triage', 1)
    const clock = () => new Date()
    try {
      return await work({
        tokens: localTokens(pool, keyring, clock),
        subjects: oidcSubjects(pool, keyring, clock),
      })
    } finally {
      await pool.close()
    }
  } finally {
    await database.release()
  }
}

export const withTokens = <T>(work: (tokens: LocalTokens) => Promise<T>): Promise<T> =>
  withWaysIn(({ tokens }) => work(tokens))
