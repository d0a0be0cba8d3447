import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, cp, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './clientTools.ts'
import { command } from './command.ts'

export interface DebianPostgres {
  /** Its folder, and its socket's. */
  socket: string
  port: number
  restart(): Promise<void>
  /** After a stop, even in a folder that was restored meanwhile. */
  start(): Promise<void>
  /** Starts again with deploy/postgres/sotto.conf in conf.d. */
  takeSettings(): Promise<void>
  /** Without waiting for anybody, as after a power cut. Nothing where it is stopped already. */
  stop(): Promise<void>
}

/** Where the newest Postgres that Debian brings here has its programs. */
export async function debianPrograms(): Promise<string> {
  const versions = (await readdir('/usr/lib/postgresql')).toSorted((a, b) => Number(b) - Number(a))
  return join('/usr/lib/postgresql', versions[0] ?? '', 'bin')
}

/** Debian's user for Postgres, which is not root. */
export async function postgresUser(): Promise<{ uid: number; gid: number }> {
  const [uid = 0, gid = 0] = await Promise.all(
    ['-u', '-g'].map(async (flag) => Number(await command(root, ['id', flag, 'postgres']))),
  )
  return { uid, gid }
}

/** A cluster of its own of that Postgres, by its user. Its processes have this environment as well. */
export async function debianPostgres(
  folder: string,
  environment: Record<string, string> = {},
): Promise<DebianPostgres> {
  const programs = await debianPrograms()
  const data = join(folder, 'data')
  const port = 20_000 + Math.floor(Math.random() * 20_000)
  const { uid, gid } = await postgresUser()
  const run = async (program: string, ...words: string[]) => {
    const child = spawn(join(programs, program), words, {
      cwd: folder,
      uid,
      gid,
      env: { ...process.env, ...environment },
      stdio: 'ignore',
    })
    const [code] = await once(child, 'exit')
    assert.equal(code, 0, `${program} ${words.join(' ')}`)
  }
  const control = (...words: string[]) =>
    run('pg_ctl', '--pgdata', data, '--wait', '--log', join(data, 'log'), ...words)
  await mkdir(data)
  await chown(data, uid, gid)
  await run(
    'initdb',
    '--pgdata',
    data,
    '--auth-local=trust',
    '--auth-host=scram-sha-256',
    '--username=postgres',
  )
  await mkdir(join(data, 'conf.d'))
  await writeFile(join(data, 'postgresql.auto.conf'), `port = ${port}\nunix_socket_directories = '${data}'\n`)
  await writeFile(join(data, 'postgresql.conf'), "include_dir 'conf.d'\n")
  await chown(join(data, 'conf.d'), uid, gid)
  await control('start')
  return {
    socket: data,
    port,
    restart: () => control('restart'),
    start: () => control('start'),
    async takeSettings() {
      await cp(join(root, 'deploy/postgres/sotto.conf'), join(data, 'conf.d/sotto.conf'))
      await control('restart')
    },
    async stop() {
      const isRunning = (await readdir(data)).includes('postmaster.pid')
      if (isRunning) await control('--mode=immediate', 'stop')
    },
  }
}
