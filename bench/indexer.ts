import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeKeyring, writeKeyringFile } from '../src/crypto/keyring.ts'
import { indexSome } from '../src/domain/links/indexer.ts'
import { startEmbeddedPostgres } from '../src/embedded/postgres.ts'
import { acceptKeysOf } from '../src/start/acceptKeys.ts'
import { migrate } from '../src/storage/migrate.ts'
import { openPool } from '../src/storage/pool.ts'
import { asSuperuser } from '../test/support/cluster.ts'
import { fillSealedReports } from '../test/support/sealedReports.ts'

/**
 * How long the indexer takes to catch up so many reports, each naming a vehicle, a telephone and a place: each thing is
 * named by about ten reports. With one indexer, and the same again with two at once.
 */
const [count = 100_000] = process.argv.slice(2).map(Number)
const dataDir = mkdtempSync(join(tmpdir(), 'sotto-indexer-'))
const keyringFile = join(dataDir, 'keyring.json')
const { url, stop } = await startEmbeddedPostgres({ dataDir: join(dataDir, 'db') })
await migrate(url)
const keyring = makeKeyring('2026-01-01')
writeKeyringFile(keyringFile, keyring)
const pool = openPool(url, 'sotto_triage', 4)
await acceptKeysOf(keyring, pool)

const things = Math.ceil(count / 10)
const pick = (index: number, by: number) => (index * by) % things
const digits = (value: number, length: number) => String(value).padStart(length, '0')
const letters = (value: number) =>
  [676, 26, 1].map((unit) => String.fromCharCode(65 + (Math.floor(value / unit) % 26))).join('')
await fillSealedReports({ databaseUrl: url, keyringFile }, count, (index) => ({
  narrative: 'A fictional report. '.repeat(60),
  entities: [
    { kind: 'vehicle', registration: `ZZ${digits(pick(index, 7) % 100, 2)}${letters(pick(index, 7))}` },
    { kind: 'phone', number: `+447700${digits(pick(index, 11), 6)}` },
  ],
  places: [{ uprn: `9${digits(pick(index, 13), 11)}` }],
}))

for (const indexers of [1, 2]) {
  await asSuperuser(url, async (client) => {
    await client.query('TRUNCATE links, index_tokens, unindexed')
    await client.query('INSERT INTO unindexed SELECT id FROM reports')
    await client.query('ANALYZE')
  })
  const began = performance.now()
  const drain = async () => {
    while ((await indexSome({ pool, keyring })) > 0);
  }
  await Promise.all(Array.from({ length: indexers }, drain))
  const seconds = (performance.now() - began) / 1_000
  const [found] = await asSuperuser(
    url,
    async (client) =>
      (
        await client.query(
          'SELECT (SELECT count(*) FROM index_tokens) AS tokens, (SELECT count(*) FROM links) AS links',
        )
      ).rows,
  )
  const figures = {
    count,
    indexers,
    seconds: Math.round(seconds),
    perSecond: Math.round(count / seconds),
    ...found,
  }
  process.stdout.write(`${JSON.stringify(figures)}\n`)
}
await pool.close()
await stop()
rmSync(dataDir, { recursive: true, force: true })
