import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { newReceipt } from '../../src/crypto/receipt.ts'
import { root } from '../more/clientTools.ts'
import { command } from '../more/command.ts'
import { type DebianPostgres, postgresUser } from '../more/debianPostgres.ts'
import { skipped } from '../more/skipped.ts'
import { sampleReport } from '../support/reports.ts'
import { startServiceProcess } from '../support/serviceProcess.ts'
import { until } from './cluster.ts'
import type { Drill, Figures, Size } from './drill.ts'
import { hasDebian, onDebian } from './onDebian.ts'
import { inFolder, makeLogins, newSecrets, type Secrets, settingsAt, sotto } from './place.ts'
import { startWriters, unopened } from './writers.ts'

/** PgBouncer in transaction mode between intake and the database. */
export const pooler: Drill = {
  name: 'pooler',
  proves:
    'two intake instances work through a PgBouncer in transaction mode that holds four connections for both; a report with a receipt outlives its kill -9; one that knows no prepared statements (before 1.21, or max_prepared_statements = 0) makes intake answer 503 with Retry-After, and never 500',
  cannot: 'show it for triage, which must not go through one (docs/operating.md)',
  async run(size) {
    if (!(await hasDebian({ pgbouncer: '/usr/sbin/pgbouncer' }))) return undefined
    return inFolder((folder) => onDebian(folder, 'database', (server) => pooled(folder, server, size)))
  },
}

async function pooled(folder: string, server: DebianPostgres, size: Size): Promise<Figures> {
  const secrets = await newSecrets(folder)
  const keyring = join(folder, 'keyring.json')
  const direct = settingsAt(server.port, secrets, keyring)
  await makeLogins(server.socket, server.port, secrets)
  await sotto(direct, 'keys', 'init')
  const publicKeys = join(folder, 'public.json')
  await writeFile(publicKeys, await sotto(direct, 'keys', 'public'), { mode: 0o600 })
  const triage = await startServiceProcess(folder, { ...direct, ROLE: 'triage' })
  try {
    const version = /PgBouncer ([\d.]+)/.exec(await command(root, ['pgbouncer', '--version']))?.[1] ?? '0'
    const isNewEnough = Number(version.split('.')[1]) >= 21
    const through = (port: number) => ({
      ROLE: 'intake',
      KEYRING_FILE: publicKeys,
      DATABASE_URL: `postgresql://sotto_intake:${secrets.of('intake')}@127.0.0.1:${port}/sotto`,
    })
    const unprepared = await refusedByOld(folder, server, secrets, through, isNewEnough)
    if (!isNewEnough) {
      skipped(`PgBouncer ${version} knows no prepared statements: 1.21 or later is needed for the rest`)
      return { 'version of PgBouncer': version, ...unprepared }
    }
    const worked = await worksThrough(folder, server, secrets, through, size)
    return { 'version of PgBouncer': version, ...unprepared, ...worked }
  } finally {
    await triage.end('SIGTERM')
  }
}

type Through = (port: number) => Record<string, string>

/** A pooler that gives prepared statements to whichever connection is free. */
async function refusedByOld(
  folder: string,
  server: DebianPostgres,
  secrets: Secrets,
  through: Through,
  isNewEnough: boolean,
): Promise<Figures> {
  const bouncer = await startBouncer(
    folder,
    server,
    secrets,
    isNewEnough ? ['max_prepared_statements = 0'] : [],
  )
  // One alone may be lucky: it seldom needs two connections at once.
  const intakes = await Promise.all([1, 2].map(() => startServiceProcess(folder, through(bouncer.port))))
  try {
    const answers: Response[] = []
    for (let round = 0; round < 40 && !answers.some(({ status }) => status === 503); round++)
      answers.push(
        ...(await Promise.all(Array.from({ length: 32 }, (_, at) => visit(intakes[at % 2]?.base ?? '')))),
      )
    const refused = answers.filter(({ status }) => status === 503)
    assert.ok(refused.length > 0, 'it cannot work')
    assert.deepEqual(
      answers.map(({ status }) => status).filter((status) => ![201, 401, 503].includes(status)),
      [],
    )
    assert.ok(refused.every(({ headers }) => headers.has('retry-after')))
    const log = intakes.map((intake) => intake.output().toString()).join('')
    const named = new Set([...log.matchAll(/"code":"([0-9A-Z]{5})"/g)].map(([, code]) => code))
    return {
      'without prepared statements: calls': answers.length,
      'of these answered by 503, all with Retry-After': refused.length,
      'codes of the database in the log': [...named].join(', ') || 'none',
    }
  } finally {
    for (const intake of intakes) await intake.end('SIGTERM')
    await bouncer.end()
  }
}

