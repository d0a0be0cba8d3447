import type { Pool } from './pool.ts'

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
