import { execFile, spawn } from 'node:child_process'
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import {
  attachEmbeddedPostgres,
  type EmbeddedOptions,
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../src/embedded/postgres.ts'
import { linkLibraries } from '../../src/embedded/symlinks.ts'
import { asSuperuser } from '../support/cluster.ts'
import { memoryFolder } from '../support/memoryFolder.ts'
import { t } from '../support/suite.ts'

const root = await mkdtemp(join(memoryFolder, 'sotto-embedded-'))
await chmod(root, 0o755)
/** A folder that several tests use one after the other, since making a cluster takes most of their time. */
const shared = join(root, 'shared')

/** What ends everything that was started, also when a test failed on the way. */
const endings: (() => Promise<unknown>)[] = []
t.after(async () => {
  await Promise.all(endings.map((end) => end()))
  await rm(root, { recursive: true, force: true })
})

async function start(dataDir: string, options: Partial<EmbeddedOptions> = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, ...options })
  endings.push(server.stop)
  return server
}

function read<T extends object>(url: string, sql: string): Promise<T[]> {
  return asSuperuser(url, async (client) => (await client.query<T>(sql)).rows)
}

function write(url: string, sql: string): Promise<void> {
  return asSuperuser(url, async (client) => {
    await client.query(sql)
  })
}

async function pidOf(dataDir: string): Promise<number> {
  return Number((await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0])
}

async function isGone(dataDir: string): Promise<boolean> {
  return (await attachEmbeddedPostgres(dataDir)) === undefined
}

t.test(
  'an empty folder gets a server on a private socket, and the same one when started again',
  async (t) => {
    const dataDir = join(root, 'first', 'data')
    const server = await start(dataDir, { extraSettings: { max_connections: '40' } })
    t.equal(server.ownsServer, true)

    const [database] = await read(
      server.url,
      `SELECT current_user AS "user", pg_encoding_to_char(encoding) AS encoding, datcollate AS locale
       FROM pg_database WHERE datname = current_database() AND datname = 'sotto'`,
    )
    t.same(database, { user: 'sotto', encoding: 'UTF8', locale: 'C' })

    const settings = await read<{ name: string; setting: string }>(
      server.url,
      'SELECT name, setting FROM pg_settings',
    )
    t.match(Object.fromEntries(settings.map(({ name, setting }) => [name, setting])), {
      fsync: 'on',
      full_page_writes: 'on',
      listen_addresses: '',
      log_checkpoints: 'off',
      log_connections: /^(off)?$/,
      log_disconnections: 'off',
      log_duration: 'off',
      log_error_verbosity: 'terse',
      log_min_duration_statement: '-1',
      log_min_error_statement: 'panic',
      log_min_messages: 'fatal',
      log_parameter_max_length: '0',
      log_parameter_max_length_on_error: '0',
      log_statement: 'none',
      max_connections: '40',
      min_wal_size: '32',
      synchronous_commit: 'on',
      track_commit_timestamp: 'off',
      wal_recycle: 'off',
    })
    t.equal((await stat(join(dataDir, 'socket'))).mode & 0o777, 0o700, 'only its owner reaches the socket')
    t.equal((await stat(join(dataDir, 'postgres'))).mode & 0o777, 0o700, 'only its owner reads the files')

    await write(server.url, 'CREATE TABLE kept AS SELECT 1 AS one')
    await server.stop()
    t.ok(await isGone(dataDir), 'nothing runs after stop')

    const again = await start(dataDir)
    t.same(await read(again.url, 'SELECT one FROM kept'), [{ one: 1 }])
    await again.stop()
  },
)

t.test('of two starts at once one attaches, and the last to leave stops the server', async (t) => {
  const dataDir = shared
  const both = await Promise.all([start(dataDir), start(dataDir)])
  t.same(both.map((server) => server.ownsServer).sort(), [false, true])
  t.equal(both[0].url, both[1].url)
  t.equal(await attachEmbeddedPostgres(dataDir), both[0].url)

  const [starter, other] = both[0].ownsServer ? both : [both[1], both[0]]
  await starter.stop()
  t.same(await read(other.url, 'SELECT 1 AS one'), [{ one: 1 }], 'it runs on for the one that attached')
  await Promise.all([other.stop(), starter.stop()])
  t.ok(await isGone(dataDir))
})

