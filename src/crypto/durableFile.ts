import { randomBytes } from 'node:crypto'
import {
  chownSync,
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'

/** Reads a file that only its owner may read; throws if group or others have any right to it. */
export function readPrivateFile(path: string): string {
  const file = openSync(path, 'r')
  try {
    const stat = fstatSync(file)
    if (!stat.isFile()) throw new Error('keyring: not a file')
    if (stat.mode & 0o077) throw new Error('keyring: others than its owner may use this file: chmod 600 it')
    return readFileSync(file, 'utf8')
  } finally {
    closeSync(file)
  }
}

/**
 * Reads a credential that systemd hands over. Its folder is the unit's alone; the file may show as one that its group reads,
 * since the right of the service's user is an ACL.
 */
export function readCredential(path: string): string {
  const file = openSync(path, 'r')
  try {
    const stat = fstatSync(file)
    if (!stat.isFile()) throw new Error('keyring: not a file')
    if (stat.mode & 0o037) throw new Error('keyring: others than its owner may use this credential')
    return readFileSync(file, 'utf8')
  } finally {
    closeSync(file)
  }
}

/** Creates a file (0600) and returns once it, whole, and its name are on disk. Throws if the name is taken. */
export function createDurably(path: string, text: string): void {
  const next = writeBeside(path, text)
  try {
    // Unlike a rename, a link never takes the place of what is there.
    linkSync(next, path)
  } finally {
    rmSync(next, { force: true })
  }
  syncFolder(path)
}

/** A file of a name of its own, beside `path`: killed at any step, nothing of half a text stands under `path`. */
function writeBeside(path: string, text: string): string {
  const next = `${path}.${randomBytes(6).toString('hex')}`
  const file = openSync(next, 'wx', 0o600)
  try {
    writeFileSync(file, text)
    fsyncSync(file)
  } catch (error) {
    rmSync(next, { force: true })
    throw error
  } finally {
    closeSync(file)
  }
  return next
}

/** Replaces a file in one step, by a new one (0600) beside it. Done by root, it stays its owner's: the service must read it. */
export function replaceDurably(path: string, text: string): void {
  const next = writeBeside(path, text)
  try {
    if (process.getuid?.() === 0) {
      const { uid, gid } = statSync(path)
      chownSync(next, uid, gid)
    }
    renameSync(next, path)
  } catch (error) {
    rmSync(next, { force: true })
    throw error
  }
  syncFolder(path)
}

/** Puts a file (0600) in its place in one step, whether or not there is one already. */
export function placeDurably(path: string, text: string): void {
  if (existsSync(path)) replaceDurably(path, text)
  else createDurably(path, text)
}

function syncFolder(path: string): void {
  const folder = openSync(dirname(path), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
