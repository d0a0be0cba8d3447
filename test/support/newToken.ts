import { localTokens, type NewToken } from '../../src/auth/localTokens.ts'
import { readKeyringFile } from '../../src/crypto/keyring.ts'
import { openPool } from '../../src/storage/pool.ts'

/** A new token of a person, for a service on this database. */
export function newToken(
  { databaseUrl, keyringFile, clock }: { databaseUrl: string; keyringFile: string; clock: () => Date },
  of: NewToken,
): Promise<string> {
  return withTriagePool(databaseUrl, async (pool) => {
    const tokens = localTokens(pool, readKeyringFile(keyringFile), clock)
    const { token } = await pool.transaction((query) => tokens.add(query, of))
    return token
  })
}

async function withTriagePool<T>(
  url: string,
  work: (pool: ReturnType<typeof openPool<'sotto_triage'>>) => Promise<T>,
): Promise<T> {
  const pool = openPool(url, 'sotto_triage', 1)
  try {
    return await work(pool)
  } finally {
    await pool.close()
  }
}
