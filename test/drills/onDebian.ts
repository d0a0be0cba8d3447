import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type DebianPostgres, debianPostgres } from '../more/debianPostgres.ts'
import { hasPrograms } from '../more/packages.ts'
import { skipped } from '../more/skipped.ts'

/** Whether this machine can do a drill on Debian's Postgres, and has these programs of Debian's as well. Says what is skipped if not. */
export async function hasDebian(programs: Readonly<Record<string, string>> = {}): Promise<boolean> {
  if (process.getuid?.() === 0) return hasPrograms({ postgresql: '/usr/bin/psql', ...programs })
  skipped('only root may start a Postgres of another user')
  return false
}

/** Debian's Postgres with the settings of a deployment, in a folder of this name in `folder`, for the length of `work`. */
export async function onDebian<T>(
  folder: string,
  name: string,
  work: (server: DebianPostgres) => Promise<T>,
): Promise<T> {
  const place = join(folder, name)
  await mkdir(place)
  const server = await debianPostgres(place)
  try {
    await server.takeSettings()
    return await work(server)
  } finally {
    await server.stop()
  }
}
