import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { chown, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { stringify } from 'yaml'
import { command } from '../more/command.ts'
import { debianPrograms, postgresUser } from '../more/debianPostgres.ts'
import type { Network } from './network.ts'
import { type ClusterNode, haproxyOf, patroniOf, settingsOf } from './patroni.ts'
import type { PatroniProgram } from './patroniProgram.ts'

/** Three machines with Postgres under Patroni and an etcd each, and HAProxy before them, on one host. */

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
  /** Pulls the cable of the machine that leads; gives its name. */
  cutPrimary(): Promise<string>
  /** Whether a machine that is cut off takes nothing any more. */
  hasStoodDown(name: string): Promise<boolean>
  /** Plugs it in again. */
  mend(name: string): Promise<void>
  /** Starts a node that was killed. */
  revive(name: string): Promise<void>
  /** Who leads, in the eyes of a node that lives; undefined while nobody does. */
  leader(): Promise<string | undefined>
  /** `logins.sql` leaves the database `postgres` to nobody; there Patroni asks whether a node leads. */
  admitRewinder(): Promise<void>
  /** How many nodes run and follow, a synchronous one among them. */
  following(): Promise<{ count: number; synchronous: number }>
  /** As `patronictl reinit` does: the node copies the leader anew. False where it does so already. */
  copyAnew(name: string): Promise<boolean>
  /** Resolves once both others have what the primary had when this was asked: one that asks for the log in vain never has. */
  followed(seconds: number): Promise<void>
  stop(): Promise<void>
}

const lastWritten = 'SELECT pg_current_wal_flush_lsn()'
const hasUpTo = (place: string) => `SELECT pg_last_wal_replay_lsn() >= '${place}'`

const nodeNames = ['one', 'two', 'three'] as const

