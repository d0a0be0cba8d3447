import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import type pg from 'pg'
import { median } from './percentile.ts'

/** What figures of this run depend on, in two lines. */
export async function describeMachine(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ version: string; fsync: string }>(
    `SELECT current_setting('server_version') AS version, current_setting('fsync') AS fsync`,
  )
  const [settings] = rows
  return [
    `${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, ` +
      `load ${loadavg()[0]?.toFixed(1)} before the run, ${process.platform} ${process.arch}`,
    `Node ${process.versions.node}, Postgres ${settings?.version} with fsync ${settings?.fsync}: ` +
      `a commit takes ${(await commitTime(client)).toFixed(2)} ms`,
  ].join('\n')
}

async function commitTime(client: pg.Client): Promise<number> {
  await client.query('CREATE TABLE IF NOT EXISTS commits (at integer)')
  const took: number[] = []
  for (let at = 0; at < 200; at++) {
    const since = performance.now()
    await client.query({ name: 'commit', text: 'INSERT INTO commits VALUES ($1)', values: [at] })
    took.push(performance.now() - since)
  }
  return median(took)
}