t.test('a value in a failing statement does not reach the log', async (t) => {
  const dataDir = shared
  const server = await start(dataDir)
  await t.rejects(read(server.url, `SELECT 'Marsh Lane'::int`), { code: '22P02' })
  await server.stop()
  t.notMatch(await readFile(join(dataDir, 'postgres.log'), 'utf8'), 'Marsh')
})

t.test('a server that outlived its service is attached to, and stopped with the next one', async (t) => {
  const dataDir = shared
  const service = startElsewhere(dataDir)
  await service.ready
  await kill(service)
  const next = await start(dataDir)
  t.equal(next.ownsServer, false)
  await next.stop()
  t.ok(await isGone(dataDir))
})

t.test('after kill -9 of service and server, the next start recovers what was committed', async (t) => {
  const dataDir = shared
  const service = startElsewhere(dataDir)
  await service.ready
  await write((await attachEmbeddedPostgres(dataDir)) ?? '', 'CREATE TABLE kept AS SELECT 1 AS one')
  await kill(service)
  process.kill(await pidOf(dataDir), 'SIGKILL')
  const next = await start(dataDir)
  t.equal(next.ownsServer, true)
  t.same(await read(next.url, 'SELECT one FROM kept'), [{ one: 1 }])
  await next.stop()
})

t.test('a server that is killed under its service comes back at the same address', async (t) => {
  const dataDir = shared
  const server = await start(dataDir)
  await write(server.url, 'CREATE TABLE kept_too AS SELECT 1 AS one')
  const killed = await pidOf(dataDir)
  process.kill(killed, 'SIGKILL')
  while ((await attachEmbeddedPostgres(dataDir)) === undefined) await sleep(20)
  t.not(await pidOf(dataDir), killed)
  t.same(await read(server.url, 'SELECT one FROM kept_too'), [{ one: 1 }])
  await server.stop()
  t.ok(await isGone(dataDir))
})

t.test('a note left by a dead server is no obstacle, even when its id now belongs to another', async (t) => {
  const dataDir = shared
  const server = await start(dataDir)
  const note = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')
  await server.stop()
  const stranger = spawn('sleep', ['60'], { stdio: 'ignore' })
  t.after(() => stranger.kill())
  const lock = `${stranger.pid}\nborn long ago\nanother`
  for (const pid of [stranger.pid, 2 ** 22 + 1]) {
    await writeFile(join(dataDir, 'postgres', 'postmaster.pid'), note.replace(/^\d+/, String(pid)))
    await writeFile(join(dataDir, 'postgres.lock'), lock)
    await writeFile(join(dataDir, 'socket', '.s.PGSQL.5432.lock'), `${pid}\n`)
    t.ok(await isGone(dataDir))
    const next = await start(dataDir)
    t.equal(next.ownsServer, true)
    await next.stop()
  }
  t.equal(stranger.exitCode, null, 'the other process lives on')
})

t.test('a note that is read while Postgres writes it is read again', async (t) => {
  const dataDir = shared
  const server = await start(dataDir)
  const path = join(dataDir, 'postgres', 'postmaster.pid')
  const note = await readFile(path, 'utf8')
  const socketLine = note.split('\n').slice(0, 5).join('\n')
  for (const part of [socketLine.slice(0, -3), socketLine]) {
    await writeFile(path, part)
    const found = attachEmbeddedPostgres(dataDir)
    await sleep(100)
    await writeFile(path, note)
    t.equal(await found, server.url)
  }
  await server.stop()
})

t.test('library links are made once, by any number of processes at a time', async (t) => {
  const folder = join(root, 'package')
  await mkdir(join(folder, 'native', 'lib'), { recursive: true })
  const links = ['lib/libone.so', 'lib/libone.so.1'].map((name) => ({
    source: 'native/lib/libone.so.1.0',
    target: `native/${name}`,
  }))
  await writeFile(join(folder, 'native', 'pg-symlinks.json'), JSON.stringify(links))
  await writeFile(join(folder, 'native', 'lib', 'libone.so.1.0'), 'library')
  await Promise.all([1, 2, 3, 4, 5].map(() => linkLibraries(folder)))
  t.same((await readdir(join(folder, 'native', 'lib'))).sort(), ['libone.so', 'libone.so.1', 'libone.so.1.0'])
  t.equal(await readFile(join(folder, 'native', 'lib', 'libone.so.1'), 'utf8'), 'library')

  await rm(join(folder, 'native', 'lib'), { recursive: true })
  await t.rejects(linkLibraries(folder), {
    name: 'EmbeddedPostgresError',
    message: /^the library links of Postgres cannot be made in [^\n]*$/,
  })
})

