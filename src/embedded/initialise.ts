import { randomUUID } from 'node:crypto'
import { chown, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Binaries } from './binaries.ts'
import { codeOf, EmbeddedPostgresError } from './fault.ts'
import { type Folders, makePrivateFolder } from './folders.ts'
import { type Identity, reasonIn, run } from './run.ts'

/** The superuser of the embedded server, and the database that the service lives in. */
export const superuser = 'sotto'

/** The version of Postgres that made the cluster, or undefined when there is none yet. */
export async function clusterVersion(folders: Folders): Promise<number | undefined> {
  try {
    return Number(await readFile(join(folders.cluster, 'PG_VERSION'), 'utf8'))
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw new EmbeddedPostgresError(`${folders.cluster} cannot be read (${codeOf(error)})`)
  }
}

/**
 * Makes the cluster, while the start lock is held. It takes its final name only once it is whole, so that a start
 * cut short leaves none.
 *
 * No password is asked for (`trust`): the socket's folder is open to the cluster's owner alone, who could read the
 * files themselves; a password would have to lie beside them. Any network address is refused, should someone ever
 * make the server listen on one.
 */
export async function initialiseCluster(
  folders: Folders,
  binaries: Binaries,
  identity: Identity,
): Promise<void> {
  const draft = `${folders.cluster}.new`
  await rm(draft, { recursive: true, force: true })
  await makePrivateFolder(draft, identity)
  try {
    const made = await run(identity, binaries.initdb, [
      `--pgdata=${draft}`,
      `--username=${superuser}`,
      '--auth-local=trust',
      '--auth-host=reject',
      '--encoding=UTF8',
      '--no-locale',
      '--data-checksums',
      '--no-instructions',
    ])
    if (!made.ok)
      throw new EmbeddedPostgresError(`a Postgres cluster cannot be made: ${reasonIn(made.output)}`)
    await rename(draft, folders.cluster)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

const ours = 'sotto.conf'

/** Puts our settings in force, also for a server that is started by hand: they are read last, and a missing file stops it. */
export async function writeSettings(folders: Folders, identity: Identity, settings: string): Promise<void> {
  await replaceFile(join(folders.cluster, ours), settings, identity)
  const main = join(folders.cluster, 'postgresql.conf')
  const text = await readFile(main, 'utf8')
  const include = `include '${ours}'\n`
  if (!text.endsWith(`\n${include}`)) await replaceFile(main, `${text.trimEnd()}\n${include}`, identity)
}

async function replaceFile(path: string, text: string, owner: Identity): Promise<void> {
  const draft = `${path}.${randomUUID()}`
  await writeFile(draft, text, { mode: 0o600 })
  if (owner.uid !== process.getuid?.()) await chown(draft, owner.uid, owner.gid)
  await rename(draft, path)
}
