import { readdir, readFile, stat } from 'node:fs/promises'
import { codeOf } from './fault.ts'
import { run } from './run.ts'

const self = {
  uid: process.getuid?.() ?? -1,
  gid: process.getgid?.() ?? -1,
  prefix: [],
  searchPath: '/usr/bin:/bin',
}

/** Whether any process, even one that has ended and waits to be collected, holds this id. */
export function isTaken(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/**
 * Tells one process from another that later gets the same id: when it began, and (Linux counts from the boot) in
 * which boot. Undefined when there is no such process, or it has ended.
 */
export async function birthOf(pid: number): Promise<string | undefined> {
  if (process.platform !== 'linux') {
    const listed = await run(self, 'ps', ['-o', 'lstart=', '-p', String(pid)])
    return listed.ok && listed.output.trim() !== '' ? listed.output.trim() : undefined
  }
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // The name in brackets may hold anything; the fields after it are the state (3) and, as 22nd, the start.
  const fields = status.slice(status.lastIndexOf(')') + 2).split(' ')
  const [state, start] = [fields[0], fields[19]]
  if (start === undefined || state === 'Z' || state === 'X') return undefined
  return `${await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')}${start}`
}

/** A process of Postgres that works on a given cluster: the postmaster itself, or one of its children. */
export interface Server {
  pid: number
  isPostmaster: boolean
}

/** Linux: every process of Postgres that works in `folder`. */
export async function serversIn(folder: string): Promise<Server[]> {
  if (process.platform !== 'linux') return []
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(pids.map((name) => serverAt(Number(name), folder)))
  return found.filter((server) => server !== undefined)
}

/** Linux: what the process `pid` is to the cluster in `folder`, if anything. */
export async function serverAt(pid: number, folder: string): Promise<Server | undefined> {
  const [program, command] = await Promise.all(
    ['comm', 'cmdline'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')),
  )
  if (!command || !/^post(gres|master)$/.test(program?.trim() ?? '')) return undefined
  const isHere = (await worksIn(pid, folder)) ?? command.split('\0').includes(folder)
  // A postmaster shows the words it was started with, its children titles such as "postgres: checkpointer".
  return isHere ? { pid, isPostmaster: !command.startsWith('postgres: ') } : undefined
}

/** All of a cluster's processes have it as their working folder. Undefined where we may not look. */
async function worksIn(pid: number, folder: string): Promise<boolean | undefined> {
  const [at, place] = await Promise.all(
    [`/proc/${pid}/cwd`, folder].map((path) => stat(path).catch(() => undefined)),
  )
  if (at === undefined || place === undefined) return undefined
  return at.ino === place.ino && at.dev === place.dev
}

/** Elsewhere than on Linux: the words that the process `pid` was started with. */
export async function commandOf(pid: number): Promise<string> {
  return (await run(self, 'ps', ['-o', 'command=', '-p', String(pid)])).output
}
