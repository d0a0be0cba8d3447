import type { EventKind } from '../vocabulary/eventKinds.ts'
import type { Query } from './pool.ts'

export type DeliveryStatus = 'pending' | 'delivered' | 'dead'

export interface DeliveryRow {
  id: string
  /** A bigint, as text. */
  eventId: string
  kind: EventKind | 'ping'
  at: Date
  status: DeliveryStatus
  attempts: number
  nextAttemptAt: Date
  lastStatus: number | null
  failure: 'address-refused' | 'not-reached' | 'timed-out' | null
}

const columns = `id, event_id AS "eventId", kind, at, status, attempts, next_attempt_at AS "nextAttemptAt",
  last_status AS "lastStatus", failure`

/** Which of these webhooks have something to be sent now. */
export async function webhooksDue(query: Query, webhooks: readonly string[], now: Date): Promise<string[]> {
  const rows = await query<{ id: string }>({
    name: 'webhooks-due',
    text: `SELECT w.id FROM unnest($1::uuid[]) AS w (id)
            WHERE NOT EXISTS (SELECT FROM webhooks h WHERE h.id = w.id AND h.not_before > $2)
              AND EXISTS (SELECT FROM webhook_deliveries d
                           WHERE d.webhook_id = w.id AND d.status = 'pending' AND d.next_attempt_at <= $2)`,
    values: [webhooks, now],
  })
  return rows.map(({ id }) => id)
}

/**
 * Takes deliveries that are due, for one attempt, until `lostAt`: then another instance may. `withheld` is one whose
 * report has become restricted.
 */
export function takeDue(
  query: Query,
  webhook: string,
  { limit, now, lostAt }: { limit: number; now: Date; lostAt: Date },
): Promise<(DeliveryRow & { withheld: boolean })[]> {
  return query<DeliveryRow & { withheld: boolean }>({
    name: 'take-due-deliveries',
    text: `
      WITH due AS (
        SELECT id, arrival FROM webhook_deliveries
         WHERE webhook_id = $1 AND status = 'pending' AND next_attempt_at <= $2
           AND NOT EXISTS (SELECT FROM webhooks h WHERE h.id = $1 AND h.not_before > $2)
         ORDER BY next_attempt_at LIMIT $3 FOR UPDATE SKIP LOCKED),
      taken AS (
        UPDATE webhook_deliveries d SET attempts = d.attempts + 1, next_attempt_at = $4
          FROM due WHERE d.id = due.id AND d.arrival = due.arrival
        RETURNING d.*)
      SELECT ${columns},
             EXISTS (SELECT FROM events e
                       JOIN listed_reports r ON r.id = coalesce(e.report_id, (SELECT report_id FROM disseminations
                                                                               WHERE id = e.dissemination_id))
                      WHERE e.id = taken.event_id AND r.restricted) AS withheld
        FROM taken ORDER BY event_id`,
    values: [webhook, now, limit, lostAt],
  })
}

/** Writes down what came of an attempt, unless it counted as lost meanwhile. */
export async function settleDelivery(query: Query, row: DeliveryRow): Promise<void> {
  await query({
    name: 'settle-delivery',
    text: `UPDATE webhook_deliveries SET status = $3, next_attempt_at = $4, last_status = $5, failure = $6
            WHERE id = $1 AND attempts = $2 AND status = 'pending'`,
    values: [row.id, row.attempts, row.status, row.nextAttemptAt, row.lastStatus, row.failure],
  })
}

export async function deleteDelivery(query: Query, id: string): Promise<void> {
  await query({
    name: 'delete-delivery',
    text: 'DELETE FROM webhook_deliveries WHERE id = $1',
    values: [id],
  })
}

/** A webhook's deliveries, those of the newest events first. */
export function pageOfDeliveries(
  query: Query,
  webhook: string,
  statuses: readonly DeliveryStatus[] | null,
  limit: number,
  before: number | undefined,
): Promise<DeliveryRow[]> {
  return query<DeliveryRow>({
    name: 'webhook-deliveries',
    text: `SELECT ${columns} FROM webhook_deliveries
            WHERE webhook_id = $1 AND ($2::text[] IS NULL OR status = ANY ($2)) AND ($4::bigint IS NULL OR event_id < $4)
            ORDER BY event_id DESC LIMIT $3`,
    values: [webhook, statuses, limit, before],
  })
}

export async function findDelivery(
  query: Query,
  webhook: string,
  id: string,
): Promise<DeliveryRow | undefined> {
  const rows = await query<DeliveryRow>({
    name: 'webhook-delivery',
    text: `SELECT ${columns} FROM webhook_deliveries WHERE webhook_id = $1 AND id = $2 FOR UPDATE`,
    values: [webhook, id],
  })
  return rows[0]
}

/** Makes one that is of no event. It takes a number of its own among them, so that lists have it in its place. */
export async function insertPing(query: Query, webhook: string, now: Date): Promise<DeliveryRow | undefined> {
  const rows = await query<DeliveryRow>({
    name: 'insert-ping',
    text: `INSERT INTO webhook_deliveries (id, arrival, webhook_id, event_id, kind, at, next_attempt_at)
           VALUES (gen_random_uuid(), false, $1, nextval('event_ids'), 'ping', $2, $2) RETURNING ${columns}`,
    values: [webhook, now],
  })
  return rows[0]
}

/** Puts a delivery up again, as if it had never been tried. */
export async function replayDelivery(query: Query, id: string, now: Date): Promise<void> {
  await query({
    name: 'replay-delivery',
    text: `UPDATE webhook_deliveries SET status = 'pending', attempts = 0, next_attempt_at = $2 WHERE id = $1`,
    values: [id, now],
  })
}

/** Deletes deliveries of acts of before a time, some at a time; tells how many went. */
export async function deleteDeliveries(query: Query, before: Date, atMost: number): Promise<number> {
  const rows = await query({
    name: 'delete-deliveries',
    text: `DELETE FROM webhook_deliveries WHERE NOT arrival AND id IN (
             SELECT id FROM webhook_deliveries WHERE NOT arrival AND at < $1 ORDER BY at LIMIT $2) RETURNING 1`,
    values: [before, atMost],
  })
  return rows.length
}

/** Forgets deliveries of hours that are forgotten themselves, down to the file that held them. In a transaction. */
export async function forgetArrivalDeliveries(query: Query): Promise<void> {
  await query({
    name: 'lock-arrival-deliveries',
    text: 'LOCK TABLE webhook_deliveries_of_arrivals IN ACCESS EXCLUSIVE MODE',
    values: [],
  })
  const kept = await query<{ rows: unknown }>({
    name: 'arrival-deliveries-to-keep',
    text: `SELECT coalesce(jsonb_agg(to_jsonb(d)), '[]') AS rows FROM webhook_deliveries_of_arrivals d
            WHERE event_id IN (SELECT id FROM arrival_events)`,
    values: [],
  })
  await query({
    name: 'forget-arrival-deliveries',
    text: 'TRUNCATE webhook_deliveries_of_arrivals',
    values: [],
  })
  await query({
    name: 'keep-arrival-deliveries',
    text: `INSERT INTO webhook_deliveries_of_arrivals
           SELECT * FROM jsonb_populate_recordset(NULL::webhook_deliveries_of_arrivals, $1::jsonb)`,
    values: [JSON.stringify(kept[0]?.rows ?? [])],
  })
}
