import type { AddressInfo } from 'node:net'
import { buildApp } from '../app.ts'
import { localTokens } from '../auth/localTokens.ts'
import { type Config, ConfigError } from '../config.ts'
import { mixNightly } from '../domain/mixing/nightly.ts'
import type { Log } from '../log.ts'
import type { Check } from '../routes/public/health.ts'
import type { Scope } from '../scope.ts'
import { migrate } from '../storage/migrate.ts'
import { openPool, type Pool } from '../storage/pool.ts'
import { provideDatabase } from './database.ts'
import { provideFirstToken } from './firstToken.ts'
import { provideKeyring } from './keyringFile.ts'
import { listenAt } from './listen.ts'
import { acceptKeysOf, publicSideOf, staffSideOf } from './sides.ts'

/** A service that listens. */
export interface Service {
  app: Scope
  address: AddressInfo
  embedded: boolean
  /** Stops accepting, finishes what was accepted, lets go of the database. */
  close(): Promise<void>
}

const poolSize = 10

/** Starts the role that the configuration asks for. Rejects with a ConfigError where a setting is in the way. */
export async function startService(config: Config, log: Log, clock = () => new Date()): Promise<Service> {
  if (config.role === 'intake' && config.databaseUrl === undefined) {
    throw new ConfigError('DATABASE_URL is needed for ROLE=intake: the embedded database is for ROLE=all')
  }
  const database = await provideDatabase(config)
  const closing: (() => Promise<void>)[] = [database.release]
  const close = async () => {
    for (const step of closing.toReversed()) await step()
  }
  const keep = <P extends Pool>(pool: P): P => {
    closing.push(pool.close)
    return pool
  }
  try {
    const keyring = provideKeyring(config, database.embedded)
    if (config.role !== 'intake') await migrate(database.migrationUrl)

    const triagePool =
      config.role === 'intake' ? undefined : keep(openPool(database.url, 'sotto_triage', poolSize))
    const intakePool =
      config.role === 'triage' ? undefined : keep(openPool(database.intakeUrl, 'sotto_intake', poolSize))
    if (triagePool !== undefined) {
      await acceptKeysOf(keyring, triagePool)
      if (database.embedded) await provideFirstToken(localTokens(triagePool, keyring, clock), config.dataDir)
    }

    const publicSide = intakePool && publicSideOf(intakePool, keyring, clock, config)
    const staffSide = triagePool && staffSideOf(triagePool, keyring, clock, config, log)
    const checks = new Map<string, Check>()
    if (publicSide !== undefined) checks.set('intake', publicSide.intake.ready)
    if (triagePool !== undefined) checks.set('triage', () => isThere(triagePool))

    const app = await buildApp({ log, limits: config, checks, publicSide, staffSide })
    closing.push(() => app.close())
    const address = await listenAt(config, app)
    if (triagePool !== undefined) closing.push(mixNightly({ pool: triagePool, keyring, clock, log }).stop)
    return { app, address, embedded: database.embedded, close }
  } catch (error) {
    await close().catch(() => {})
    throw error
  }
}

async function isThere(pool: Pool): Promise<void> {
  await pool.query({ name: 'is-there', text: 'SELECT 1', values: [] })
}
