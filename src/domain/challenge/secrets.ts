import { createHmac, hkdfSync } from 'node:crypto'
import { lengthPrefixed } from '../../crypto/lengthPrefixed.ts'
import { type ChallengeSecret, challengeSecrets } from '../../storage/challenges.ts'
import type { Pool } from '../../storage/pool.ts'

/** What one day's secret is good for. */
export interface DaySecrets {
  day: string
  /** Signs what is asked. */
  signature: string
  /** Signs the answer, so that it can be checked without working it out again. */
  keySignature: string
  /** Seals waiting tickets. */
  ticket: Buffer
  /** A keyed hash, for the table of spent solutions. */
  hash(purpose: 'nonce' | 'spender' | 'ticket', value: string | Uint8Array): Buffer
}

const milliseconds = { fresh: 60_000, betweenDoubts: 5_000 }

/** The secrets that hold now, as all instances know them; asked of the database at most once a minute. */
export function daySecrets(pool: Pool<'sotto_intake'>, clock: () => Date) {
  let known: DaySecrets[] = []
  let askedAt = Number.NEGATIVE_INFINITY
  let asking: Promise<DaySecrets[]> | undefined

  function ask(): Promise<DaySecrets[]> {
    asking ??= challengeSecrets(pool)
      .then((rows) => {
        known = rows.map(derive)
        askedAt = clock().getTime()
        return known
      })
      .finally(() => {
        asking = undefined
      })
    return asking
  }

  const age = () => Math.abs(clock().getTime() - askedAt)

  return {
    /** Newest first. Throws `storage-away` where they must be asked for and cannot be. */
    async now(): Promise<DaySecrets[]> {
      return age() < milliseconds.fresh ? known : ask()
    },
    /** The same, where a challenge does not fit what is known: another instance may know a newer one. */
    async afterDoubt(): Promise<DaySecrets[]> {
      return age() < milliseconds.betweenDoubts ? known : ask()
    },
    /** Asks anew next time. */
    forget(): void {
      askedAt = Number.NEGATIVE_INFINITY
    },
  }
}

function derive({ day, secret }: ChallengeSecret): DaySecrets {
  const key = (purpose: string) =>
    Buffer.from(
      hkdfSync('sha256', secret, new Uint8Array(), lengthPrefixed('sotto/1/challenge', purpose), 32),
    )
  const hashKey = key('hash')
  return {
    day,
    signature: key('signature').toString('hex'),
    keySignature: key('key-signature').toString('hex'),
    ticket: key('ticket'),
    hash: (purpose, value) => createHmac('sha256', hashKey).update(lengthPrefixed(purpose, value)).digest(),
  }
}
