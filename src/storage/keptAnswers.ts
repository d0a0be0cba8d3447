import { Fault } from '../vocabulary/faults.ts'
import type { KeptAnswer } from './box.ts'
import { type Pool, type Query, refusalOf } from './pool.ts'

/** The name of the constraint that a second answer under one key breaks. */
export const keptAnswersKey = 'kept_answers_pkey'

/** The sealed answer kept under `keyHash`, if the call succeeded before. */
export async function findKeptAnswer(pool: Pool, keyHash: Buffer): Promise<Buffer | undefined> {
  const rows = await pool.query<{ answer: Buffer | null }>({
    name: 'kept-answer',
    text: 'SELECT kept_answer($1) AS answer',
    values: [keyHash],
  })
  return rows[0]?.answer ?? undefined
}

/**
 * Keeps an answer for repeats of the call, in the transaction of what the call created. Throws `repeated` if the
 * call succeeded before: the transaction then must fail.
 */
export async function keepAnswer(query: Query, day: string, { keyHash, answer }: KeptAnswer): Promise<void> {
  try {
    await query({
      name: 'keep-answer',
      text: 'INSERT INTO kept_answers (kept_on, key_hash, answer) VALUES ($1, $2, $3)',
      values: [day, keyHash, answer],
    })
  } catch (error) {
    throw refusalOf(error)?.constraint === keptAnswersKey ? new Fault('repeated') : error
  }
}
