import { randomInt } from 'node:crypto'
import { type Loop, loop } from '../concurrency/loop.ts'
import { type MixDeps, type Mixed, mixBox } from '../domain/mixing/mixBox.ts'
import { earlierClock } from '../domain/retention/steadiness.ts'
import { describeError, type Log } from '../log.ts'
import { forgetCounters, halfOf, hasRemains } from '../storage/boxHalves.ts'
import { isMixed } from '../storage/mixings.ts'
import { addDays, dayOf, parityOf } from '../vocabulary/calendar.ts'

const minute = 60_000

/**
 * Minutes after midnight UTC. Not before the first: a host whose clock is a little slow still puts in reports of the
 * day before. At random up to the last: instances need not all come at once. Dumps may begin at one o'clock.
 */
const earliest = 5
const latest = 45
/**
 * Also how soon after its start a service makes up for a day that was missed. And longer than a session keeps for itself what it
 * has counted: a minute at most, however busy the server is (`PGSTAT_MAX_INTERVAL`).
 */
const lookEvery = 2 * minute
const untilNextAttempt = 10 * minute

export interface NightlyOptions extends Omit<MixDeps, 'signal'> {
  log: Log
  /** What else is due once the day before `today` has ended and is mixed. Done again if it fails. */
  afterwards?: (today: string) => Promise<void>
  /** Milliseconds from one look at the clock to the next. */
  every?: number
}

/**
 * Mixes the box once a day has ended: shortly after midnight UTC, or soon after the start if that was missed. A pass that is
 * stopped ends at its next step; what it had not committed is undone. The look after it forgets once more what the server
 * counts: sessions, of intake and of other hosts too, have handed in by then what they had counted before the pass.
 */
export function mixNightly({ log, afterwards, every = lookEvery, ...deps }: NightlyOptions): Loop {
  const { pool, clock } = deps
  const delay = randomInt(earliest * 60, latest * 60) * 1_000
  let mixedDay: string | undefined
  let notBefore = 0
  let mayBeHandedIn = false

  const isDue = (now: Date) =>
    now.getTime() % (24 * 60 * minute) >= delay && addDays(dayOf(now), -1) !== mixedDay

  /** A day that is noted as mixed may have been so too early, while both clocks were ahead. */
  async function isDone(day: string): Promise<boolean> {
    return (await isMixed(pool.query, day)) && !(await hasRemains(pool.query, halfOf(parityOf(day))))
  }

  /** Never in the way of a mixing, which forgets them itself. */
  async function forgetHandedIn(): Promise<void> {
    if (!mayBeHandedIn) return
    await pool.transaction(forgetCounters)
    mayBeHandedIn = false
  }

  /** A day has ended once the clocks of host and database both say so. */
  async function look(signal: AbortSignal): Promise<void> {
    if (performance.now() < notBefore) return
    if (!isDue(clock())) return forgetHandedIn()
    const now = await earlierClock(pool.query, clock())
    if (!isDue(now)) return
    // Whatever fails from here on is tried again, but not at once.
    notBefore = performance.now() + untilNextAttempt
    const day = addDays(dayOf(now), -1)
    if (!(await isDone(day))) tell(log, await mixBox({ ...deps, clock: () => now, signal }))
    if (!(await isDone(day))) return
    await afterwards?.(dayOf(now))
    mixedDay = day
    mayBeHandedIn = true
    notBefore = 0
  }

  return loop(look, {
    wait: every,
    failed: (error) => {
      notBefore = performance.now() + untilNextAttempt
      log.error('the nightly pass was not finished', describeError(error))
    },
  })
}

/** Says what a pass did, to whoever reads the log. */
function tell(log: Log, outcome: Mixed | { state: 'busy' }): void {
  if (outcome.state === 'busy') return
  const { reports, unopened, unplaced, unreadable, differing, strange, emptied, logKept } = outcome
  log.info('the box was mixed', { count: reports })
  if (unopened > 0) log.warn('rows of the box did not open: moved under their old keys', { count: unopened })
  if (unplaced > 0)
    log.warn('rows of the box met others of the same id and were set aside', { count: unplaced })
  if (unreadable > 0) log.warn('reports that have left the box cannot be read', { count: unreadable })
  if (differing > 0) log.warn('reports are not what intake said: the stricter holds', { count: differing })
  if (strange > 0)
    log.warn('messages or images of the box are of no reporter, or cannot be read', { count: strange })
  if (!emptied) log.warn('the files of the box were not freed: the next pass tries again')
  for (const what of logKept)
    log.warn(
      what === 'counters'
        ? 'the statistics views keep counts: not allowed'
        : 'the write-ahead log keeps times: not allowed',
      { code: what },
    )
}
