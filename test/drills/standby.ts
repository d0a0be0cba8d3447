import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { chown, cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from '../more/clientTools.ts'
import { command } from '../more/command.ts'
import { type DebianPostgres, debianPostgres, debianPrograms, postgresUser } from '../more/debianPostgres.ts'
import { startServiceProcess } from '../support/serviceProcess.ts'
import { childrenOf, until } from './cluster.ts'
import { type Drill, type Figures, type Size, timed } from './drill.ts'
import { hasDebian } from './onDebian.ts'
import { inFolder, makeLogins, newSecrets, type Secrets, settingsAt, sotto } from './place.ts'
import { startWriters, unopened } from './writers.ts'

/** A primary with one synchronous standby, as compose has it, and a person who promotes it. */
export const standby: Drill = {
  name: 'standby',
  proves:
    'every report with a receipt is on the standby when the primary dies in the middle of the work; while the standby stands still nothing is acknowledged, longer than any statement may take; a person promotes the standby by one command, and the service goes on with it',
  cannot: 'spare you that person, or the minutes until they are there: that is what `failover` is for',
  async run(size) {
    if (!(await hasDebian())) return undefined
    return inFolder((folder) => withStandby(folder, size))
  },
}

async function withStandby(folder: string, size: Size): Promise<Figures> {
  const secrets = await newSecrets(folder)
  await writeFile(join(secrets.folder, 'replication_password'), `${randomBytes(24).toString('hex')}\n`)
  const { uid, gid } = await postgresUser()
  const place = join(folder, 'primary')
  await mkdir(place)
  const primary = await debianPostgres(place)
  const second = await beginStandby(folder, primary, secrets, { uid, gid })
  try {
    const keyring = join(folder, 'keyring.json')
    await makeLogins(primary.socket, primary.port, secrets)
    await sotto(settingsAt(primary.port, secrets, keyring), 'keys', 'init')
    const before = await startServiceProcess(folder, settingsAt(primary.port, secrets, keyring))
    const writers = startWriters([before.base], 8)
    await sleep(size === 'short' ? 2_000 : 10_000)

    await second.signal('SIGSTOP')
    await sleep(1_000)
    const whileAway = writers.receipts.length
    const stood = size === 'short' ? 2 : 25
    await sleep(stood * 1_000)
    assert.equal(writers.receipts.length, whileAway, 'nothing is acknowledged without the standby')
    await second.signal('SIGCONT')
    await writers.next()
    await sleep(1_000)

    await primary.stop()
    const receipts = [...writers.receipts]
    const leaving = writers.stop()
    const promoted = await timed(async () => {
      await second.promote()
      await until(second.isPrimary, 30)
    })
    // Writers go on asking for the service at its old address: it is started anew there, on the new primary.
    await before.end('SIGTERM')
    const port = new URL(before.base).port
    const after = await startServiceProcess(folder, {
      ...settingsAt(second.port, secrets, keyring),
      PORT: port,
    })
    try {
      await leaving
      assert.equal(await unopened(after.base, receipts), 0)
      assert.equal(await unopened(after.base, writers.receipts), 0)
      return {
        'reports acknowledged before the primary died': receipts.length,
        'acknowledged and lost': 0,
        'seconds for which the standby stood still': stood,
        'acknowledged meanwhile': 0,
        'answers of 503': writers.refused.get('503') ?? 0,
        'seconds to promote the standby': promoted.seconds,
        'reports acknowledged in all': writers.receipts.length,
        'of these at a repeat of the call': writers.replayed,
      }
    } finally {
      await after.end('SIGTERM')
    }
  } finally {
    await primary.stop()
    await second.stop()
  }
}

interface Standby {
  /** To each of its processes: the one that receives is not the one that was started. */
  signal(signal: NodeJS.Signals): Promise<void>
  port: number
  promote(): Promise<void>
  isPrimary(): Promise<boolean>
  stop(): Promise<void>
}

/** `deploy/postgres/replication.sh` on the primary, and `deploy/postgres/standby.sh` beside it. */
async function beginStandby(
  folder: string,
  primary: DebianPostgres,
  secrets: Secrets,
  { uid, gid }: { uid: number; gid: number },
): Promise<Standby> {
  const [programs, port] = [await debianPrograms(), primary.port + 1]
  const [place, data, socket] = [
    join(folder, 'standby'),
    join(folder, 'standby/data'),
    join(folder, 'standby'),
  ]
  await mkdir(place)
  for (const script of ['replication.sh', 'standby.sh', 'sotto.conf'])
    await cp(join(root, 'deploy/postgres', script), join(place, script))
  await chown(place, uid, gid)
  const env = {
    PATH: `${programs}:${process.env.PATH}`,
    SECRETS: secrets.folder,
    STANDBY_ADDRESS: '127.0.0.1/32',
    PRIMARY_HOST: '127.0.0.1',
    PRIMARY_PORT: String(primary.port),
    PASSFILE: join(place, 'pgpass'),
    SOTTO_CONF: join(place, 'sotto.conf'),
  }
  const psql = (host: string, at: number, text: string) =>
    command(root, [
      'psql',
      '-XAt',
      `--host=${host}`,
      `--port=${at}`,
      '--username=postgres',
      '--command',
      text,
    ])
  await command(place, ['sh', join(place, 'replication.sh')], {
    ...env,
    PGDATA: primary.socket,
    PGHOST: primary.socket,
    PGPORT: String(primary.port),
  })
  const log = openSync(join(place, 'log'), 'a')
  const child = spawn(
    'sh',
    [join(place, 'standby.sh'), '-c', `port=${port}`, '-c', `unix_socket_directories=${socket}`],
    { cwd: place, uid, gid, env: { ...env, PGDATA: data }, stdio: ['ignore', log, log] },
  )
  closeSync(log)
  await until(async () => {
    const seen = await psql(primary.socket, primary.port, 'SELECT state FROM pg_stat_replication')
    return seen.trim() === 'streaming'
  }, 60)
  await psql(primary.socket, primary.port, `ALTER SYSTEM SET synchronous_standby_names = 'FIRST 1 (standby)'`)
  await psql(primary.socket, primary.port, 'SELECT pg_reload_conf()')
  return {
    signal: async (signal) => {
      const pid = child.pid ?? 0
      for (const one of [pid, ...(await childrenOf(pid))]) process.kill(one, signal)
    },
    port,
    promote: async () => void (await psql(socket, port, 'SELECT pg_promote()')),
    isPrimary: async () => (await psql(socket, port, 'SELECT pg_is_in_recovery()')).trim() === 'f',
    async stop() {
      child.kill('SIGINT')
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}
