import { setTimeout as sleep } from 'node:timers/promises'
import { connect, countOthers } from './connection.ts'
import { codeOf, EmbeddedPostgresError } from './fault.ts'
import type { Folders } from './folders.ts'
import { withLock } from './lock.ts'
import { findPostmaster, isPostmaster } from './postmaster.ts'

const patience = { lock: 3000, clients: 1000, shutdown: 8000 }

/**
 * Stops the server of this folder unless another client uses it, whoever started it: so the last service to leave
 * also stops a server that a killed one left behind. Resolves once it is gone, or after 8 seconds, when it goes on
 * stopping by itself. A server that cannot be asked is left running, to be attached to at the next start.
 */
export async function stopIfUnused(folders: Folders): Promise<void> {
  const deadline = Date.now() + patience.shutdown
  try {
    await withLock(folders.lock, patience.lock, async () => {
      const server = await findPostmaster(folders)
      if (server === undefined || (await isUsed(server.socketFolder))) return
      process.kill(server.pid, 'SIGINT')
      while (Date.now() < deadline && (await isPostmaster(folders, server))) await sleep(20)
    })
  } catch (error) {
    // Refusals of the lock, the system or Postgres all carry one of these; anything else is a fault of ours.
    if (!(error instanceof EmbeddedPostgresError) && codeOf(error) === undefined) throw error
  }
}

/** A connection that has just been closed takes a moment to go, so others are given a second. */
async function isUsed(socketFolder: string): Promise<boolean> {
  const client = await connect(socketFolder)
  const deadline = Date.now() + patience.clients
  try {
    while ((await countOthers(client)) > 0) {
      if (Date.now() > deadline) return true
      await sleep(20)
    }
    return false
  } finally {
    await client.end()
  }
}