export async function startCluster(
  folder: string,
  { network, patroni }: { network: Network; patroni: PatroniProgram },
): Promise<Cluster> {
  const user = await postgresUser()
  const { uid, gid } = user
  const from = 20_000 + Math.floor(Math.random() * 20_000)
  const bin = await debianPrograms()
  await chown(folder, uid, gid)
  const running = new Set<ChildProcess>()

  /** On one of the machines, or on the host itself. */
  function begin(name: string, at: number | undefined, ...words: readonly string[]): ChildProcess {
    const log = openSync(join(folder, `${name}.log`), 'a')
    const [program = '', ...rest] = at === undefined ? words : [...network.on(at, user), ...words]
    const child = spawn(program, rest, {
      cwd: folder,
      // Whoever is sent to a machine changes there.
      ...(at === undefined ? user : {}),
      env: { PATH: `${process.env.PATH}:/usr/sbin`, LC_ALL: 'C.UTF-8', HOME: folder },
      stdio: ['ignore', log, log],
    })
    closeSync(log)
    running.add(child)
    child.on('exit', () => running.delete(child))
    return child
  }

  const [client, peer] = [from, from + 1]
  const url = (at: number, port: number) => `http://${network.address(at)}:${port}`
  const everyPeer = nodeNames.map((name, at) => `${name}=${url(at, peer)}`).join(',')
  const etcds = new Map(
    nodeNames.map((name, at) => {
      const words = [
        ['name', name],
        ['data-dir', join(folder, `etcd-${name}`)],
        ['listen-client-urls', url(at, client)],
        ['advertise-client-urls', url(at, client)],
        ['listen-peer-urls', url(at, peer)],
        ['initial-advertise-peer-urls', url(at, peer)],
        ['initial-cluster', everyPeer],
        ['initial-cluster-state', 'new'],
      ].map(([option, value]) => `--${option}=${value}`)
      return [at, begin(`etcd-${name}`, at, 'etcd', ...words)] as const
    }),
  )

  const nodes: ClusterNode[] = nodeNames.map((name, at) => ({
    name,
    at,
    address: network.address(at),
    data: join(folder, name),
    postgres: from + 20 + at,
    rest: from + 30,
  }))
  const settings = await settingsOf()
  const etcdHosts = nodes.map((node) => `${node.address}:${client}`)
  for (const node of nodes) {
    const file = join(folder, `${node.name}.yml`)
    await writeFile(file, stringify(await patroniOf(node, { folder, bin, settings, etcds: etcdHosts })))
    await chown(file, uid, gid)
  }
  const start = async (node: ClusterNode) => {
    node.process = begin(node.name, node.at, ...patroni.words, join(folder, `${node.name}.yml`))
  }

  const port = from + 40
  await writeFile(join(folder, 'haproxy.cfg'), await haproxyOf(port, nodes))
  begin('haproxy', undefined, 'haproxy', '-db', '-f', join(folder, 'haproxy.cfg'))
  const [first, ...others] = nodes
  if (first === undefined) throw new Error('a cluster has nodes')
  await start(first)
  await until(async () => (await leader()) !== undefined)
  for (const node of others) await start(node)
  await until(async () => (await following()).count === 2 && (await following()).synchronous === 1)

  type Member = { name: string; role: string; state: string }
  async function members(): Promise<Member[]> {
    for (const { at, rest, process } of nodes) {
      if (process === undefined) continue
      const answer = await fetch(`${url(at, rest)}/cluster`, { signal: AbortSignal.timeout(1_000) }).catch(
        () => undefined,
      )
      if (answer?.ok) return ((await answer.json()) as { members: Member[] }).members
    }
    return []
  }

  async function leader(): Promise<string | undefined> {
    // All at once: one that is cut off answers after a second, or never.
    const leading = nodes
      .filter(({ process }) => process !== undefined)
      .map(async ({ name, at, rest }) => {
        const { status } = await fetch(`${url(at, rest)}/primary`, { signal: AbortSignal.timeout(1_000) })
        if (status !== 200) throw new Error(`${name} does not lead`)
        return name
      })
    return Promise.any(leading).catch(() => undefined)
  }

  async function following() {
    const others = (await members()).filter(({ role }) => role !== 'leader')
    const alive = others.filter(({ state }) => state === 'running' || state === 'streaming')
    return { count: alive.length, synchronous: alive.filter(({ role }) => role === 'sync_standby').length }
  }

  /** One that is busy may be late to say that it leads. */
  async function primary(): Promise<ClusterNode> {
    let name: string | undefined
    await until(async () => {
      name = await leader()
      return name !== undefined
    })
    return named(name ?? 'nobody')
  }

  async function ask(node: ClusterNode, statement: string): Promise<string> {
    const words = ['-XAt', `--host=${folder}`, `--port=${node.postgres}`, '--username=postgres']
    return (await command(folder, ['psql', ...words, '--command', statement])).trim()
  }

  function named(name: string): ClusterNode {
    const node = nodes.find((one) => one.name === name)
    if (node === undefined) throw new Error(`${name} is none of the nodes`)
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
      for (const [at, child] of etcds) {
        const status = `${url(at, client)}/v3/maintenance/status`
        const answer = await fetch(status, { method: 'POST', body: '{}' })
        const { leader: id, header } = (await answer.json()) as {
          leader: string
          header: { member_id: string }
        }
        if (id !== header.member_id) continue
        child.kill('SIGKILL')
        etcds.delete(at)
        return
      }
      throw new Error('no etcd leads')
    },
    async cutPrimary() {
      const { name, at } = await primary()
      await network.cut(at)
      return name
    },
    async hasStoodDown(name) {
      // One that is shutting down takes nothing either.
      return ask(named(name), 'SELECT pg_is_in_recovery()').then(
        (answer) => answer === 't',
        () => true,
      )
    },
    async admitRewinder() {
      await ask(await primary(), 'GRANT CONNECT ON DATABASE postgres TO rewinder')
    },
    async followed(seconds) {
      const leading = await primary()
      const place = await ask(leading, lastWritten)
      // In their own eyes: to the primary one that copies it looks as if it followed.
      for (const node of nodes.filter((one) => one !== leading))
        await until(async () => (await ask(node, hasUpTo(place))) === 't', seconds)
    },
    async copyAnew(name) {
      const { at, rest } = named(name)
      const answer = await fetch(`${url(at, rest)}/reinitialize`, { method: 'POST', body: '{}' })
      return answer.ok
    },
    mend: (name) => network.mend(named(name).at),
    revive: (name) => start(named(name)),
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

export async function until(isSo: () => Promise<boolean>, seconds = 180): Promise<void> {
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
