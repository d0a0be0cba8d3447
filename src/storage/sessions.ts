import type { Pool, Query } from './pool.ts'

export interface EndedSessions {
  ended: number
  /** Whether the service may end sessions of intake at all. */
  allowed: boolean
}

type Look = (seconds: number) => Promise<EndedSessions>

/**
 * Ends sessions of intake whose transaction has held locks for so many seconds: whoever has taken intake over could
 * otherwise stand in the way for ever. A session that waits for the staff side is left alone.
 */
export function endIntakeInTheWay(pool: Pool<'sotto_triage'>, seconds: number): Promise<EndedSessions> {
  // In a transaction, whose failure costs no connection.
  return pool.transaction((query) => look(query, seconds))
}

/**
 * The same as often as `watch` asks, in one transaction that keeps the catalog's tables open meanwhile. To end a session the
 * server may have to look up anew who it is: whoever waits for the strongest lock on that table would keep the watch out, and
 * with it everybody.
 */
export function watchIntake(pool: Pool<'sotto_triage'>, watch: (look: Look) => Promise<void>): Promise<void> {
  return pool.transaction(async (query) => {
    await holdCatalog(query)
    await watch((seconds) => look(query, seconds))
  })
}

async function look(query: Query, seconds: number): Promise<EndedSessions> {
  const [ended] = await query<EndedSessions>({
    name: 'end-intake-in-the-way',
    text: 'SELECT ended, allowed FROM end_intake_in_the_way($1)',
    values: [seconds],
  })
  return ended ?? { ended: 0, allowed: false }
}

/** Takes the weakest lock there is on all of the catalog that may be read, to the end of the transaction. It reads nothing. */
async function holdCatalog(query: Query): Promise<void> {
  const [found] = await query<{ text: string }>({
    name: 'catalog',
    // The table of roles may be read by a view alone.
    text: `SELECT string_agg(format('SELECT FROM pg_catalog.%I WHERE false', relname), ' UNION ALL ') AS text
             FROM pg_class WHERE relnamespace = 'pg_catalog'::regnamespace AND (relkind = 'r' OR relname = 'pg_roles')
              AND has_any_column_privilege(oid, 'SELECT')`,
    values: [],
  })
  if (found !== undefined) await query({ name: 'hold-catalog', text: found.text, values: [] })
}
