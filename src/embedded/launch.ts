import { spawn } from 'node:child_process'
import { open, readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { Binaries } from './binaries.ts'
import { connect } from './connection.ts'
import { codeOf, EmbeddedPostgresError } from './fault.ts'
import type { Folders } from './folders.ts'
import { type Identity, reasonIn, spawning } from './run.ts'

export interface Launch {
  folders: Folders
  binaries: Binaries
  identity: Identity
  socketFolder: string
}

/**
 * Starts the server in a session of its own, so that it outlives a service that is killed, and without core dumps.
 * Resolves to a connection once it answers, or to undefined when another server, or what is left of one, still has
 * the cluster.
 */
export async function launch(
  { folders, binaries, identity, socketFolder }: Launch,
  deadline: number,
): Promise<pg.Client | undefined> {
  const { command, args, options } = spawning(identity, binaries.postgres, ['-D', folders.cluster])
  const log = await open(folders.log, 'w', 0o600)
  const child = spawn('sh', ['-c', 'ulimit -c 0; exec "$@"', 'sh', command, ...args], {
    ...options,
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  })
  let hasEnded = false
  child.on('error', () => {
    hasEnded = true
  })
  child.on('exit', () => {
    hasEnded = true
  })
  child.unref()
  await log.close()
  const client = await waitUntilItAnswers(socketFolder, deadline, async () => !hasEnded)
  if (client !== undefined) return client
  const said = await readFile(folders.log, 'utf8').catch(() => '')
  if (/lock file|shared memory block .* still in use/.test(said)) return undefined
  throw new EmbeddedPostgresError(`Postgres does not start: ${reasonIn(said)} (see ${folders.log})`)
}

/**
 * Resolves to a connection once the server answers, or to undefined if it goes away first. A server that has been
 * killed may take its time to recover.
 */
export async function waitUntilItAnswers(
  socketFolder: string,
  deadline: number,
  isThere: () => Promise<boolean>,
): Promise<pg.Client | undefined> {
  for (;;) {
    try {
      return await connect(socketFolder)
    } catch (error) {
      if (!(await isThere())) return undefined
      if (Date.now() > deadline) {
        throw new EmbeddedPostgresError(
          `Postgres has started but does not answer at ${socketFolder} (${codeOf(error) ?? 'no reason given'}): try again`,
        )
      }
    }
    await sleep(20)
  }
}
