import { startServer } from './servers.ts'

/** What is measured, or measured against: a service, and how to count what it has stored. */
export interface Target {
  name: string
  url: string
  pid: number
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
): Promise<Target[]> {
  const settings = { DATA_DIR: dataDir, PORT: '0', RATE_LIMIT: '0', CHALLENGE: 'off' }
  const sotto =
    profile === undefined
      ? await startServer('src/main.js', settings)
      : await startServer('bench/profiled.js', { ...settings, PROFILE: profile })
  return [
    {
      name: 'naive',
      ...(await startServer('bench/baseline.js', { DATABASE_URL: databaseUrl })),
      count: 'SELECT count(*)::int AS stored FROM naive_reports',
    },
    { name: 'Sotto', ...sotto, count: 'SELECT count(*)::int AS stored FROM box_reports' },
    { name: 'HTTP alone', ...(await startServer('bench/baseline.js', {})), count: undefined },
  ]
}
