import { randomBytes } from 'node:crypto'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../more/clientTools.ts'
import { command } from '../more/command.ts'

const logins = ['owner', 'intake', 'triage'] as const
export type Login = (typeof logins)[number]

/** Passwords of the three logins, in files as `deploy/postgres/logins.sql` reads them. */
export interface Secrets {
  folder: string
  of(login: Login): string
}

/** A folder for the length of a drill. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-drill-'))
  // Postgres runs as another user.
  await chmod(folder, 0o755)
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export async function newSecrets(folder: string): Promise<Secrets> {
  const place = join(folder, 'secrets')
  await mkdir(place)
  const words = new Map(logins.map((login) => [login, randomBytes(24).toString('hex')]))
  for (const [login, word] of words) await writeFile(join(place, `${login}_password`), `${word}\n`)
  return { folder: place, of: (login) => words.get(login) ?? '' }
}

/** Makes the roles and the database of a deployment, as docs/operating.md says. */
export function makeLogins(host: string, port: number, { folder }: Secrets): Promise<string> {
  const at = ['psql', '-X', '--quiet', `--host=${host}`, `--port=${port}`, '--username=postgres']
  return command(root, [
    ...at,
    '--dbname=postgres',
    `--set=passwords=${folder}`,
    '--file=deploy/postgres/logins.sql',
  ])
}

/** Settings of a service, with both sides in one process, on the database at this port of loopback. */
export function settingsAt(port: number, secrets: Secrets, keyringFile: string): Record<string, string> {
  const url = (login: Login) => `postgresql://sotto_${login}:${secrets.of(login)}@127.0.0.1:${port}/sotto`
  return {
    DATABASE_URL: url('triage'),
    INTAKE_DATABASE_URL: url('intake'),
    MIGRATION_DATABASE_URL: url('owner'),
    KEYRING_FILE: keyringFile,
  }
}

/** Runs `sotto` as an operator would. */
export function sotto(settings: Record<string, string>, ...words: string[]): Promise<string> {
  return command(root, [process.execPath, 'build/src/cli/sotto.js', ...words], settings)
}

/** A token of a supervisor of this name. */
export async function tokenOf(settings: Record<string, string>, name: string): Promise<string> {
  return (await sotto(settings, 'staff', 'add', '--name', name, '--role', 'supervisor')).trim()
}
