import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { EmbeddedPostgresError } from './fault.ts'
import type { Folders } from './folders.ts'
import { waitUntilItAnswers } from './launch.ts'
import { findPostmaster, isPostmaster } from './postmaster.ts'

/** A server that answers, and a connection that counts as one client of it. */
export interface Answering {
  client: pg.Client
  socketFolder: string
}

/** Waits until the server that runs on this folder answers. Undefined when none runs, or it goes away first. */
export async function attach(folders: Folders, deadline: number): Promise<Answering | undefined> {
  for (;;) {
    const server = await findPostmaster(folders)
    if (server === undefined) return undefined
    // The note names the socket's folder only a little after the process.
    if (server.socketFolder !== '') {
      const { socketFolder } = server
      const client = await waitUntilItAnswers(socketFolder, deadline, () => isPostmaster(folders, server))
      return client && { client, socketFolder }
    }
    if (Date.now() > deadline) {
      throw new EmbeddedPostgresError(
        `the Postgres of ${folders.cluster} (process ${server.pid}) never got ready`,
      )
    }
    await sleep(20)
  }
}
