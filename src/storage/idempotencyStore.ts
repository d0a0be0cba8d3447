import type { StoredAnswer } from '../crypto/storedAnswer.ts'
import { type Fault, refusal } from '../vocabulary/faults.ts'
import { byteaArray } from './binaryArray.ts'
import { type Pool, type Query, refusalOf } from './pool.ts'

/** The name of the constraint that a second answer under one key breaks. */
export const storedAnswersKey = 'kept_answers_pkey'

/** The sealed answers stored under these hashes, in their order, of calls that succeeded before. */
export async function findStoredAnswers(
  pool: Pool,
  keyHashes: readonly Buffer[],
): Promise<(Buffer | undefined)[]> {
  const rows = await pool.query<{ answer: Buffer | null }>({
    name: 'stored-answers',
    text: `SELECT kept_answer(asked.hash) AS answer
             FROM unnest($1::bytea[]) WITH ORDINALITY AS asked (hash, place) ORDER BY asked.place`,
    values: [byteaArray(keyHashes)],
  })
  return rows.map(({ answer }) => answer ?? undefined)
}

/** Its twin was faster. Who sends the same again gets the twin's answer. */
export function answeredBefore(): Fault {
  return refusal('repeated', 'The same call was answered just now: send the same again for its answer.')
}

/**
 * Stores an answer for repeats of the call, in the transaction of what the call created. Throws `repeated` if the
 * call succeeded before: the transaction then must fail.
 */
export async function storeAnswer(
  query: Query,
  day: string,
  { keyHash, answer }: StoredAnswer,
): Promise<void> {
  try {
    await query({
      name: 'store-answer',
      text: 'INSERT INTO kept_answers (kept_on, key_hash, answer) VALUES ($1, $2, $3)',
      values: [day, keyHash, answer],
    })
  } catch (error) {
    throw refusalOf(error)?.constraint === storedAnswersKey ? answeredBefore() : error
  }
}

/* Those of days that have ended are put in order of their hashes, which tell nothing of when. */

/** Walks answers by their hashes to the end of the transaction: the planner does not know how many somebody has put in. */
export async function walkAnswers(query: Query): Promise<void> {
  await query({
    name: 'walk-answers',
    text: `SELECT set_config('enable_seqscan', 'off', true), set_config('enable_sort', 'off', true)`,
    values: [],
  })
}

/** Moves the next answers kept before `today` out of the table that intake writes to; gives the last one's hash. */
export async function moveAnswers(
  query: Query,
  today: string,
  after: Buffer | undefined,
  limit: number,
): Promise<Buffer | undefined> {
  const first = after === undefined
  const rows = await query<{ last: Buffer }>({
    name: `move-answers${first ? '-first' : ''}`,
    text: `WITH next AS (
             SELECT key_hash FROM kept_answers
              WHERE kept_on < $1 ${first ? '' : 'AND key_hash > $3'} ORDER BY key_hash LIMIT $2
           ), gone AS (
             DELETE FROM kept_answers k USING next WHERE k.key_hash = next.key_hash
             RETURNING k.key_hash, k.kept_on, k.answer
           ), moved AS (
             INSERT INTO kept_answers_mixed (key_hash, kept_on, answer)
             SELECT key_hash, kept_on, answer FROM gone ORDER BY key_hash
             ON CONFLICT DO NOTHING
           )
           SELECT key_hash AS last FROM next ORDER BY key_hash DESC LIMIT 1`,
    values: first ? [today, limit] : [today, limit, after],
  })
  return rows[0]?.last
}

/** Drops the next answers kept before `day`; gives the last one's hash. */
export async function dropAnswers(
  query: Query,
  day: string,
  after: Buffer | undefined,
  limit: number,
): Promise<Buffer | undefined> {
  const first = after === undefined
  const rows = await query<{ last: Buffer }>({
    name: `drop-answers${first ? '-first' : ''}`,
    text: `WITH next AS (
             SELECT key_hash FROM kept_answers_mixed
              WHERE kept_on < $1 ${first ? '' : 'AND key_hash > $3'} ORDER BY key_hash LIMIT $2
           ), gone AS (
             DELETE FROM kept_answers_mixed k USING next WHERE k.key_hash = next.key_hash
           )
           SELECT key_hash AS last FROM next ORDER BY key_hash DESC LIMIT 1`,
    values: first ? [day, limit] : [day, limit, after],
  })
  return rows[0]?.last
}

/**
 * Frees the file that the moved answers lay in, which also holds those kept `today`: they are put back in order of
 * their hashes. Intake waits meanwhile, so it is not done for more than `atMost`, or for more bytes; tells whether it was.
 */
export async function renewAnswers(
  query: Query,
  today: string,
  atMost: number,
  bytesAtMost: number,
): Promise<boolean> {
  await query({ name: 'lock-answers', text: 'LOCK TABLE kept_answers IN ACCESS EXCLUSIVE MODE', values: [] })
  const rows = await query<{ isMuch: boolean }>({
    name: 'count-answers',
    text: `SELECT count(*) > $1 OR coalesce(sum(octet_length(answer)), 0) > $2 AS "isMuch"
             FROM (SELECT answer FROM kept_answers LIMIT $1 + 1) k`,
    values: [atMost, bytesAtMost],
  })
  if (rows[0]?.isMuch !== false) return false
  await query({
    name: 'carry-answers-out',
    text: `INSERT INTO kept_answers_mixed (key_hash, kept_on, answer)
           SELECT key_hash, kept_on, answer FROM kept_answers ORDER BY key_hash
           ON CONFLICT DO NOTHING`,
    values: [],
  })
  await query({ name: 'truncate-answers', text: 'TRUNCATE kept_answers', values: [] })
  await query({
    name: 'carry-answers-back',
    text: `WITH back AS (
             DELETE FROM kept_answers_mixed WHERE kept_on >= $1 RETURNING key_hash, kept_on, answer
           )
           INSERT INTO kept_answers (key_hash, kept_on, answer)
           SELECT key_hash, kept_on, answer FROM back ORDER BY key_hash`,
    values: [today],
  })
  return true
}
