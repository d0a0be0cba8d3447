import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { command } from '../more/command.ts'
import { childrenOf } from './cluster.ts'

/** A host of its own on this machine: processes, network, name, `/etc`, `/var`, `/run` and `/tmp`; all of it is gone with it. */
export interface Host {
  name: string
  address: string
  /** Runs this as root in bash; resolves to all it said. What is typed is read from stdin. */
  run(script: string, typed?: string): Promise<string>
  /** Its power is cut: every process of it ends at once, and nothing of it is left. */
  end(): Promise<void>
}

export interface Hosts {
  start(name: string, address: string): Promise<Host>
  remove(): Promise<void>
}

/** What each finds at its start: `tree` at /opt/sotto, and its first lines of shell. */
export async function hostsApart(tree: string, first: string): Promise<Hosts> {
  const bridge = `walk${1 + Math.floor(Math.random() * 250)}`
  const ip = (line: string) => command('/', ['ip', ...line.split(' ')])
  const running = new Set<Host>()
  // Nobody outside is to be reached by these addresses: the bridge is in a namespace too.
  await ip(`netns add ${bridge}`)
  await ip(`-n ${bridge} link add ${bridge} type bridge`)
  await ip(`-n ${bridge} link set ${bridge} up`)
  return {
    async start(name, address) {
      const flags = '--mount --net --pid --uts --fork --kill-child --mount-proc'.split(' ')
      const holder = spawn(
        'unshare',
        [...flags, 'bash', '-c', `${ownFolders(tree)}\nwhile :; do sleep 3600 & wait $!; done`],
        {
          stdio: ['ignore', 'ignore', 'inherit'],
        },
      )
      const pid = await innerOf(holder.pid ?? 0)
      await ip(`link add ${bridge}-${name} type veth peer name eth0 netns ${pid}`)
      await ip(`link set ${bridge}-${name} netns ${bridge}`)
      await ip(`-n ${bridge} link set ${bridge}-${name} master ${bridge} up`)
      const enter = ['nsenter', `--target=${pid}`, '--mount', '--net', '--pid', '--uts']
      const host: Host = {
        name,
        address,
        async run(script, typed = '') {
          const child = spawn(enter[0] ?? '', [
            ...enter.slice(1),
            'bash',
            // Else one that no other shell has started takes a pipe of Node's for a network, and reads the machine's own beginnings.
            '--norc',
            '-euo',
            'pipefail',
            '-c',
            `export PATH=/run/programs:$PATH\ncd /opt/sotto\n${script}`,
          ])
          let said = ''
          for (const stream of [child.stdout, child.stderr])
            stream.on('data', (bytes) => {
              said += bytes
            })
          child.stdin.on('error', () => undefined)
          child.stdin.end(typed)
          // Not `close`: what it has started goes on, and may hold on to its stdout.
          const [code] = await once(child, 'exit')
          await sleep(50)
          if (code !== 0) throw new Error(`on ${name}, ended with ${code}:\n${script}\n${said}`)
          return said
        },
        async end() {
          running.delete(host)
          const over = once(holder, 'exit')
          holder.kill('SIGKILL')
          await over
        },
      }
      running.add(host)
      const network = `hostname ${name}; ip link set lo up; ip address add ${address}/24 dev eth0; ip link set eth0 up`
      await until(() => host.run(`test -e /run/apart`))
      await host.run(`${network}\n${first}`)
      return host
    },
    async remove() {
      for (const host of running) await host.end()
      await ip(`netns delete ${bridge}`)
    },
  }
}

const ownFolders = (tree: string) => `set -e
mount --make-rprivate /
mount -t tmpfs none /mnt
for each in etc var opt; do
  mkdir /mnt/$each /mnt/$each.work
  mount -t overlay overlay -o lowerdir=/$each,upperdir=/mnt/$each,workdir=/mnt/$each.work /$each
done
mkdir -p /opt/sotto
mount --bind ${tree} /opt/sotto
mount -t tmpfs none /run
mount -t tmpfs none /tmp
mount -t tmpfs none /dev/shm
chmod 1777 /tmp /dev/shm
touch /run/apart`

/** The process that is the first of the namespace: the child of `unshare`. */
async function innerOf(pid: number): Promise<number> {
  for (let tries = 0; tries < 200; tries++, await sleep(50)) {
    const [inner] = await childrenOf(pid)
    if (inner !== undefined) return inner
  }
  throw new Error('no namespaces can be made here')
}

async function until(works: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; ; tries++, await sleep(100)) {
    const outcome = await works().then(
      () => undefined,
      (error: unknown) => error,
    )
    if (outcome === undefined) return
    if (tries === 100) throw outcome
  }
}
