import type { Loop } from '../concurrency/loop.ts'
import type { Pool } from '../storage/pool.ts'
import { afterMixing, type NightlyDeps } from './afterMixing.ts'
import { type DeliveringDeps, type DeliveringTimes, deliverSteadily } from './deliver.ts'
import { drawNumbersNowAndThen } from './drawNumbers.ts'
import { tellHourly } from './hourly.ts'
import { indexSteadily } from './indexing.ts'
import { keepTheWayClear } from './keepTheWayClear.ts'
import { mixNightly } from './nightly.ts'
import { tellOverdueMixing } from './overdueMixing.ts'

export interface JobsDeps extends NightlyDeps, Pick<DeliveringDeps, 'allowance'> {
  delivering: DeliveringTimes
  /** One connection, for the watch over sessions of intake alone. */
  watch: Pool<'sotto_triage'>
}

/**
 * What goes on beside the calls on the staff side. Any number of instances may do it: Postgres sees to it that each thing
 * happens once.
 */
export function beginJobs(deps: JobsDeps): Loop[] {
  const { pool, watch, keyring, clock, log, delivering } = deps
  const afterwards = (today: string) => afterMixing(deps, today)
  return [
    // Each night: mixes the box of the day that ended; then what is due after it, the purge last.
    mixNightly({ pool, keyring, clock, log, afterwards }),
    // Each hour: says in the log that a mixing is overdue.
    tellOverdueMixing(pool, clock, log),
    // Each full hour: tells staff whether something came, and what is overdue.
    tellHourly(pool, clock, log),
    // Every two seconds: ends sessions of intake that hold locks; indexes what has left the box.
    keepTheWayClear(watch, log),
    indexSteadily({ pool, keyring, log }),
    // Every ten seconds or so: draws numbers of the server, as a report does.
    drawNumbersNowAndThen(pool),
    // Every second: sends webhooks what is due.
    deliverSteadily(deps, delivering),
  ]
}
