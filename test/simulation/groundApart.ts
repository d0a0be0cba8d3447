import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { writeKeyringFile } from '../../src/crypto/keyring.ts'
import { newKeyring } from '../../src/start/newKeyring.ts'
import { dayOf } from '../../src/vocabulary/calendar.ts'
import { root } from '../more/clientTools.ts'
import { debianPostgres } from '../more/debianPostgres.ts'
import { asSuperuser, databaseAt } from '../support/cluster.ts'
import { memoryFolder } from '../support/memoryFolder.ts'
import { newToken } from '../support/newToken.ts'
import { otherTime, otherTimeOfPostgres } from '../support/otherTime.ts'
import { startServiceProcess } from '../support/serviceProcess.ts'
import type { Ground, Lifetime } from './ground.ts'
import { untilReady } from './ready.ts'

/** Milliseconds that a command takes to start, and may take. */
const start = 400
const length = 800

/**
 * Processes of their own: a Postgres of Debian and the service live in another time as a whole, and are killed as the
 * machine would kill them. For the long simulation, since it needs libfaketime.
 */
export async function groundApart(
  test: Lifetime,
  began: Date,
  environment: Record<string, string>,
): Promise<Ground> {
  const folder = await mkdtemp(join(memoryFolder, 'sotto-apart-'))
  await chmod(folder, 0o755)
  test.after(() => rm(folder, { recursive: true, force: true }))
  const there = await otherTimeOfPostgres(join(folder, 'clock-of-database'), began)
  const here = await otherTime(join(folder, 'clock-of-host'), began)
  const server = await debianPostgres(folder, there.environment)
  test.after(server.stop)
  const postgres = `postgresql://postgres@localhost:${server.port}/postgres?host=${encodeURIComponent(server.socket)}&sslmode=disable`
  await asSuperuser(postgres, async (client) => {
    await client.query('CREATE DATABASE sotto')
    const { rows } = await client.query<{ now: Date }>('SELECT clock_timestamp() AS now')
    if (rows[0] !== undefined) there.shows(rows[0].now)
  })
  const databaseUrl = databaseAt(postgres, 'sotto')
  const keyringFile = join(folder, 'keyring.json')
  writeKeyringFile(keyringFile, newKeyring(dayOf(began)))

  let ahead = began.getTime() - Date.now()
  const clock = () => new Date(Date.now() + ahead)
  const settings = {
    ...environment,
    ...here.environment,
    DATABASE_URL: databaseUrl,
    KEYRING_FILE: keyringFile,
  }
  const begin = () => startServiceProcess(folder, settings)
  let service = await begin()
  test.after(async () => void (await service.end('SIGKILL')))

  const again = async (signal: NodeJS.Signals) => {
    await service.end(signal)
    service = await begin()
    await untilReady(service)
  }
  return {
    get base() {
      return service.base
    },
    databaseUrl,
    keyringFile,
    clock,
    async moveTo(now, database = now) {
      ahead = now.getTime() - Date.now()
      await here.moveTo(now)
      await there.moveTo(database)
    },
    token: (role, of) => newToken({ databaseUrl, keyringFile, clock }, { role, ...of }),
    restart: () => again('SIGTERM'),
    crash: () => again('SIGKILL'),
    async cutShort({ words }, at) {
      const env = { ...process.env, ...settings, DATA_DIR: folder }
      const sotto = join(root, 'build/src/cli/sotto.js')
      const child = spawn(process.execPath, [sotto, ...words], { env, stdio: 'ignore' })
      const over = once(child, 'exit')
      await Promise.race([over, sleep(start + at * length)])
      child.kill('SIGKILL')
      await over
    },
    lastWords: () => service.output().toString().slice(-1_000),
  }
}
