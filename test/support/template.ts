import { readFile, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { migrate } from '../../src/storage/migrate.ts'
import { asSuperuser, databaseAt, startTestCluster, type TestCluster } from './cluster.ts'

/** The migrated database that every test file's own is a copy of. */
export const template = 'sotto_template'

/** Starts a server for tests and makes the template on it. */
export async function prepareCluster(): Promise<TestCluster> {
  const cluster = await startTestCluster()
  await asSuperuser(cluster.url, async (client) => {
    await client.query('UPDATE pg_database SET datistemplate = false WHERE datname = $1', [template])
    await client.query(`DROP DATABASE IF EXISTS ${template} WITH (FORCE)`)
    await client.query(`CREATE DATABASE ${template} TEMPLATE template0 ENCODING 'UTF8'`)
    await migrate(databaseAt(cluster.url, template))
    // Closed to connections, it can be copied at any time.
    await client.query(`ALTER DATABASE ${template} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false`)
  })
  return cluster
}

const note = fileURLToPath(new URL('../../test-cluster.json', import.meta.url))

/** The server that all test files of this run share, if they do. */
export async function notedCluster(): Promise<TestCluster | undefined> {
  const text = await readFile(note, 'utf8').catch(() => undefined)
  return text === undefined ? undefined : (JSON.parse(text) as TestCluster)
}

/** Leaves word of the server to the test files; without one, takes the word back. */
export async function noteCluster(cluster?: TestCluster): Promise<void> {
  if (cluster === undefined) await rm(note, { force: true })
  else await writeFile(note, JSON.stringify(cluster))
}
