import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { asSuperuser, databaseAt, stopTestCluster, type TestCluster } from './cluster.ts'
import { tap } from './tap.ts'
import { notedCluster, prepareCluster, template } from './template.ts'

export interface TestDatabase {
  /** Its address, as a superuser. */
  url: string
  drop(): Promise<void>
}

/** What of a tap test is needed here. */
interface Lifetime {
  after(cleanUp: () => Promise<void>): void
}

/**
 * Makes a database of one's own, a copy of the migrated template. Given a test, it is dropped at that test's end,
 * whoever is still connected.
 */
export async function cloneDatabase(test?: Lifetime): Promise<TestDatabase> {
  const { url, folder } = await cluster()
  // Copying files beats copying through the log where nothing is flushed to disk, as on a server of our own.
  const strategy = folder === undefined ? '' : 'STRATEGY file_copy'
  const name = `sotto_test_${randomBytes(6).toString('hex')}`
  await asSuperuser(url, (client) =>
    copy(() => client.query(`CREATE DATABASE ${name} TEMPLATE ${template} ${strategy}`)),
  )
  const drop = () =>
    asSuperuser(url, async (client) => {
      await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    })
  test?.after(drop)
  return { url: databaseAt(url, name), drop }
}

const templateInUse = '55006'

async function copy(create: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await create()
      return
    } catch (error) {
      if (attempt === 50 || (error as { code?: string }).code !== templateInUse) throw error
    }
    await sleep(100)
  }
}

let known: Promise<TestCluster> | undefined

/** The server of this run, or, for a test file run by itself, one of its own that ends with it. */
function cluster(): Promise<TestCluster> {
  known ??= notedCluster().then(async (noted) => {
    if (noted !== undefined && (await answers(noted.url))) return noted
    const own = await prepareCluster()
    tap.after(() => stopTestCluster(own))
    return own
  })
  return known
}

async function answers(url: string): Promise<boolean> {
  return asSuperuser(url, async () => true).catch(() => false)
}
