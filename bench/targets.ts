import { readFile } from 'node:fs/promises'
import { type Server, startServer } from './servers.ts'

/** What is measured, or measured against: a service, and how to count what it has stored. */
export interface Target {
  name: string
  url: string
  /** Its processes: one, or the first and its workers. */
  pids(): Promise<number[]>
  /** Undefined where nothing is stored. */
  count: string | undefined
  stop(): Promise<void>
}

/**
 * Starts Sotto and what it is measured against, on the Postgres of `dataDir` at `databaseUrl`. With `profile`, Sotto
 * leaves a CPU profile in that file when it is stopped.
 */
export async function startTargets(
  dataDir: string,
  databaseUrl: string,
  profile: string | undefined,
  workers: number,
): Promise<Target[]> {
  const settings = {
    DATA_DIR: dataDir,
    PORT: '0',
    RATE_LIMIT: '0',
    CHALLENGE: 'off',
    WORKERS: String(workers),
  }
  const sotto =
    profile === undefined
      ? await startServer('src/main.js', settings)
      : await startServer('bench/profiled.js', { ...settings, PROFILE: profile })
  return [
    {
      name: 'naive',
      ...withPids(await startServer('bench/baseline.js', { DATABASE_URL: databaseUrl })),
      count: 'SELECT count(*)::int AS stored FROM naive_reports',
    },
    { name: 'Sotto', ...withPids(sotto), count: 'SELECT count(*)::int AS stored FROM box_reports' },
    { name: 'HTTP alone', ...withPids(await startServer('bench/baseline.js', {})), count: undefined },
  ]
}

function withPids({ url, pid, stop }: Server): Pick<Target, 'url' | 'pids' | 'stop'> {
  return {
    url,
    stop,
    async pids() {
      // Its Postgres, where it has started one, is counted elsewhere.
      const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
      const named = await Promise.all(children.split(' ').filter(Boolean).map(Number).map(nodeOrNone))
      return [pid, ...named.flat()]
    },
  }
}

async function nodeOrNone(pid: number): Promise<number[]> {
  const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')
  return name.startsWith('node') ? [pid] : []
}
