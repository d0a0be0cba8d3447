import { setTimeout as sleep } from 'node:timers/promises'
import type { Keyring } from '../../crypto/keyring.ts'
import {
  forgetCounters,
  forgetMailboxTurns,
  halfOf,
  hasRemains,
  leaveLogBehind,
  truncateHalf,
} from '../../storage/boxHalves.ts'
import type { StretchLimits } from '../../storage/boxStretches.ts'
import { forgetChallenges } from '../../storage/challenges.ts'
import { countDoubts } from '../../storage/doubtfulReports.ts'
import { isMixed, noteEmptied } from '../../storage/mixings.ts'
import type { Pool } from '../../storage/pool.ts'
import { tryTurn } from '../../storage/turns.ts'
import { addDays, dayOf, parityOf } from '../../vocabulary/calendar.ts'
import { Fault } from '../../vocabulary/faults.ts'
import { mixIdempotencyStore } from './mixIdempotencyStore.ts'
import { addTally, emptyTally, type Tally } from './move.ts'
import { moveHalf, usualLimits } from './moveHalf.ts'
import { shortWaits } from './shortWaits.ts'
import { whenFree } from './whenFree.ts'

export interface MixDeps {
  /** Three of its connections are used at once. */
  pool: Pool<'sotto_triage'>
  keyring: Keyring
  clock: () => Date
  /** Ends the pass at its next step; what it has not committed is undone. */
  signal?: AbortSignal
  /** Milliseconds between moving rows and freeing their files: a dump that began just before must get its locks. */
  interval?: number
  /** Rows of each kind that one transaction moves. */
  limits?: StretchLimits
}

export interface MixOptions {
  /** Today's half as well. It divides today's reports into those before this moment and those after it. */
  includeToday?: boolean
}

/** What one pass did. */
export interface Mixed extends Tally {
  state: 'mixed'
  /** The day that had ended. */
  day: string
  /** Whether the files are free of what was moved. If not, the next pass tries again. */
  emptied: boolean
  /** What the service may not do: switch or checkpoint the write-ahead log, forget counters. */
  logKept: string[]
}

/** Another instance is at it. */
export interface Busy {
  state: 'busy'
}

const usualInterval = 2_000

/**
 * Empties the half of the box whose day has ended, so that nothing stored tells the order or the time of that day's
 * reports: moves the rows (a stretch of ids in each transaction), frees the files that they lay in, puts stored answers in
 * order of their hashes, leaves the write-ahead log behind. Killed at any step, nothing is lost, and the next pass goes on from there.
 * One instance at a time. Throws `storage-away` if writers never let it begin.
 */
export function mixBox(deps: MixDeps, { includeToday = false }: MixOptions = {}): Promise<Mixed | Busy> {
  const { pool, clock, signal = new AbortController().signal } = deps
  const today = dayOf(clock())
  const day = addDays(today, -1)
  return pool.transaction(async (query) => {
    // This transaction does nothing but hold the lock; the others come and go beside it.
    if (!(await tryTurn(query, 'mixing'))) return { state: 'busy' }
    const total = emptyTally()
    let emptied = true
    for (const each of includeToday ? [day, today] : [day]) {
      const isDone = (await isMixed(query, each)) && !(await hasRemains(query, halfOf(parityOf(each))))
      if (isDone) continue
      addTally(total, await moveDay({ ...deps, signal }, each, day, today))
      emptied = (await freeDay(pool, signal, each)) && emptied
    }
    Object.assign(total, await pool.transaction(countDoubts))
    await mixIdempotencyStore(pool, today, signal)
    const logKept = [...(await leaveLogBehind(query)), ...(await pool.transaction(forgetCounters))]
    if (emptied) await pool.transaction((other) => noteEmptied(other, day, today, logKept))
    return { ...total, state: 'mixed', day, emptied, logKept }
  })
}

async function moveDay(
  {
    pool,
    keyring,
    signal,
    interval = usualInterval,
    limits = usualLimits,
  }: MixDeps & { signal: AbortSignal },
  each: string,
  day: string,
  today: string,
): Promise<Tally> {
  const half = halfOf(parityOf(each))
  const policy = { signal, waits: [8_000, 8_000, 8_000], intakeHolds: 5 }
  const tally = await moveHalf({ keyring, signal, half, day, today, limits }, pool, (work) =>
    whenFree(pool, policy, work),
  )
  if (tally === undefined) throw new Fault('storage-away')
  if (tally.reports + tally.messages + tally.attachments > 0) await sleep(interval, undefined, { signal })
  return tally
}

/** Frees the files of the half that `day` lay in; false if rows came late, or readers never let it. */
async function freeDay(pool: Pool<'sotto_triage'>, signal: AbortSignal, day: string): Promise<boolean> {
  const parity = parityOf(day)
  const policy = { signal, waits: shortWaits, intakeHolds: 1 }
  const isFree = await whenFree(pool, policy, async (query) => {
    const done = await truncateHalf(query, halfOf(parity))
    if (done) {
      await forgetChallenges(query, day, parity)
      await forgetMailboxTurns(query)
    }
    return done
  })
  return isFree === true
}