t.test('odd characters and great length in the path do no harm', async (t) => {
  for (const name of [`it's a "50%" data+folder & more, ü`, 'long'.repeat(40)]) {
    const dataDir = join(root, name)
    const server = await start(dataDir)
    const folder = new URL(server.url).searchParams.get('host') ?? ''
    t.ok(Buffer.byteLength(folder) < 100)
    t.equal((await stat(folder)).mode & 0o777, 0o700)
    t.same(await read(server.url, 'SELECT 1 AS one'), [{ one: 1 }])
    await server.stop()
    if (!folder.startsWith(dataDir)) await rm(folder, { recursive: true })
  }
})

t.test('a folder that cannot be used is refused in one line', async (t) => {
  const file = join(root, 'file')
  await writeFile(file, '')
  await t.rejects(start(join(file, 'data')), { name: 'EmbeddedPostgresError', message: /^[^\n]*DATA_DIR$/ })

  const dataDir = join(root, 'elder')
  await mkdir(join(dataDir, 'postgres'), { recursive: true })
  await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '9\n')
  await t.rejects(start(dataDir), { name: 'EmbeddedPostgresError', message: /^Postgres 9, which made/ })
})

const nobody = 65534
const notRoot = process.getuid?.() === 0 ? false : 'only root can take on other users'
const cannotBeNobody = notRoot || ((await mayRead(nobody)) ? false : 'this checkout is closed to other users')

t.test('an ordinary user starts it too', { skip: cannotBeNobody }, async (t) => {
  const nobody = 65534
  const dataDir = join(root, 'nobody')
  await mkdir(dataDir, { mode: 0o700 })
  await chown(dataDir, nobody, nobody)
  const child = startElsewhere(dataDir, { uid: nobody })
  await child.ready
  t.equal((await stat(join(dataDir, 'postgres'))).uid, nobody)
  t.equal((await stat(`/proc/${await pidOf(dataDir)}`)).uid, nobody)

  await kill(child)
  const next = await start(dataDir)
  t.equal(next.ownsServer, false, 'root attaches to it')
  await next.stop()
  const own = await start(dataDir)
  t.equal((await stat(`/proc/${await pidOf(dataDir)}`)).uid, nobody, 'and starts it as the user that owns it')
  await own.stop()
})

t.test('where user namespaces are forbidden, root starts it as nobody', { skip: notRoot }, async (t) => {
  const programs = join(root, 'programs')
  await mkdir(programs)
  await writeFile(join(programs, 'unshare'), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
  const path = `${programs}:${process.env.PATH}`
  const dataDir = join(root, 'without-namespaces')
  const child = startElsewhere(dataDir, { path })
  await child.ready
  t.not((await stat(`/proc/${await pidOf(dataDir)}`)).uid, 0)
  child.process.kill('SIGTERM')
  await child.ended
  t.ok(await isGone(dataDir))

  const closed = join(root, 'closed')
  await mkdir(closed, { mode: 0o700 })
  const refused = startElsewhere(join(closed, 'data'), { path })
  await t.rejects(refused.ready, /start as an ordinary user/)
})

/** Starts the server from a process of its own, which stops it at SIGTERM. */
function startElsewhere(dataDir: string, how: { uid?: number; path?: string } = {}) {
  const { uid = process.getuid?.() ?? 0, path = process.env.PATH } = how
  const front = new URL('../../src/embedded/postgres.js', import.meta.url).href
  const script = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(front)})
    const server = await startEmbeddedPostgres(${JSON.stringify({ dataDir, searchPath: path })})
    const forever = setInterval(() => {}, 1000)
    process.on('SIGTERM', () => { clearInterval(forever); server.stop() })
    process.stdout.write('ready')`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: '/',
    env: { PATH: path },
    uid,
    gid: uid,
  })
  let complaint = ''
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString()
  })
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()))
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve())
    child.on('close', () => reject(new Error(complaint)))
  })
  endings.push(() => {
    child.kill()
    return ended
  })
  return { process: child, ready, ended }
}

async function kill(service: ReturnType<typeof startElsewhere>): Promise<void> {
  service.process.kill('SIGKILL')
  await service.ended
}

async function mayRead(uid: number): Promise<boolean> {
  const here = fileURLToPath(import.meta.url)
  return promisify(execFile)(process.execPath, ['--check', here], { uid, cwd: '/' }).then(
    () => true,
    () => false,
  )
}
