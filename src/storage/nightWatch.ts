import type { Query } from './pool.ts'

/** Which nights the service has seen, and how much it destroyed in the last. */
export interface NightWatch {
  lastNight: string | null
  /** Nights since the clock last jumped, up to as many as are enough. */
  steadyNights: number
}

export async function nightWatch(query: Query): Promise<NightWatch> {
  const rows = await query<NightWatch>({
    name: 'night-watch',
    text: 'SELECT last_night AS "lastNight", steady_nights AS "steadyNights" FROM night_watch',
    values: [],
  })
  const [watch] = rows
  if (watch === undefined) throw new TypeError('the night watch has its one row')
  return watch
}

/**
 * Notes that a nightly pass came on this day. One that lies more than `stepAtMost` days from the last begins the count
 * of steady nights anew, and with it that of what was purged; within that, the later day stands.
 */
export async function noteNight(
  query: Query,
  today: string,
  stepAtMost: number,
  enough: number,
): Promise<void> {
  await query({
    name: 'note-night',
    text: `UPDATE night_watch
              SET steady_nights = CASE WHEN abs($1::date - last_night) > $2 THEN 0
                                       WHEN $1::date > last_night THEN least(steady_nights + 1, $3)
                                       ELSE steady_nights END,
                  last_night = CASE WHEN abs($1::date - last_night) > $2 THEN $1::date
                                    ELSE greatest(last_night, $1::date) END,
                  purged_on = CASE WHEN abs($1::date - last_night) > $2 THEN NULL ELSE purged_on END`,
    values: [today, stepAtMost, enough],
  })
}

/** What goes by shares: reports, and conversations that end by themselves. */
export type Share = 'purged' | 'ended'

/**
 * Takes one of this night's share, to the end of the transaction; false if it is used up. Whoever else takes of it
 * waits meanwhile. A clock that goes back a day gives no share anew.
 */
export async function takeShare(query: Query, share: Share, today: string, atMost: number): Promise<boolean> {
  const rows = await query({
    name: `take-share-${share}`,
    text: `UPDATE night_watch
              SET purged_on = greatest(purged_on, $1),
                  purged = CASE WHEN purged_on >= $1 THEN purged ELSE 0 END + ${share === 'purged' ? 1 : 0},
                  ended = CASE WHEN purged_on >= $1 THEN ended ELSE 0 END + ${share === 'ended' ? 1 : 0}
            WHERE purged_on IS NULL OR purged_on < $1 OR ${share} < $2
            RETURNING id`,
    values: [today, atMost],
  })
  return rows.length > 0
}

/** What the database's clock says. */
export async function databaseNow(query: Query): Promise<Date> {
  const rows = await query<{ now: Date }>({
    name: 'database-now',
    text: 'SELECT clock_timestamp() AS now',
    values: [],
  })
  const [row] = rows
  if (row === undefined) throw new TypeError('a clock tells the time')
  return row.now
}
