import { readKeyringFile, replaceKeyringFile } from '../../src/crypto/keyring.ts'
import { activateKey, destroyKey, newOrganisationKey } from '../../src/crypto/keyTurns.ts'
import { auditTrail } from '../../src/domain/audit/trail.ts'
import { type Mixed, mixBox } from '../../src/domain/mixing/mixBox.ts'
import { destroy } from '../../src/domain/retention/destroy.ts'
import { purge } from '../../src/domain/retention/purge.ts'
import { rewrap } from '../../src/domain/retention/rewrap.ts'
import { earlierClock } from '../../src/domain/retention/steadiness.ts'
import { afterMixing } from '../../src/jobs/afterMixing.ts'
import { createLog } from '../../src/log.ts'
import type { Pool } from '../../src/storage/pool.ts'
import { dayOf } from '../../src/vocabulary/calendar.ts'
import type { Ground } from './ground.ts'

const person = { id: 'operator', role: 'cli' } as const

export type Operator = ReturnType<typeof operatorOf>

/** What goes on by the clock, and by commands, on the triage host. */
export function operatorOf(
  pool: Pool<'sotto_triage'>,
  { keyringFile, clock }: Pick<Ground, 'keyringFile' | 'clock'>,
  unassessedDays = 365,
) {
  const deps = () => {
    const keyring = readKeyringFile(keyringFile)
    const log = createLog('fatal', { write: () => {} })
    const periods = { unassessedDays, graceDays: 14 }
    return { pool, keyring, clock, log, periods, audit: auditTrail(pool, keyring, clock), interval: 0 }
  }

  async function insistOnMixing(mixing: ReturnType<typeof mixBox>): Promise<Mixed> {
    const outcome = await mixing
    if (outcome.state === 'busy') throw new Error('somebody else mixes')
    return outcome
  }

  return {
    /** The pass of this night, as the service does it: by the earlier of both clocks. */
    async night(): Promise<Mixed> {
      const earlier = await earlierClock(pool.query, clock())
      const mixed = await insistOnMixing(mixBox({ ...deps(), clock: () => earlier }))
      await afterMixing(deps(), dayOf(earlier))
      return mixed
    },

    /** As `sotto mix --include today`. */
    mix: () => insistOnMixing(mixBox(deps(), { includeToday: true })),

    /** As `sotto purge --yes`. */
    purge: () => purge(deps(), { beyondShare: true }),

    /** A new key of the organisation is active; the one before has expired. Gives its kid. */
    turnKey(): string {
      const today = dayOf(clock())
      const added = newOrganisationKey(readKeyringFile(keyringFile), today)
      const { kid = '' } = added.keys.at(-1) ?? {}
      replaceKeyringFile(keyringFile, activateKey(added, kid, today))
      return kid
    },

    /** What is kept goes under the active key; the others are destroyed. As the commands do. Gives how many keys went. */
    async destroyOldKeys(): Promise<number> {
      const old = readKeyringFile(keyringFile).keys.filter(
        ({ purpose, status }) => purpose === 'organisation' && status === 'expired',
      )
      const kids = old.map(({ kid }) => kid)
      if (kids.length === 0) return 0
      const moved = await rewrap(deps(), person, kids)
      if (moved.state !== 'rewrapped' || moved.unopened > 0) throw new Error(JSON.stringify(moved))
      for (const kid of kids) {
        const removePrivateHalf = async () =>
          replaceKeyringFile(keyringFile, destroyKey(readKeyringFile(keyringFile), kid))
        const gone = await destroy(deps(), person, kid, { removePrivateHalf })
        if (gone.state !== 'destroyed') throw new Error(JSON.stringify(gone))
      }
      return kids.length
    },
  }
}
