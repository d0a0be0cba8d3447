import { chmod, readFile, stat } from 'node:fs/promises'
import { codeOf, EmbeddedPostgresError } from './fault.ts'
import type { Folders } from './folders.ts'
import { type Identity, run } from './run.ts'

/** `util-linux` maps root to an ordinary user inside the namespace only: files stay root's, no user is made. */
const inNamespace = ['unshare', '--user', '--map-user=1000', '--map-group=1000', '--']

/**
 * As whom to run Postgres, which refuses to be root. An ordinary user runs it directly. Root runs an existing
 * cluster as its owner; otherwise in a user namespace, in which it is not root; where those are forbidden, as
 * `nobody`, if that user can reach the folder.
 */
export async function chooseIdentity(
  folders: Folders,
  dataIsNew: boolean,
  searchPath: string,
): Promise<Identity> {
  const self = { uid: process.getuid?.() ?? -1, gid: process.getgid?.() ?? -1, prefix: [], searchPath }
  const owner = await ownerOf(folders.cluster, searchPath)
  if (self.uid !== 0) return whoOwns(folders, self, owner)
  if (owner !== undefined && owner.uid !== 0) return owner
  const namespaced = { ...self, prefix: inNamespace }
  if (process.platform === 'linux' && (await run(namespaced, 'true', [])).ok) return namespaced
  const nobody = owner === undefined ? await findNobody(searchPath) : undefined
  if (nobody !== undefined && (await mayReach(nobody, folders.data, dataIsNew))) return nobody
  throw new EmbeddedPostgresError(
    `Postgres does not run as root, user namespaces are forbidden here, and nobody cannot use ${folders.data}: ` +
      'start as an ordinary user that owns DATA_DIR, or set DATABASE_URL',
  )
}

function whoOwns(folders: Folders, self: Identity, owner: Identity | undefined): Identity {
  if (owner === undefined || owner.uid === self.uid) return self
  throw new EmbeddedPostgresError(
    `${folders.cluster} belongs to another user (uid ${owner.uid}): start as that user`,
  )
}

async function ownerOf(folder: string, searchPath: string): Promise<Identity | undefined> {
  try {
    const { uid, gid } = await stat(folder)
    return { uid, gid, prefix: [], searchPath }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw new EmbeddedPostgresError(
      `${folder} cannot be read (${codeOf(error)}): start as the user that owns it`,
    )
  }
}

async function findNobody(searchPath: string): Promise<Identity | undefined> {
  const users = await readFile('/etc/passwd', 'utf8').catch(() => '')
  const fields = users
    .split('\n')
    .find((line) => line.startsWith('nobody:'))
    ?.split(':')
  if (fields === undefined) return undefined
  // macOS writes nobody as -2, which the kernel holds as an unsigned number.
  return { uid: Number(fields[2]) >>> 0, gid: Number(fields[3]) >>> 0, prefix: [], searchPath }
}

/** A data folder that we have just made is opened for passing through; what lies in it stays closed. */
async function mayReach(user: Identity, data: string, dataIsNew: boolean): Promise<boolean> {
  if (dataIsNew) await chmod(data, 0o711)
  return (await run(user, 'test', ['-x', data])).ok
}