/** Somebody reports, or looks into a mailbox that is not there: statements of several names. */
function visit(base: string): Promise<Response> {
  if (Math.random() < 0.5)
    return fetch(`${base}/v1/mailbox`, { headers: { authorization: `Bearer ${newReceipt()}` } })
  const body = JSON.stringify(sampleReport())
  return fetch(`${base}/v1/reports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
}

async function worksThrough(
  folder: string,
  server: DebianPostgres,
  secrets: Secrets,
  through: Through,
  size: Size,
): Promise<Figures> {
  const options = ['max_prepared_statements = 200']
  let bouncer = await startBouncer(folder, server, secrets, options)
  const { port } = bouncer
  const intakes = await Promise.all([1, 2].map(() => startServiceProcess(folder, through(port))))
  try {
    const bases = intakes.map(({ base }) => base)
    const writers = startWriters(bases, 32)
    await sleep(size === 'short' ? 3_000 : 15_000)
    const before = writers.refused.size
    const held = await connectionsOf(server)
    assert.equal(before, 0, 'no answer but 201')
    assert.ok(held <= poolSize, `${held} connections`)
    writers.longestGap()
    await bouncer.end()
    await sleep(1_000)
    bouncer = await startBouncer(folder, server, secrets, options, port)
    await writers.next()
    await sleep(2_000)
    const gap = writers.longestGap()
    await writers.stop()
    const [base = ''] = bases
    const lost = await unopened(base, writers.receipts)
    assert.equal(lost, 0)
    assert.deepEqual(
      [...writers.refused.keys()].filter((status) => status !== '503'),
      [],
    )
    return {
      'reports acknowledged': writers.receipts.length,
      'acknowledged and lost': lost,
      'connections to Postgres for two instances': held,
      'PgBouncer killed for a second: longest time without a receipt, s': gap,
      'answers of 503 meanwhile': writers.refused.get('503') ?? 0,
    }
  } finally {
    for (const intake of intakes) await intake.end('SIGTERM')
    await bouncer.end()
  }
}

const poolSize = 4

async function connectionsOf({ socket, port }: DebianPostgres): Promise<number> {
  const count = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'sotto_intake'"
  const words = ['-XAt', `--host=${socket}`, `--port=${port}`, '--username=postgres', '--command', count]
  return Number(await command(root, ['psql', ...words]))
}

async function startBouncer(
  folder: string,
  server: DebianPostgres,
  secrets: Secrets,
  options: readonly string[],
  port = server.port + 1,
): Promise<{ port: number; end(): Promise<void> }> {
  const { uid, gid } = await postgresUser()
  const [users, file] = [join(folder, 'pgbouncer.users'), join(folder, 'pgbouncer.ini')]
  await writeFile(users, `"sotto_intake" "${secrets.of('intake')}"\n`, { mode: 0o600 })
  await chown(users, uid, gid)
  const lines = [
    '[databases]',
    `sotto = host=127.0.0.1 port=${server.port} dbname=sotto`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'auth_type = scram-sha-256',
    `auth_file = ${users}`,
    'pool_mode = transaction',
    `default_pool_size = ${poolSize}`,
    'log_connections = 0',
    'log_disconnections = 0',
    ...options,
  ]
  await writeFile(file, `${lines.join('\n')}\n`)
  const child: ChildProcess = spawn('pgbouncer', ['-q', file], { cwd: folder, uid, gid, stdio: 'ignore' })
  await until(() => isOpen(port), 15)
  return {
    port,
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false))
    socket.on('connect', () => socket.destroy())
  })
}
