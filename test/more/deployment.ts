import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sampleReport } from '../support/reports.ts'
import { startServiceProcess } from '../support/serviceProcess.ts'
import { breakServer } from './brokenServer.ts'
import { root } from './clientTools.ts'
import { command } from './command.ts'
import { type DebianPostgres, debianPostgres } from './debianPostgres.ts'
import { hasPrograms } from './packages.ts'
import { skipped } from './skipped.ts'
import type { Step } from './step.ts'

/** The two-role deployment of docs/operating.md, on Debian's Postgres, whose owner is no superuser. */
export const deployApart: Step = {
  name: 'two sides on a Postgres of Debian: refused without passwords, red as it comes, clean with the settings, a report read',
  async run() {
    if (process.getuid?.() !== 0) {
      return skipped('only root may start a Postgres of another user')
    }
    if (!(await hasPrograms({ postgresql: '/usr/bin/psql', 'postgresql-common': '/usr/bin/pg_lsclusters' })))
      return
    const folder = await mkdtemp(join(tmpdir(), 'sotto-deploy-'))
    await chmod(folder, 0o755)
    const server = await debianPostgres(folder)
    try {
      await deploy(folder, server)
    } finally {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    }
  },
}

const passwords = ['owner', 'intake', 'triage'] as const
type Login = (typeof passwords)[number]

async function deploy(folder: string, server: DebianPostgres): Promise<void> {
  const secrets = join(folder, 'secrets')
  await mkdir(secrets)
  const psql = (...words: string[]) =>
    command(root, [
      'psql',
      '-X',
      '-At',
      `--host=${server.socket}`,
      `--port=${server.port}`,
      '--username=postgres',
      ...words,
    ])
  const logins = () =>
    psql('--dbname=postgres', '--quiet', `--set=passwords=${secrets}`, '--file=deploy/postgres/logins.sql')
  const made = () =>
    psql('--dbname=postgres', '--command=SELECT rolname FROM pg_roles WHERE rolname ~ $$^sotto$$')

  await assert.rejects(logins(), /16 characters or more/)
  assert.equal(await made(), '', 'nothing is made without passwords')
  const words = new Map<Login, string>()
  for (const login of passwords) {
    words.set(login, randomBytes(24).toString('hex'))
    await writeFile(join(secrets, `${login}_password`), `${words.get(login)}\n`)
  }
  await logins()

  const url = (login: Login) =>
    `postgresql://sotto_${login}:${words.get(login)}@127.0.0.1:${server.port}/sotto`
  const keyring = join(folder, 'keyring.json')
  const publicFolder = join(folder, 'intake')
  const publicKeys = join(publicFolder, 'keyring.json')
  const sotto = (environment: Record<string, string>, ...words: string[]) =>
    command(root, [process.execPath, 'build/src/cli/sotto.js', ...words], environment)
  await sotto({ KEYRING_FILE: keyring }, 'keys', 'init', '--recovery')
  await mkdir(publicFolder)
  await writeFile(publicKeys, await sotto({ KEYRING_FILE: keyring }, 'keys', 'public'), { mode: 0o600 })
  await sotto({ MIGRATION_DATABASE_URL: url('owner') }, 'migrate')

  const triageSettings = {
    ROLE: 'triage',
    KEYRING_FILE: keyring,
    DATABASE_URL: url('triage'),
    RATE_LIMIT: '120',
  }
  const intakeSettings = {
    ROLE: 'intake',
    KEYRING_FILE: publicKeys,
    DATABASE_URL: url('intake'),
    TRUST_PROXY: '127.0.0.1',
    RATE_LIMIT: '120',
  }
  await assert.rejects(sotto(triageSettings, 'doctor'), /breach postgres-settings/, 'a Postgres as it comes')
  await server.takeSettings()

  const triage = await startServiceProcess(folder, triageSettings)
  const intake = await startServiceProcess(folder, intakeSettings)
  try {
    for (const [settings, { base }] of [
      [triageSettings, triage],
      [intakeSettings, intake],
    ] as const) {
      const told = JSON.parse(await sotto({ ...settings, PORT: new URL(base).port }, 'doctor', '--json'))
      const others = told.findings.filter(({ check }: { check: string }) => !isOfThisHost(check))
      assert.deepEqual(others, [], 'but for the standby, and for what this machine itself lacks')
    }
    const token = await sotto(triageSettings, 'staff', 'add', '--name', 'Ada Example', '--role', 'supervisor')
    const sent = await fetch(`${intake.base}/v1/reports`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(sampleReport()),
    })
    assert.equal(sent.status, 201)
    const authorization = `Bearer ${token.trim()}`
    const list = await fetch(`${triage.base}/v1/triage/reports`, { headers: { authorization } })
    const { items } = (await list.json()) as { items: { id: string }[] }
    const opened = await fetch(`${triage.base}/v1/triage/reports/${items[0]?.id}`, {
      headers: { authorization },
    })
    const { report } = (await opened.json()) as { report: unknown }
    assert.deepEqual(report, sampleReport())
  } finally {
    await intake.end('SIGTERM')
    await triage.end('SIGTERM')
  }
  await breakServer({
    server,
    sql: (text) => psql('--dbname=postgres', `--command=${text}`),
    examine: (address = '127.0.0.1', more = '') => {
      const DATABASE_URL = url('triage').replace('127.0.0.1', address) + more
      return sotto({ ...triageSettings, DATABASE_URL }, 'doctor', '--json').catch(
        (error: Error) => error.message,
      )
    },
  })
}

/** A host of tests may have swap and may write core dumps; nobody has a standby here. */
const isOfThisHost = (check: string) => check === 'standby' || check === 'host'
