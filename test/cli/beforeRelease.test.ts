import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeKeyringFile } from '../../src/crypto/keyring.ts'
import { startEmbeddedPostgres } from '../../src/embedded/postgres.ts'
import { newKeyring } from '../../src/start/newKeyring.ts'
import { asSuperuser } from '../support/cluster.ts'
import { cloneDatabase } from '../support/database.ts'
import { memoryFolder } from '../support/memoryFolder.ts'
import { t } from '../support/suite.ts'
import { run, runProcess } from './run.ts'

/** What was made before the migrations became the files of the first release is refused with one line, and never touched. */

const fixture = readFileSync(new URL('../../../fixtures/schema-before-release.sql', import.meta.url), 'utf8')
const line =
  /^sotto: DATABASE_URL[^\n]*: the database [^\n]*was made by a version before the first release[^\n]+left as it is[^\n]+another DATA_DIR[^\n]+\n$/

const folder = mkdtempSync(join(memoryFolder, 'sotto-before-'))
t.teardown(() => rmSync(folder, { recursive: true, force: true }))
const keyringFile = join(folder, 'keyring.json')
writeKeyringFile(keyringFile, newKeyring('2026-01-01'))

/** All that could have been changed: what relations there are, with their rights, and what the versions say. */
function stateOf(url: string) {
  return asSuperuser(url, async (client) => ({
    relations: (
      await client.query(
        'SELECT oid, relname, relacl::text FROM pg_class WHERE relnamespace = $1::regnamespace ORDER BY oid',
        ['public'],
      )
    ).rows,
    versions: (await client.query('SELECT * FROM schema_version ORDER BY version')).rows,
    rows: (await client.query('SELECT name, xmin::text FROM staff ORDER BY name')).rows,
  }))
}

t.test('a database of before the first release is refused with one line, and never touched', async (t) => {
  const { url } = await cloneDatabase(t)
  await asSuperuser(url, async (client) => {
    await client.query(fixture)
    await client.query("INSERT INTO staff (id, name) VALUES (gen_random_uuid(), 'Ada Example')")
  })
  const before = await stateOf(url)
  t.equal(before.versions.length, 33)
  const settings = { DATABASE_URL: url, KEYRING_FILE: keyringFile, LOG_LEVEL: 'silent', PORT: '0' }
  for (const words of [
    ['migrate'],
    ['migrate', '--json'],
    ['serve'],
    ['doctor'],
    ['staff', 'list'],
    ['mix'],
  ]) {
    t.match(await run('sotto', words, settings), { code: 1, stdout: '', stderr: line }, words.join(' '))
  }
  const owner = { KEYRING_FILE: keyringFile, MIGRATION_DATABASE_URL: url, DATA_DIR: join(folder, 'none') }
  t.match(
    await run('sotto', ['migrate'], owner),
    { code: 1, stdout: '', stderr: line },
    'by its owner’s login',
  )
  t.strictSame(await stateOf(url), before)
})

t.test('a data folder of before the first release is refused with one line, and never touched', async (t) => {
  const dataDir = join(folder, 'data')
  const read = async <T>(work: (url: string) => Promise<T>) => {
    const server = await startEmbeddedPostgres({ dataDir })
    try {
      return await work(server.url)
    } finally {
      await server.stop()
    }
  }
  const before = await read(async (url) => {
    await asSuperuser(url, async (client) => {
      await client.query(fixture)
      await client.query("CREATE TABLE staff (name text); INSERT INTO staff VALUES ('Ada Example')")
    })
    return stateOf(url)
  })
  writeKeyringFile(join(dataDir, 'keyring.json'), newKeyring('2026-01-01'))
  const files = readdirSync(dataDir)
  const keyring = readFileSync(join(dataDir, 'keyring.json'), 'utf8')
  const settings = { DATA_DIR: dataDir, LOG_LEVEL: 'silent', PORT: '0' }
  for (const words of [['serve'], ['migrate']]) {
    t.match(await runProcess('sotto', words, settings), { code: 1, stderr: line }, words.join(' '))
  }
  t.strictSame(await read(stateOf), before)
  t.strictSame(readdirSync(dataDir), files)
  t.equal(readFileSync(join(dataDir, 'keyring.json'), 'utf8'), keyring)
})

t.end()
