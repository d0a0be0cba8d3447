import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { chown, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { stringify } from 'yaml'
import { debianPrograms, postgresUser } from '../more/debianPostgres.ts'
import { type ClusterNode, haproxyOf, patroniOf, settingsOf, type Times } from './patroni.ts'

/** Three Postgres under Patroni, three etcd, and HAProxy before them, on one host. */

export interface Cluster {
  /** Where HAProxy leads to whichever is the primary. */
  port: number
  /** The folder with the primary's socket, and its port. */
  socket: string
  primaryPort(): Promise<number>
  /** Ends all processes of the node that leads, without a word to them; gives its name. */
  killPrimary(): Promise<string>
  /** Ends its Postgres alone: Patroni is still there. */
  killPostmaster(): Promise<void>
  /** Ends the etcd that leads. */
  killEtcdLeader(): Promise<void>
  /** Starts a node that was killed. */
  revive(name: string): Promise<void>
  /** Who leads, in the eyes of a node that lives; undefined while nobody does. */
  leader(): Promise<string | undefined>
  /** How many nodes run and follow, a synchronous one among them. */
  following(): Promise<{ count: number; synchronous: number }>
  stop(): Promise<void>
}

const nodeNames = ['one', 'two', 'three'] as const

export async function startCluster(folder: string, times: Times): Promise<Cluster> {
  const { uid, gid } = await postgresUser()
  const from = 20_000 + Math.floor(Math.random() * 20_000)
  const bin = await debianPrograms()
  await chown(folder, uid, gid)
  const running = new Set<ChildProcess>()

  function begin(name: string, program: string, words: readonly string[], cwd = folder): ChildProcess {
    const log = openSync(join(folder, `${name}.log`), 'a')
    const child = spawn(program, words, {
      cwd,
      uid,
      gid,
      env: { PATH: `${process.env.PATH}:/usr/sbin`, LC_ALL: 'C.UTF-8', HOME: folder },
      stdio: ['ignore', log, log],
    })
    closeSync(log)
    running.add(child)
    child.on('exit', () => running.delete(child))
    return child
  }

  const peers = nodeNames.map((name, at) => ({ name, client: from + at, peer: from + 10 + at }))
  const address = (port: number) => `http://127.0.0.1:${port}`
  const etcds = new Map(
    peers.map(({ name, client, peer }) => {
      const words = [
        ['name', name],
        ['data-dir', join(folder, `etcd-${name}`)],
        ['listen-client-urls', address(client)],
        ['advertise-client-urls', address(client)],
        ['listen-peer-urls', address(peer)],
        ['initial-advertise-peer-urls', address(peer)],
        ['initial-cluster', peers.map((one) => `${one.name}=${address(one.peer)}`).join(',')],
        ['initial-cluster-state', 'new'],
      ].map(([option, value]) => `--${option}=${value}`)
      return [client, begin(`etcd-${name}`, 'etcd', words)] as const
    }),
  )

  const nodes: ClusterNode[] = nodeNames.map((name, at) => ({
    name,
    data: join(folder, name),
    postgres: from + 20 + at,
    rest: from + 30 + at,
  }))
  const settings = await settingsOf()
  for (const node of nodes) {
    const file = join(folder, `${node.name}.yml`)
    await writeFile(
      file,
      stringify(patroniOf(node, { folder, bin, times, settings, etcds: [...etcds.keys()] })),
    )
    await chown(file, uid, gid)
  }
  const start = async (node: ClusterNode) => {
    node.process = begin(node.name, 'patroni', [join(folder, `${node.name}.yml`)])
  }

  const port = from + 40
  await writeFile(join(folder, 'haproxy.cfg'), haproxyOf(port, nodes))
  begin('haproxy', 'haproxy', ['-db', '-f', join(folder, 'haproxy.cfg')])
  const [first, ...others] = nodes
  if (first === undefined) throw new Error('a cluster has nodes')
  await start(first)
  await until(async () => (await leader()) !== undefined)
  for (const node of others) await start(node)
  await until(async () => (await following()).count === 2 && (await following()).synchronous === 1)

  type Member = { name: string; role: string; state: string }
  async function members(): Promise<Member[]> {
    for (const { rest, process } of nodes) {
      if (process === undefined) continue
      const answer = await fetch(`${address(rest)}/cluster`, { signal: AbortSignal.timeout(1_000) }).catch(
        () => undefined,
      )
      if (answer?.ok) return ((await answer.json()) as { members: Member[] }).members
    }
    return []
  }

  async function leader(): Promise<string | undefined> {
    for (const { name, rest, process } of nodes) {
      if (process === undefined) continue
      const answer = await fetch(`${address(rest)}/primary`, { signal: AbortSignal.timeout(1_000) }).catch(
        () => undefined,
      )
      if (answer?.status === 200) return name
    }
    return undefined
  }

  async function following() {
    const others = (await members()).filter(({ role }) => role !== 'leader')
    const alive = others.filter(({ state }) => state === 'running' || state === 'streaming')
    return { count: alive.length, synchronous: alive.filter(({ role }) => role === 'sync_standby').length }
  }

  async function primary(): Promise<ClusterNode> {
    const name = await leader()
    const node = nodes.find((one) => one.name === name)
    if (node === undefined) throw new Error('nobody leads')
    return node
  }

  const postmasterOf = async ({ data }: ClusterNode) =>
    Number((await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')[0])

  return {
    port,
    socket: folder,
    primaryPort: async () => (await primary()).postgres,
    leader,
    following,
    async killPrimary() {
      const node = await primary()
      const postmaster = await postmasterOf(node)
      node.process?.kill('SIGKILL')
      delete node.process
      for (const pid of [postmaster, ...(await childrenOf(postmaster))]) kill(pid)
      return node.name
    },
    async killPostmaster() {
      kill(await postmasterOf(await primary()))
    },
    async killEtcdLeader() {
      for (const [client, child] of etcds) {
        const answer = await fetch(`${address(client)}/v3/maintenance/status`, { method: 'POST', body: '{}' })
        const { leader: id, header } = (await answer.json()) as {
          leader: string
          header: { member_id: string }
        }
        if (id !== header.member_id) continue
        child.kill('SIGKILL')
        etcds.delete(client)
        return
      }
      throw new Error('no etcd leads')
    },
    async revive(name) {
      const node = nodes.find((one) => one.name === name)
      if (node !== undefined) await start(node)
    },
    async stop() {
      for (const node of nodes) {
        const postmaster = await postmasterOf(node).catch(() => undefined)
        node.process?.kill('SIGKILL')
        if (postmaster !== undefined)
          for (const pid of [postmaster, ...(await childrenOf(postmaster))]) kill(pid)
      }
      const left = [...running]
      for (const child of left) child.kill('SIGKILL')
      await Promise.all(
        left.map((child) =>
          child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined,
        ),
      )
    },
  }
}

export async function until(isSo: () => Promise<boolean>, seconds = 90): Promise<void> {
  for (const end = Date.now() + seconds * 1_000; !(await isSo().catch(() => false)); await sleep(100)) {
    if (Date.now() > end) throw new Error(`it did not come about within ${seconds} s`)
  }
}

/** The processes that this one has begun. */
export async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
  return text.split(' ').filter(Boolean).map(Number)
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It is gone already.
  }
}
