import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../clientTools.ts'
import { command } from '../command.ts'
import { hasPrograms } from '../packages.ts'
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
