import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Config, loadConfig } from '../config.ts'
import type { Keyring } from '../crypto/keyring.ts'
import { plainLine } from '../plainText.ts'
import { type Database, provideDatabase } from '../start/database.ts'
import { provideKeyring } from '../start/keyringFile.ts'
import { foreignSchema } from '../start/reason.ts'
import { migrate } from '../storage/migrate.ts'
import { openPool, type Pool } from '../storage/pool.ts'
import { type Obstacle, type Standing, standingOf } from '../storage/standing.ts'
import { Refusal } from './command.ts'

/** A deployment, as a command on the triage host has it. */
export interface Deployment {
  pool: Pool<'sotto_triage'>
  keyring: Keyring
}

/** Does `work` with the deployment that the settings name: a database that is there, and the keyring that goes with it. */
export async function withDeployment<T>(
  work: (deployment: Deployment) => Promise<T>,
  connections = 1,
): Promise<T> {
  const config = loadConfig()
  insistOnDatabase(config)
  // No command makes a keyring: what is there was sealed to another.
  const keyring = await provideKeyring(config, false)
  return withTriagePool(config, (pool) => work({ pool, keyring }), connections)
}

/** Does `work` as triage on the database that the settings name, once it is there, migrated and open to this login. */
export function withTriagePool<T>(
  config: Config,
  work: (pool: Pool<'sotto_triage'>) => Promise<T>,
  connections = 1,
): Promise<T> {
  return withDatabase(config, async (database) => {
    // Whoever owns the data folder owns the database in it.
    if (database.embedded) await migrate(database.migrationUrl)
    const standing = await standingOf(database.url, 'sotto_triage')
    if (standing.obstacle !== undefined) throw new Refusal(sayObstacle(standing, standing.obstacle))
    tellDatabase(standing)
    const pool = openPool(database.url, 'sotto_triage', connections)
    try {
      return await work(pool)
    } finally {
      await pool.close()
    }
  })
}

/** Does `work` with the database that the settings name. None is ever made for a command. */
export async function withDatabase<T>(config: Config, work: (database: Database) => Promise<T>): Promise<T> {
  insistOnDatabase(config)
  const database = await provideDatabase(config)
  try {
    return await work(database)
  } finally {
    await database.release()
  }
}

/** Whether the settings name a database: one of the operator's, or the embedded one in a data folder that is there. */
export function namesDatabase({ databaseUrl, dataDir }: Config): boolean {
  return databaseUrl !== undefined || existsSync(join(dataDir, 'postgres', 'PG_VERSION'))
}

/** Refuses where the settings name no database. */
export function insistOnDatabase(config: Config): void {
  if (namesDatabase(config)) return
  const alone =
    config.migrationDatabaseUrl === undefined ? '' : ' (MIGRATION_DATABASE_URL is for `sotto migrate` alone)'
  throw new Refusal(
    `DATABASE_URL is not set${alone}, and DATA_DIR (${config.dataDir}) holds no embedded database: set one of them; only \`sotto serve\` makes one`,
  )
}

/** The first line of every command that works on a database: a person sees at once if it is another than was meant. */
export function tellDatabase({ place, login }: Pick<Standing, 'place' | 'login'>): void {
  process.stderr.write(plainLine(`sotto: the database is ${place}, as ${login}`).concat('\n'))
}

/** What is in the way, and what to do about it, in one line. */
export function sayObstacle({ place, login }: Standing, obstacle: Obstacle): string {
  const said = {
    unmigrated: 'is not migrated: run `sotto migrate` as its owner',
    'schema-foreign': foreignSchema,
    'schema-older': 'has an older schema than this program: run `sotto migrate` as its owner',
    'no-rights': `does not let the login ${login} act for this side: use the login that docs/operating.md gives it`,
  }
  return `DATABASE_URL: the database ${place} ${said[obstacle]}`
}
