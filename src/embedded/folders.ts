import { createHash } from 'node:crypto'
import { chmod, chown, lstat, mkdir, realpath } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EmbeddedPostgresError } from './fault.ts'

/** Where the embedded Postgres keeps its things, all of it inside the service's data folder. */
export interface Folders {
  data: string
  cluster: string
  log: string
  lock: string
}

/** The port that names the socket file; nothing listens on a network. */
export const port = 5432

/** The most bytes of a socket's path that every system takes (Linux 107, macOS 103), with some to spare. */
const longestSocketPath = 100

/** Names the folders of `dataDir`, which must exist. Two spellings of one folder give the same names. */
export async function foldersOf(dataDir: string): Promise<Folders> {
  const data = await realpath(dataDir)
  return {
    data,
    cluster: join(data, 'postgres'),
    log: join(data, 'postgres.log'),
    lock: join(data, 'postgres.lock'),
  }
}

/** The folder of the socket: in the data folder, or a short one under the temp directory where that is too long. */
export function socketFolderOf(folders: Folders): string {
  const near = join(folders.data, 'socket')
  if (fitsSocket(near)) return near
  const short = `sotto-${createHash('sha256').update(folders.data).digest('hex').slice(0, 16)}`
  const underTemp = join(tmpdir(), short)
  return fitsSocket(underTemp) ? underTemp : join('/tmp', short)
}

function fitsSocket(folder: string): boolean {
  return Buffer.byteLength(join(folder, `.s.PGSQL.${port}`)) <= longestSocketPath
}

/**
 * Makes `folder` for one user alone, or checks that it is so: whoever can enter it can reach the database, which
 * asks for no password. A link, or a folder that another user put there first, is refused.
 */
export async function makePrivateFolder(folder: string, owner: { uid: number; gid: number }): Promise<void> {
  await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  const found = await lstat(folder)
  if (!found.isDirectory() || (found.uid !== owner.uid && found.uid !== process.getuid?.())) {
    throw new EmbeddedPostgresError(
      `${folder} belongs to someone else: remove it, or choose another DATA_DIR`,
    )
  }
  if (found.uid !== owner.uid) await chown(folder, owner.uid, owner.gid)
  if ((found.mode & 0o777) !== 0o700) await chmod(folder, 0o700)
}
