import { setTimeout as sleep } from 'node:timers/promises'
import { asSuperuser } from '../support/cluster.ts'

/**
 * Ends one of two that wait for each other, and of these no reader. Postgres does so itself after a second; one that lives in another
 * time, by libfaketime, was seen not to, for minutes. Gives what ends this.
 */
export function endDeadlocks(databaseUrl: string): () => Promise<void> {
  let isOver = false
  const watching = asSuperuser(databaseUrl, async (client) => {
    for (; !isOver; await sleep(1_000))
      await client.query(
        `SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a
          WHERE a.wait_event_type = 'Lock' AND a.query !~ '^SELECT'
            AND EXISTS (SELECT FROM unnest(pg_blocking_pids(a.pid)) b WHERE a.pid = ANY (pg_blocking_pids(b)))`,
      )
  })
  return async () => {
    isOver = true
    await watching
  }
}
