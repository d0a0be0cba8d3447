import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, closeSync, copyFileSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { until } from '../../support/patience.ts'
import { command } from '../command.ts'

/**
 * Stands in for systemctl where there is no systemd: starts what a unit file names, as far as that goes: as nobody, with its
 * settings, its credential and its folder. What the unit forbids it does not forbid. Words: as systemctl's.
 */
const [verb = '', ...words] = process.argv.slice(2)
const nobody = 65_534

const acts: Record<string, () => Promise<unknown>> = {
  'daemon-reload': async () => undefined,
  'restart postgresql': async () => {
    const [version = ''] = (await command('/', ['ls', '/etc/postgresql'])).trim().split('\n').reverse()
    await command('/', ['pg_ctlcluster', version, 'main', 'start'])
  },
  'restart nginx': () => command('/', ['nginx']),
  'enable --now sotto-triage': () => startUnit('sotto-triage'),
  'enable --now sotto-intake': () => startUnit('sotto-intake'),
}
const asked = [verb, ...words].join(' ')
const act = acts[asked]
if (act === undefined) throw new Error(`this stands in for no systemctl ${asked}`)
await act()

async function startUnit(name: string): Promise<void> {
  const lines = readFileSync(`/etc/systemd/system/${name}.service`, 'utf8').split('\n')
  const [run, credentials] = ['/run', `/run/credentials/${name}`]
  const of = (key: string) =>
    lines
      .filter((line) => line.startsWith(`${key}=`))
      .map((line) =>
        line
          .slice(key.length + 1)
          .replaceAll('%t', run)
          .replaceAll('%d', credentials),
      )
  for (const folder of [credentials, ...of('RuntimeDirectory').map((one) => join(run, one))]) {
    mkdirSync(folder, { recursive: true })
    chmodSync(folder, 0o700)
    chownSync(folder, nobody, nobody)
  }
  for (const credential of of('LoadCredential')) {
    const [file = '', path = ''] = credential.split(':')
    copyFileSync(path, join(credentials, file))
    chownSync(join(credentials, file), nobody, nobody)
  }
  const given = of('EnvironmentFile').flatMap((file) => readFileSync(file, 'utf8').split('\n'))
  const settings = [...of('Environment').flatMap((line) => line.split(' ')), ...given].filter(Boolean)
  const env = Object.fromEntries(
    settings.map((one) => [one.split('=', 1)[0] ?? '', one.slice(one.indexOf('=') + 1)]),
  )
  const [cwd = '/'] = of('WorkingDirectory')
  const log = openSync(`/run/${name}.log`, 'a')
  const start = (line: string) =>
    spawn('/bin/sh', ['-c', `exec ${line}`], {
      cwd,
      env: { PATH: process.env.PATH, CREDENTIALS_DIRECTORY: credentials, ...env },
      uid: nobody,
      gid: nobody,
      detached: true,
      stdio: ['ignore', log, log],
    })
  for (const line of of('ExecStartPre')) await once(start(line), 'exit')
  for (const line of of('ExecStart')) start(line).unref()
  closeSync(log)
  // Unlike systemctl, which does not wait: what comes next may then be held to what it says.
  await until(async () => {
    const answer = await fetch(`http://127.0.0.1:${env.PORT}/health/ready`).catch(() => undefined)
    return answer?.ok === true
  }).catch(() =>
    Promise.reject(new Error(`${name} never was ready: ${readFileSync(`/run/${name}.log`, 'utf8')}`)),
  )
}
