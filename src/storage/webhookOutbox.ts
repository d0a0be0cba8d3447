import type { Query } from './pool.ts'

/** The events are the outbox: deliveries are made from them, in the order of their ids. */

/** Up to which event deliveries were made, and the newest event of staff. */
export async function positions(query: Query): Promise<{ made: number; newest: number }> {
  const rows = await query<{ made: string; newest: string }>({
    name: 'webhook-positions',
    text: `SELECT (SELECT event_id FROM webhook_position) AS made,
                  coalesce((SELECT max(id) FROM events), 0) AS newest`,
    values: [],
  })
  return { made: Number(rows[0]?.made ?? 0), newest: Number(rows[0]?.newest ?? 0) }
}

/** Takes the right to make deliveries, to the end of the transaction; undefined if another has it, unless one waits. */
export async function takePosition(query: Query, { wait }: { wait: boolean }): Promise<number | undefined> {
  const rows = await query<{ made: string }>({
    name: wait ? 'wait-for-webhook-position' : 'take-webhook-position',
    text: `SELECT event_id AS made FROM webhook_position FOR UPDATE ${wait ? '' : 'SKIP LOCKED'}`,
    values: [],
  })
  return rows[0] === undefined ? undefined : Number(rows[0].made)
}

/**
 * Makes deliveries to these webhooks of the next events after `made`, up to `upTo`; tells how far it came. Events of
 * restricted reports, and of reports that are gone, are passed over.
 */
export async function deliverEvents(
  query: Query,
  webhooks: readonly string[],
  { made, upTo, limit, now }: { made: number; upTo: number; limit: number; now: Date },
): Promise<number> {
  const rows = await query<{ last: string | null; events: number }>({
    name: 'deliver-events',
    text: `
      WITH next_events AS MATERIALIZED (
        SELECT id, at, kind, coalesce(report_id, (SELECT report_id FROM disseminations d
                                                   WHERE d.id = events.dissemination_id)) AS report_id
          FROM events
         WHERE id > greatest($2::bigint, (SELECT min(since) FROM webhooks WHERE id = ANY ($1::uuid[]))) AND id <= $3
         ORDER BY id LIMIT $4),
      made AS (
        INSERT INTO webhook_deliveries (id, arrival, webhook_id, event_id, kind, at, next_attempt_at)
        SELECT gen_random_uuid(), false, w.id, s.id, s.kind, s.at, $5
          FROM next_events s JOIN webhooks w ON w.id = ANY ($1::uuid[]) AND w.active AND s.id > w.since AND (w.kinds IS NULL OR s.kind = ANY (w.kinds))
         WHERE (SELECT bool_and(NOT r.restricted) FROM listed_reports r WHERE r.id = s.report_id)
        ON CONFLICT DO NOTHING)
      SELECT max(id) AS last, count(*)::integer AS events FROM next_events`,
    values: [webhooks, made, upTo, limit, now],
  })
  const { last = null, events = 0 } = rows[0] ?? {}
  const reached = events < limit ? upTo : Number(last)
  await query({
    name: 'move-webhook-position',
    text: 'UPDATE webhook_position SET event_id = $1 WHERE event_id < $1',
    values: [reached],
  })
  return reached
}

/** Makes deliveries of the hours at which something came. They have no position: it would be logged. */
export async function deliverArrivals(query: Query, webhooks: readonly string[], now: Date): Promise<void> {
  await query({
    name: 'deliver-arrivals',
    text: `
      INSERT INTO webhook_deliveries (id, arrival, webhook_id, event_id, kind, at, next_attempt_at)
      SELECT gen_random_uuid(), true, w.id, a.id, 'something-new', a.at, $2
        FROM arrival_events a
        JOIN webhooks w ON w.id = ANY ($1::uuid[]) AND w.active AND a.id > w.since AND (w.kinds IS NULL OR 'something-new' = ANY (w.kinds))
       WHERE NOT EXISTS (SELECT FROM webhook_deliveries d
                          WHERE d.webhook_id = w.id AND d.event_id = a.id AND d.arrival)
      ON CONFLICT DO NOTHING`,
    values: [webhooks, now],
  })
}
