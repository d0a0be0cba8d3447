import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import {
  attachEmbeddedPostgres,
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../src/embedded/postgres.ts'
import { memoryFolder } from './memoryFolder.ts'

/** A Postgres server for tests: its address, as a superuser, and its folder if it is one of our own. */
export interface TestCluster {
  url: string
  folder?: string
}

/**
 * The server that TEST_DATABASE_URL names, or a new one that runs on after this process. Servers that
 * earlier runs of this build left behind are stopped.
 */
export async function startTestCluster(): Promise<TestCluster> {
  const given = process.env.TEST_DATABASE_URL
  if (given) return { url: given }
  await stopForgotten()
  const folder = await mkdtemp(join(memoryFolder, prefix))
  const server = await startEmbeddedPostgres({ dataDir: folder })
  startedHere.set(folder, server)
  return { url: server.url, folder }
}

/** Stops a server of our own, though tests that were cut short may still be connected, and removes its folder. */
export async function stopTestCluster({ url, folder }: TestCluster): Promise<void> {
  if (folder === undefined) return
  await asSuperuser(url, (client) =>
    client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                   WHERE backend_type = 'client backend' AND datname LIKE 'sotto\\_%'`),
  ).catch(() => undefined)
  await stopIfUnused(folder)
}

const startedHere = new Map<string, EmbeddedPostgres>()

/** Runs `work` with one connection to `url`, closed afterwards. */
export async function asSuperuser<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** The address of another database on the same server. */
export function databaseAt(url: string, name: string): string {
  const address = new URL(url)
  address.pathname = `/${name}`
  return address.href
}

/** Several builds of this project may be tested at once on one machine: each knows its own servers by its path. */
const prefix = `sotto-test-${createHash('sha256')
  .update(import.meta.url)
  .digest('hex')
  .slice(0, 12)}-`

const longestRun = 10 * 60_000

/** A young folder may belong to another run of this build that is just starting its server. */
async function stopForgotten(): Promise<void> {
  const names = await readdir(memoryFolder)
  for (const folder of names
    .filter((name) => name.startsWith(prefix))
    .map((name) => join(memoryFolder, name))) {
    const made = (await stat(folder).catch(() => undefined))?.mtimeMs ?? Date.now()
    if (Date.now() - made > longestRun) await stopIfUnused(folder)
  }
}

async function stopIfUnused(folder: string): Promise<void> {
  if ((await attachEmbeddedPostgres(folder)) !== undefined) {
    const server = startedHere.get(folder) ?? (await startEmbeddedPostgres({ dataDir: folder }))
    await server.stop()
    if ((await attachEmbeddedPostgres(folder)) !== undefined) return
  }
  await rm(folder, { recursive: true, force: true })
}
