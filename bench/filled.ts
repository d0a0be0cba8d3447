import { existsSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { type Keyring, readKeyringFile } from '../src/crypto/keyring.ts'
import { startEmbeddedPostgres } from '../src/embedded/postgres.ts'
import type { Report } from '../src/schemas/report.ts'
import { migrate } from '../src/storage/migrate.ts'
import { makeBodies } from './bodies.ts'
import { fill } from './fill.ts'
import { startServer } from './servers.ts'

/** The data folder of a service with at least so many reports, and its Postgres, which runs. */
export interface Filled {
  url: string
  database: pg.Client
  keyring: Keyring
  bodies: readonly Report[]
  /** How many it holds. */
  reports: number
  /** How long those took that were not there yet. */
  seconds: number
  stop(): Promise<void>
}

/** A service's setting. Else its night takes the oldest of what was made, in the midst of what is measured. */
export const keptForEver = { RETENTION_DAYS: '36500' }

/**
 * Begins a data folder as a service does, or takes one that is there, and puts in what it lacks of `reports`. Its Postgres has
 * `buffers` of memory for pages, or what it has by itself.
 */
export async function filledFolder(dataDir: string, reports: number, buffers?: string): Promise<Filled> {
  const keyringFile = join(dataDir, 'keyring.json')
  if (!existsSync(keyringFile)) {
    const service = await startServer('src/main.js', { DATA_DIR: dataDir, PORT: '0', ...keptForEver })
    await service.stop()
  }
  const keyring = readKeyringFile(keyringFile)
  await setBuffers(dataDir, buffers)
  const { url, stop } = await startEmbeddedPostgres({ dataDir })
  // A folder that was made before may lack what has come since.
  await migrate(url)
  const database = new pg.Client({ connectionString: url })
  await database.connect()
  const bodies = makeBodies(512).map((body) => JSON.parse(body) as Report)
  const there = await countOf(database)
  const since = performance.now()
  const seconds = () => (performance.now() - since) / 1000
  if (there < reports)
    await fill(database, keyring, reports - there, bodies, (done) => {
      if (done > 0 && done % 250_000 === 0) tell(`${done} reports after ${seconds().toFixed(0)} s`)
    })
  return {
    url,
    database,
    keyring,
    bodies,
    reports: Math.max(there, reports),
    seconds: seconds(),
    async stop() {
      await database.end()
      await stop()
    },
  }
}

/** It takes a start anew. */
async function setBuffers(dataDir: string, buffers: string | undefined): Promise<void> {
  const { url, stop } = await startEmbeddedPostgres({ dataDir })
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(
    buffers === undefined
      ? 'ALTER SYSTEM RESET shared_buffers'
      : `ALTER SYSTEM SET shared_buffers = ${pg.escapeLiteral(buffers)}`,
  )
  await client.end()
  await stop()
}

async function countOf(database: pg.Client): Promise<number> {
  const { rows } = await database.query<{ count: string }>('SELECT count(*) FROM reports')
  return Number(rows[0]?.count ?? 0)
}

function tell(text: string): void {
  process.stderr.write(`${text}\n`)
}
