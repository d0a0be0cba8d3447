import { setTimeout as sleep } from 'node:timers/promises'
import { type Answering, attach } from './attach.ts'
import { type Binaries, findBinaries } from './binaries.ts'
import { EmbeddedPostgresError } from './fault.ts'
import { type Folders, makePrivateFolder, socketFolderOf } from './folders.ts'
import { chooseIdentity } from './identity.ts'
import { clusterVersion, initialiseCluster, writeSettings } from './initialise.ts'
import { launch } from './launch.ts'
import { clearStaleNotes, isOccupied } from './postmaster.ts'
import type { Identity } from './run.ts'
import { settingsFile } from './settings.ts'

/** What a start is asked for. */
export interface Wishes {
  extraSettings: Readonly<Record<string, string>>
  dataIsNew: boolean
  searchPath: string
}

export interface Started extends Answering {
  ownsServer: boolean
}

/**
 * Attaches to the server that runs on this folder, or starts it, while the start lock is held. What a killed server
 * left is waited for: its children hold its memory for a moment, and another start would be refused.
 */
export async function startOrAttach(folders: Folders, wishes: Wishes, patience: number): Promise<Started> {
  const deadline = Date.now() + patience
  for (;;) {
    const running = await attach(folders, deadline)
    if (running !== undefined) return { ...running, ownsServer: false }
    if (!(await isOccupied(folders))) {
      const started = await start(folders, wishes, patience)
      if (started !== undefined) return { ...started, ownsServer: true }
    }
    if (Date.now() > deadline) {
      throw new EmbeddedPostgresError(
        `processes of an earlier Postgres still hold ${folders.cluster}: end them`,
      )
    }
    await sleep(100)
  }
}

async function start(folders: Folders, wishes: Wishes, patience: number): Promise<Answering | undefined> {
  const identity = await chooseIdentity(folders, wishes.dataIsNew, wishes.searchPath)
  const binaries = await prepareCluster(folders, identity)
  const socketFolder = socketFolderOf(folders)
  await makePrivateFolder(socketFolder, identity)
  const { extraSettings: extra } = wishes
  await writeSettings(folders, identity, settingsFile({ socketFolder, extra }))
  await clearStaleNotes(folders, socketFolder)
  // To make a cluster may take a busy machine longer than the patience there is for a server to answer.
  const client = await launch({ folders, binaries, identity, socketFolder }, Date.now() + patience)
  return client && { client, socketFolder }
}

async function prepareCluster(folders: Folders, identity: Identity): Promise<Binaries> {
  const version = await clusterVersion(folders)
  const binaries = await findBinaries(identity, version)
  if (version === undefined) await initialiseCluster(folders, binaries, identity)
  return binaries
}
