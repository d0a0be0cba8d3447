import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from '../../support/patience.ts'
import { root } from '../clientTools.ts'
import { command } from '../command.ts'
import { hasPrograms } from '../packages.ts'
import { ended, freePort } from '../proxies/proxy.ts'
import { withService } from '../runningService.ts'
import type { Step } from '../step.ts'

export const verifyOnion: Step = {
  name: 'pages: tor and HAProxy take the configuration of the onion service',
  async run() {
    if (!(await hasPrograms({ tor: '/usr/bin/tor', haproxy: '/usr/sbin/haproxy' }))) return
    const folder = await mkdtemp(join(tmpdir(), 'sotto-tor-'))
    await chmod(folder, 0o700)
    try {
      const torrc = await readFile(join(root, 'deploy/tor/torrc'), 'utf8')
      await writeFile(join(folder, 'torrc'), torrc.replaceAll('/var/lib/tor', folder))
      await command(root, ['tor', '--verify-config', '-f', join(folder, 'torrc')])
      await command(root, ['haproxy', '-c', '-f', 'deploy/tor/haproxy.cfg'])
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
}

/** What a minute and circuit may ask for here. */
const limit = 6

/** What Tor writes before a stream of this circuit (`HiddenServiceExportCircuitID haproxy`). */
const circuit = (number: number) =>
  `PROXY TCP6 fc00:dead:beef:4dab::0:${number.toString(16)} ::1 65535 80\r\n`

export const limitCircuits: Step = {
  name: 'pages: behind Tor and HAProxy each circuit is limited by itself, whatever address it claims, and staff do not come this way',
  async run() {
    if (!(await hasPrograms({ haproxy: '/usr/sbin/haproxy' }))) return
    await withService(
      async ({ base }) => {
        const folder = await mkdtemp(join(tmpdir(), 'sotto-onion-'))
        const port = await freePort()
        const file = join(folder, 'haproxy.cfg')
        const text = await readFile(join(root, 'deploy/tor/haproxy.cfg'), 'utf8')
        const placed = text
          .replace('127.0.0.1:8090', `127.0.0.1:${port}`)
          .replace('127.0.0.1:8080', new URL(base).host)
        await writeFile(
          file,
          process.getuid?.() === 0 ? placed : placed.replaceAll(/^ +(user|group) .*$/gm, ''),
        )
        const proxy = spawn('/usr/sbin/haproxy', ['-db', '-f', file], { stdio: 'ignore' })
        try {
          const ask = (number: number, path: string, claimed?: string) =>
            statusOf(port, circuit(number), path, claimed)
          await until(async () => (await ask(1, '/health/live').catch(() => 0)) === 200)
          for (let at = 0; at < limit; at++) assert.equal(await ask(2, '/', `203.0.113.${at}`), 200)
          assert.equal(await ask(2, '/', '203.0.113.99'), 429, 'what it claims to be counts for nothing')
          for (let other = 3; other < 9; other++) assert.equal(await ask(other, '/'), 200, 'another circuit')
          for (const path of ['/v1/triage/reports', '/v1/partner/disseminations', '/console/'])
            assert.equal(await ask(20, path), 404, path)
          await assert.rejects(statusOf(port, '', '/'), 'nobody comes in without a circuit')
        } finally {
          await ended(proxy)
          await rm(folder, { recursive: true, force: true })
        }
      },
      { TRUST_PROXY: '127.0.0.1', RATE_LIMIT: String(limit) },
    )
  },
}

/** Asks once, on a connection of its own that begins with `head`. */
async function statusOf(port: number, head: string, path: string, claimed?: string): Promise<number> {
  const socket = connect(port, '127.0.0.1')
  const forwarded = claimed === undefined ? '' : `X-Forwarded-For: ${claimed}\r\n`
  socket.write(`${head}GET ${path} HTTP/1.1\r\nHost: example.onion\r\n${forwarded}Connection: close\r\n\r\n`)
  let said = ''
  socket.setEncoding('utf8').on('data', (text) => (said += text))
  await once(socket, 'close')
  const status = /^HTTP\/1\.1 (\d{3})/.exec(said)?.[1]
  if (status === undefined) throw new Error('no answer')
  return Number(status)
}
