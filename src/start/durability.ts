import { loop } from '../concurrency/loop.ts'
import { describeError, type Log } from '../log.ts'
import { isDurable } from '../storage/durability.ts'
import type { Pool } from '../storage/pool.ts'
import { Fault } from '../vocabulary/faults.ts'

/** Milliseconds from one look at the server to the next. */
const lookEvery = 5_000

export interface DurabilityWatch {
  /** Throws unless the server keeps what it acknowledges. */
  check(): Promise<void>
  stop(): Promise<void>
}

/**
 * Watches whether the server keeps what it acknowledges, and says in the log where it does not; the tables themselves
 * then refuse every write. What must be written before work begins is done by `begin`, as soon as it can be. Rejects
 * where that fails for another reason.
 */
export async function watchDurability(
  pool: Pool,
  log: Log,
  begin?: () => Promise<void>,
): Promise<DurabilityWatch> {
  let isSafe = true
  let hasBegun = begin === undefined

  async function look(): Promise<void> {
    const wasSafe = isSafe
    isSafe = await isDurable(pool)
    if (wasSafe && !isSafe) log.error('Postgres runs with fsync or full_page_writes off: nothing is taken')
    if (!wasSafe && isSafe) log.info('Postgres runs with fsync and full_page_writes on again')
    if (isSafe && !hasBegun) {
      await begin?.()
      hasBegun = true
    }
  }

  // Intake starts without its database too.
  await look().catch((error) => {
    if (begin !== undefined) throw error
  })
  const watching = loop(look, {
    wait: lookEvery,
    failed: (error) => {
      if (!hasBegun) log.warn('the start is not finished', describeError(error))
    },
  })
  return {
    async check() {
      // Of a database that is away the other checks tell.
      const isUnsafe = await isDurable(pool).then(
        (durable) => !durable,
        () => false,
      )
      if (isUnsafe || !hasBegun) throw new Fault('storage-unsafe')
    },
    stop: watching.stop,
  }
}
