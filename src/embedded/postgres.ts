import { mkdir } from 'node:fs/promises'
import { attach } from './attach.ts'
import { ensureDatabase, urlOf } from './connection.ts'
import { codeOf, EmbeddedPostgresError } from './fault.ts'
import { foldersOf } from './folders.ts'
import { withLock } from './lock.ts'
import { stayPresent } from './presence.ts'
import { startOrAttach } from './start.ts'
import { stopIfUnused } from './stop.ts'

export interface EmbeddedOptions {
  /** The service's data folder; made if it is missing. */
  dataDir: string
  /** Postgres settings beyond, or instead of, our own; without effect on a server that runs already. */
  extraSettings?: Record<string, string>
  /** Where Postgres' programs are looked for, beside the npm package and where Debian puts them, as in PATH. */
  searchPath?: string
}

export interface EmbeddedPostgres {
  /** The service's database, as the superuser `sotto`, for `pg` and libpq. */
  url: string
  /** Whether this call started the server, rather than found it running. */
  ownsServer: boolean
  /** Stops the server if no other client uses it, whoever started it. End your own connections first. Never rejects. */
  stop(): Promise<void>
}

const patience = 30_000
const usualPath = '/usr/local/bin:/usr/bin:/bin'

/**
 * Starts the Postgres of a data folder, or attaches to the one that runs there, and makes what is missing: the
 * cluster, the database. Should the server be killed before `stop`, it is started again at the same address.
 * Rejects with an EmbeddedPostgresError that tells the operator in one line what to do.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { dataDir, extraSettings = {}, searchPath = usualPath } = options
  try {
    const dataIsNew = (await mkdir(dataDir, { recursive: true, mode: 0o700 })) !== undefined
    const folders = await foldersOf(dataDir)
    const enter = () =>
      withLock(folders.lock, patience, async () => {
        const started = await startOrAttach(folders, { extraSettings, dataIsNew, searchPath }, patience)
        await ensureDatabase(started.client)
        return started
      })
    const { client, socketFolder, ownsServer } = await enter()
    const presence = stayPresent(client, async () => (await enter()).client)
    const stop = async () => {
      await presence.leave()
      await stopIfUnused(folders)
    }
    return { url: urlOf(socketFolder), ownsServer, stop }
  } catch (error) {
    throw asFault(error, dataDir)
  }
}

/** The address of the server that runs on this data folder, or undefined if none does. Starts nothing. */
export async function attachEmbeddedPostgres(dataDir: string): Promise<string | undefined> {
  const folders = await foldersOf(dataDir).catch(() => undefined)
  const found = folders && (await attach(folders, Date.now() + patience))
  await found?.client.end()
  return found && urlOf(found.socketFolder)
}

/** A refusal of the file system becomes a line for the operator; anything else is a fault of ours and passes. */
function asFault(error: unknown, dataDir: string): unknown {
  const code = codeOf(error)
  if (error instanceof EmbeddedPostgresError || code === undefined || !/^E[A-Z]+$/.test(code)) return error
  return new EmbeddedPostgresError(
    `the data folder ${dataDir} cannot be used (${code}): make it writable, or set DATA_DIR`,
  )
}
