import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { connect } from './connection.ts'
import { type Folders, port } from './folders.ts'
import { removeExactly } from './lock.ts'
import { commandOf, isTaken, serverAt, serversIn } from './processes.ts'

/** A running server of a cluster: its process, and where its socket is. */
export interface Postmaster {
  pid: number
  socketFolder: string
}

/** The server that runs on this cluster, perhaps left behind by a killed service, perhaps still starting. */
export async function findPostmaster(folders: Folders): Promise<Postmaster | undefined> {
  const noted = parse(await readNote(noteOf(folders)))
  return noted !== undefined && (await isPostmaster(folders, noted)) ? noted : undefined
}

/** Whether the noted process is a server of this very folder, and not one that got its id later. */
export async function isPostmaster(folders: Folders, noted: Postmaster): Promise<boolean> {
  if (!isTaken(noted.pid)) return false
  if (process.platform === 'linux') return (await serverAt(noted.pid, folders.cluster))?.isPostmaster ?? false
  return (await commandOf(noted.pid)).includes(folders.cluster) || answersFor(folders, noted)
}

/** Whether processes of a server work on the cluster. A killed server's children end soon, but hold its memory until then. */
export async function isOccupied(folders: Folders): Promise<boolean> {
  return (await serversIn(folders.cluster)).length > 0
}

/**
 * Removes what a server that is gone has noted in its folders, where its id is still taken: by another process, or
 * by its own remains that nobody has collected. Postgres would take that one for its rival. Any other note is
 * Postgres' own to judge, since it also looks for the old server's memory.
 */
export async function clearStaleNotes(folders: Folders, socketFolder: string): Promise<void> {
  for (const path of [noteOf(folders), join(socketFolder, `.s.PGSQL.${port}.lock`)]) {
    const note = await readNote(path)
    const noted = parse(note)
    if (noted === undefined || !isTaken(noted.pid) || (await isPostmaster(folders, noted))) continue
    await removeExactly(path, note)
  }
}

async function answersFor(folders: Folders, noted: Postmaster): Promise<boolean> {
  try {
    const client = await connect(noted.socketFolder)
    const { rows } = await client.query<{ place: string }>(
      "SELECT current_setting('data_directory') AS place",
    )
    await client.end()
    return rows[0]?.place === folders.cluster
  } catch {
    return false
  }
}

function noteOf(folders: Folders): string {
  return join(folders.cluster, 'postmaster.pid')
}

async function readNote(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '')
}

/**
 * Postgres' note holds, line by line: process id, data folder, start time, port, socket folder and more. It is written
 * in place, so a reader may get a part of it: a line counts once its end is there.
 */
function parse(note: string): Postmaster | undefined {
  const lines = note.split('\n').slice(0, -1)
  const pid = Number(lines[0])
  return Number.isInteger(pid) && pid > 0 ? { pid, socketFolder: lines[4] ?? '' } : undefined
}
