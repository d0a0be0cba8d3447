import { loop } from '../concurrency/loop.ts'
import { describeError, type Log } from '../log.ts'
import { type Lack, lackOfDurability } from '../storage/durability.ts'
import type { Pool } from '../storage/pool.ts'
import { Fault } from '../vocabulary/faults.ts'

const whatLacks: Record<Lack, string> = {
  'not-flushed': 'Postgres runs with fsync or full_page_writes off: nothing is taken',
  'not-held': 'tables do not wait for the disk, their triggers are disabled: not ready',
}

/** Milliseconds from one look at the server to the next. */
const lookEvery = 5_000

export interface DurabilityWatch {
  /** Throws unless the server keeps what it acknowledges. */
  check(): Promise<void>
  stop(): Promise<void>
}

/**
 * Watches whether the server keeps what it acknowledges, and says in the log where it does not. While it does not flush, the
 * tables themselves refuse every write; where they were made not to look, the service is not ready. What must be written before work begins is done by `begin`, as soon as it can be. Rejects
 * where that fails for another reason.
 */
export async function watchDurability(
  pool: Pool,
  log: Log,
  begin?: () => Promise<void>,
): Promise<DurabilityWatch> {
  let lack: Lack | undefined
  let hasBegun = begin === undefined

  async function look(): Promise<void> {
    const before = lack
    lack = await lackOfDurability(pool)
    if (lack !== undefined && lack !== before) log.error(whatLacks[lack])
    if (lack === undefined && before !== undefined) log.info('Postgres keeps again what it acknowledges')
    if (lack === undefined && !hasBegun) {
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
      const isUnsafe = await lackOfDurability(pool).then(
        (found) => found !== undefined,
        () => false,
      )
      if (isUnsafe || !hasBegun) throw new Fault('storage-unsafe')
    },
    stop: watching.stop,
  }
}
