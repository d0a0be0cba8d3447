import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { foldersOf } from '../../src/embedded/folders.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/embedded/postgres.ts'
import { asSuperuser } from '../support/cluster.ts'
import { memoryFolder } from '../support/memoryFolder.ts'
import type { Test } from '../support/suite.ts'

/** A server whose files can be looked into. */
export interface OpenServer extends EmbeddedPostgres {
  /** How many of these byte strings stand in any file of the server: tables, indexes, write-ahead log. */
  findInFiles(wanted: readonly Buffer[]): Promise<number>
}

/** Starts a server for this test alone. */
export async function startOpenServer(test: Test): Promise<OpenServer> {
  const dataDir = await mkdtemp(join(memoryFolder, 'sotto-mixing-'))
  const server = await startEmbeddedPostgres({ dataDir })
  test.after(async () => {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  })
  const { cluster } = await foldersOf(dataDir)
  return {
    ...server,
    async findInFiles(wanted) {
      await asSuperuser(server.url, (client) => client.query('CHECKPOINT'))
      const found = new Set<Buffer>()
      for (const file of await filesIn(cluster)) {
        const bytes = await readFile(file).catch(() => Buffer.alloc(0))
        for (const one of wanted) if (bytes.includes(one)) found.add(one)
      }
      return found.size
    },
  }
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

export const asBytes = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex')

/** Column `column` of every row, in the order of the rows' places, which is that of a dump. */
export async function inHeapOrder(client: pg.Client, table: string, column: string, where = 'true') {
  const { rows } = await client.query<{ value: string; writer: string }>(
    `SELECT ${column}::text AS value, xmin::text AS writer FROM ${table} WHERE ${where} ORDER BY ctid`,
  )
  return { values: rows.map(({ value }) => value), writers: new Set(rows.map(({ writer }) => writer)) }
}

/** The order in which COPY, and so pg_dump, writes a table. */
export async function inDumpOrder(client: pg.Client, table: string, column: string): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-copy-'))
  try {
    await client.query(`COPY ${table} (${column}) TO '${join(folder, 'copy')}'`)
    return (await readFile(join(folder, 'copy'), 'utf8')).trim().split('\n')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
