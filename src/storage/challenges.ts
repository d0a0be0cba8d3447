import type { Pool, Query } from './pool.ts'

export interface ChallengeSecret {
  day: string
  secret: Buffer
}

/** A solution as the database knows it. */
export interface SpentChallenge {
  /** Day of the secret that its challenge was made with. */
  day: string
  hash: Buffer
}

/** first: spent now; again: by the same call before; spent: by another; unknown: its secret is no longer good. */
export type Spending = 'first' | 'again' | 'spent' | 'unknown'

/** The secrets that challenges may be made with now, newest first. Whoever asks first on a day makes that day's. */
export function challengeSecrets(pool: Pool<'sotto_intake'>): Promise<ChallengeSecret[]> {
  return pool.query<ChallengeSecret>({
    name: 'challenge-secrets',
    text: 'SELECT day, secret FROM challenge_secrets_now()',
    values: [],
  })
}

/** Spends a solution, in a transaction of its own. Of any number at once, at any number of instances, one is first. */
export async function spendChallenge(
  pool: Pool<'sotto_intake'>,
  { day, hash }: SpentChallenge,
  spender: Buffer | null,
): Promise<Spending> {
  const rows = await pool.query<{ spending: Spending }>({
    name: 'spend-challenge',
    text: 'SELECT spend_challenge($1, $2, $3) AS spending',
    values: [day, hash, spender],
  })
  // Null where it was given back at this very moment: as good as spent, and worth another try.
  return rows[0]?.spending ?? 'spent'
}

/** Gives back a solution whose call did not succeed. */
export async function unspendChallenge(
  pool: Pool<'sotto_intake'>,
  { day, hash }: SpentChallenge,
): Promise<void> {
  await pool.query({
    name: 'unspend-challenge',
    text: 'SELECT unspend_challenge($1, $2)',
    values: [day, hash],
  })
}

/**
 * Empties what tells of the solutions spent on a day that has ended, `parity` being that day's, and ends with them every
 * secret of days up to then or of that parity: a challenge made before is then no longer good, rather than good twice.
 * Part of the daily mixing.
 */
export async function forgetChallenges(query: Query, day: string, parity: 0 | 1): Promise<void> {
  await query({
    name: 'forget-challenge-secrets',
    text: `DELETE FROM challenge_secrets WHERE day <= $1::date OR (day - DATE '2000-01-01') & 1 = $2::smallint`,
    values: [day, parity],
  })
  await query({
    name: `forget-challenges-${parity}`,
    text: `TRUNCATE ${parity === 0 ? 'spent_challenges_even' : 'spent_challenges_odd'}`,
    values: [],
  })
}
