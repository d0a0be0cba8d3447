import { clockDoubt } from '../../domain/retention/steadiness.ts'
import { databaseNow } from '../../storage/nightWatch.ts'
import { breach, type Examination, warning } from './finding.ts'

const second = 1_000
const apartAtMost = 5 * second
const wrongFrom = 3_600 * second

/** Whether host and database agree on the time, and whether a jump of it holds the purge back. */
export const clocks: Examination = {
  name: 'clocks',
  doc: 'docs/retention.md#a-guard-against-wrong-clocks',
  async look({ pool, triage, now, clock }) {
    const asked = clock()
    const there = (await databaseNow(pool.query)).getTime()
    const apart = Math.abs(there - (asked + clock()) / 2)
    if (apart > wrongFrom) {
      return [
        breach(
          'the clocks of this host and of the database are more than an hour apart: nothing is purged',
          remedy,
        ),
      ]
    }
    if (apart > apartAtMost) {
      return [
        warning(
          `the clocks of this host and of the database are ${Math.round(apart / second)} s apart`,
          remedy,
        ),
      ]
    }
    const doubt = triage && (await clockDoubt(triage.query, now))
    if (doubt?.why !== 'clock-jumped') return []
    return [
      warning(
        `the purge waits for ${doubt.nightsLeft} more steady nights: the clock jumped, or this deployment is young`,
        'if the day is right, wait, or `sotto purge --yes`',
      ),
    ]
  },
}

const remedy = 'let both keep time by NTP'
