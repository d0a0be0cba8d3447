import { threads } from '../../concurrency/threads.ts'
import type { Keyring } from '../../crypto/keyring.ts'
import type { Log } from '../../log.ts'
import { memoryOf, type Slab } from '../../storage/sealedReportRow.ts'
import { organisationPairs } from '../envelope/organisationKeys.ts'
import type { Found, Job } from './openReports.ts'

/**
 * Finds, of each search, which of these reports hold every term, and which cannot be read: their places, in the order
 * given. With `marks`, also where the first search found what. What is sealed of them is given away.
 */
export interface Matcher {
  (slab: Slab, searches: readonly (readonly string[])[], marks?: boolean): Promise<Found>
  /** Ends its threads, and with them what they know. */
  end(): Promise<void>
}

const threadsAtMost = 2
/** Milliseconds after which a thread that has nothing to do ends, and with it the batch keys that it knows. */
const usualIdle = 30_000

/** Threads that open reports, begun when they are first needed. */
export function openers(keyring: Keyring, log?: Log, { idleAfter = usualIdle } = {}): Matcher {
  const run = threads<Job, Found>(new URL('./openReports.js', import.meta.url), {
    atMost: threadsAtMost,
    idleAfter,
    knows: () => ({ pairs: organisationPairs(keyring) }),
    of: () => keyring.keys,
    limits: { maxYoungGenerationSizeMb: 8 },
    log,
  })

  const match = async (
    { lines, sealed }: Slab,
    searches: readonly (readonly string[])[],
    marks = false,
  ): Promise<Found> => run({ searches, marks, slab: { lines, sealed } }, memoryOf({ lines, sealed }))
  return Object.assign(match, { end: run.end })
}
