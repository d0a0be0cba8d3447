import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from '../../support/patience.ts'
import { root } from '../clientTools.ts'
import { command } from '../command.ts'
import { ask } from './ask.ts'

/** A proxy that deploy/proxy has a file for. */
export interface Kind {
  name: string
  /** Debian's package, and where it puts the program. */
  package: string
  program: string
  file: string
  /** What starts it in the foreground, on this file. */
  words(file: string): string[]
  /** What of the file is of this machine alone, beside addresses and the certificate. */
  here?: Readonly<Record<string, string>>
  /** Where it might keep something. */
  places: readonly string[]
}

export const kinds: readonly Kind[] = [
  {
    name: 'nginx',
    package: 'nginx',
    program: '/usr/sbin/nginx',
    file: 'nginx.conf',
    words: (file) => ['-g', 'daemon off;', '-c', file],
    here: { 'pid /run/nginx.pid;': 'pid FOLDER/nginx.pid;' },
    places: ['/var/lib/nginx', '/var/log/nginx', '/var/cache/nginx'],
  },
  {
    name: 'HAProxy',
    package: 'haproxy',
    program: '/usr/sbin/haproxy',
    file: 'haproxy.cfg',
    words: (file) => ['-db', '-f', file],
    places: ['/var/lib/haproxy', '/var/log'],
  },
  {
    name: 'Caddy',
    package: 'caddy',
    program: '/usr/bin/caddy',
    file: 'Caddyfile',
    words: (file) => ['run', '--adapter', 'caddyfile', '--config', file],
    places: ['/var/lib/caddy', '/var/log/caddy'],
  },
]

export interface RunningProxy {
  /** The ports of the public and of the staff side. */
  ports: { public: number; staff: number }
  pid: number
  places: readonly string[]
  /** All that it has written to stdout and stderr. */
  output(): string
}

/** Runs the file of deploy/proxy before the service at this port, as it stands but for names, ports and paths. */
export async function withProxy<T>(
  kind: Kind,
  upstream: number,
  work: (proxy: RunningProxy) => Promise<T>,
  otherwise: Readonly<Record<string, string>> = {},
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-proxy-'))
  const ports = { public: await freePort(), staff: await freePort() }
  await chmod(folder, 0o755)
  await certificate(folder)
  const text = await readFile(join(root, 'deploy/proxy', kind.file), 'utf8')
  const file = join(folder, kind.file)
  await writeFile(file, placed(text, { folder, ports, upstream, more: { ...kind.here, ...otherwise } }))
  await mkdir(join(folder, 'home'))
  const child = spawn(kind.program, kind.words(file), {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: join(folder, 'home'), TMPDIR: folder },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (output += bytes))
  try {
    await until(async () => {
      assert.equal(child.exitCode, null, `${kind.name} ended: ${output}`)
      return (await ask(ports.public, '/health/live').catch(() => undefined)) !== undefined
    })
    const places = [folder, ...kind.places]
    return await work({ ports, pid: child.pid ?? 0, places, output: () => output })
  } finally {
    await ended(child)
    await rm(folder, { recursive: true, force: true })
  }
}

interface Placing {
  folder: string
  ports: RunningProxy['ports']
  upstream: number
  more: Readonly<Record<string, string>>
}

/** Each of these stands in the file, or it is no longer the file that this was written for. */
function placed(text: string, { folder, ports, upstream, more }: Placing): string {
  const replacements: [RegExp | string, string][] = [
    ...Object.entries(more),
    [/(?<=listen |bind (?:\*)?:)443\b|(?<=https:\/\/report\.example\.org)(?= )/, `${ports.public}`],
    [/(?<=127\.0\.0\.1:|triage\.example\.org:)8443\b/, `${ports.staff}`],
    [/127\.0\.0\.1:8080/, `127.0.0.1:${upstream}`],
    [/127\.0\.0\.1:8081/, `127.0.0.1:${upstream}`],
  ]
  let changed = text
  for (const [from, to] of replacements) {
    const next = changed.replace(from, to)
    assert.notEqual(next, changed, `${from} stands in the file`)
    changed = next
  }
  return changed
    .replace(`report.example.org${ports.public}`, `report.example.org:${ports.public}`)
    .replaceAll('/etc/sotto/tls', folder)
    .replaceAll('FOLDER', folder)
}

async function certificate(folder: string): Promise<void> {
  const names = 'subjectAltName=DNS:report.example.org,DNS:triage.example.org'
  const words = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '2',
  ]
  const [chain, key] = [join(folder, 'fullchain.pem'), join(folder, 'privkey.pem')]
  await command(folder, [
    'openssl',
    ...words,
    ...['-keyout', key, '-out', chain, '-subj', '/CN=report.example.org', '-addext', names],
  ])
  await writeFile(join(folder, 'site.pem'), `${await readFile(chain, 'utf8')}${await readFile(key, 'utf8')}`)
  await chmod(key, 0o644)
}

/** A port of loopback that nobody has. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** Stops a program, and waits until it is gone. */
export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGTERM')
  await exit
}
