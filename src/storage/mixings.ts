import type { Pool, Query } from './pool.ts'

/** What is known of past mixings. */

export interface Irregularities {
  /** Rows whose keys did not open, moved under their old batch keys. */
  unopened: number
  /** Rows that met another of the same id, kept apart. */
  unplaced: number
}

/** Notes, in the transaction that moves them, that the rows of a day that has ended were moved. */
export async function noteMixing(
  query: Query,
  day: string,
  today: string,
  { unopened, unplaced }: Irregularities,
): Promise<void> {
  await query({
    name: 'note-mixing',
    text: `INSERT INTO mixings AS known (day, mixed_on, unopened, unplaced) VALUES ($1, $2, $3, $4)
           ON CONFLICT (day) DO UPDATE
             SET unopened = known.unopened + excluded.unopened, unplaced = known.unplaced + excluded.unplaced`,
    values: [day, today, unopened, unplaced],
  })
}

/** Notes that nothing is left of that day in the box's files, and of the log what `logKept` names. */
export async function noteEmptied(
  query: Query,
  day: string,
  today: string,
  logKept: readonly string[],
): Promise<void> {
  await query({
    name: 'note-emptied',
    text: 'UPDATE mixings SET emptied_on = $2, log_kept = $3 WHERE day = $1',
    values: [day, today, logKept],
  })
}

/** Whether that day was mixed and emptied. */
export async function isMixed(query: Query, day: string): Promise<boolean> {
  const rows = await query<{ mixed: boolean }>({
    name: 'is-mixed',
    text: 'SELECT EXISTS (SELECT FROM mixings WHERE day = $1 AND emptied_on IS NOT NULL) AS mixed',
    values: [day],
  })
  return rows[0]?.mixed === true
}

/** How many reports came on a day that is mixed. */
export async function reportsOfDay(pool: Pool<'sotto_triage'>, day: string): Promise<number> {
  const rows = await pool.query<{ count: number }>({
    name: 'reports-of-day',
    text: 'SELECT count(*)::integer AS count FROM reports WHERE received_on = $1',
    values: [day],
  })
  return rows[0]?.count ?? 0
}

export interface MixingFacts extends Irregularities {
  /** The last day that was mixed and emptied; null if none ever was. */
  lastDay: string | null
  /** What the service may not do about the write-ahead log, as of the last mixing: switch, checkpoint. */
  logKept: string[]
  /** The oldest day that a report still in the box came on. */
  oldestInBox: string | null
}

/** What an operator should know of the mixing. */
export async function mixingFacts(pool: Pool<'sotto_triage'>): Promise<MixingFacts | undefined> {
  const rows = await pool.query<MixingFacts>({
    name: 'mixing-facts',
    text: `SELECT (SELECT max(day) FROM mixings WHERE emptied_on IS NOT NULL) AS "lastDay",
                  coalesce((SELECT log_kept FROM mixings WHERE emptied_on IS NOT NULL ORDER BY day DESC LIMIT 1), '{}')
                    AS "logKept",
                  coalesce((SELECT sum(unopened) FROM mixings), 0)::integer AS unopened,
                  (SELECT count(*) FROM unplaced_rows)::integer AS unplaced,
                  (SELECT min(received_on) FROM box_reports) AS "oldestInBox"`,
    values: [],
  })
  return rows[0]
}
