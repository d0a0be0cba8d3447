import type { EventKind } from '../vocabulary/eventKinds.ts'
import type { EventOfAct } from '../vocabulary/eventOfAct.ts'
import { mayKnowOfLink } from './links.ts'
import type { Query, Statement } from './pool.ts'
import { mayOpen, maySeeStub, type Viewer } from './visibility.ts'

export interface EventRow {
  id: string
  at: Date
  kind: EventKind
  reportId: string | null
  objectId: string | null
}

/** Writes an event. Only under the lock of the audit trail: its id must be in the order of commits. */
export async function appendEvent(query: Query, at: Date, event: EventOfAct): Promise<void> {
  await query({
    name: 'append-event',
    text: `INSERT INTO events (id, at, kind, report_id, dissemination_id, object_id)
           VALUES (nextval('event_ids'), $1, $2, $3, $4, $5)`,
    values: [at, event.kind, event.reportId, event.disseminationId, event.objectId],
  })
}

const hour = 3_600_000

/** The number, within its act's step, of the hour that this time is in. */
const hourNumber = (time: Date) => Math.floor(time.getTime() / hour)

/** The id of the newest act, whether or not it is kept. Arrivals have numbers between two acts. */
const newestAct = '(SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1048576 END FROM event_ids)'

/** Writes that something came, once for each full hour. Likewise only under that lock. */
export async function appendArrival(query: Query, onTheHour: Date): Promise<void> {
  await query({
    name: 'append-arrival',
    text: `INSERT INTO arrival_events (id, at)
           SELECT ${newestAct} + $2::bigint, $1
            WHERE NOT EXISTS (SELECT FROM arrival_events WHERE at = $1)`,
    values: [onTheHour, hourNumber(onTheHour)],
  })
}

/**
 * Tells of open reports, some at a time, that they wanted attention before `today`: of each once for each day that it was
 * wanted by. By id, so that nothing tells in which order they came. Likewise only under that lock. How many it told of.
 */
export async function appendOverdue(
  query: Query,
  onTheHour: Date,
  today: string,
  atMost: number,
): Promise<number> {
  const rows = await query({
    name: 'append-overdue',
    // Whoever holds a report waits for the lock of the trail: theirs is told the next time.
    text: `
      WITH due AS (
        SELECT id FROM reports
         WHERE attention_by < $2 AND attention_by IS NOT NULL AND status <> 'closed'
           AND overdue_told IS DISTINCT FROM attention_by
         ORDER BY attention_by LIMIT $3 FOR UPDATE SKIP LOCKED),
      told AS (
        UPDATE reports r SET overdue_told = attention_by FROM (SELECT id FROM due ORDER BY id) d
         WHERE r.id = d.id RETURNING r.id)
      INSERT INTO events (id, at, kind, report_id)
      SELECT nextval('event_ids'), $1, 'attention-overdue', id FROM (SELECT id FROM told ORDER BY id) o
      RETURNING 1`,
    values: [onTheHour, today, atMost],
  })
  return rows.length
}

/** The id of the newest event, 0 without any. */
export async function newestEvent(query: Query): Promise<number> {
  const rows = await query<{ newest: string }>({
    name: 'newest-event',
    text: `SELECT greatest((SELECT max(id) FROM events), (SELECT max(id) FROM arrival_events), 0) AS newest`,
    values: [],
  })
  return Number(rows[0]?.newest ?? 0)
}

/** The place after every act that is committed, and after this hour, whether or not something came in it. */
export async function placeOfNow(query: Query, now: Date): Promise<number> {
  const rows = await query<{ place: string }>({
    name: 'place-of-now',
    text: `SELECT greatest((SELECT max(id) FROM events), (SELECT event_id FROM webhook_position), 0)
                    / 1048576 * 1048576 + $1::bigint AS place`,
    values: [hourNumber(now)],
  })
  return Number(rows[0]?.place ?? 0)
}

/**
 * The next events after an id, of reports that the viewer may open now, and arrivals. Of a stub only that it wants a
 * second supervisor; of a link only where they may open both reports.
 */
export function eventsAfter(query: Query, viewer: Viewer, after: number, limit: number): Promise<EventRow[]> {
  return query<EventRow>(eventsStatement(viewer, after, limit))
}

/** One event, if this viewer may see it now. */
export async function findEvent(query: Query, viewer: Viewer, id: number): Promise<EventRow | undefined> {
  const rows = await query<EventRow>({
    name: 'event',
    text: eventsWhere('id = $4'),
    values: [viewer.personId, viewer.agency, viewer.seesUnnamedRestricted, id],
  })
  return rows[0]
}

export function eventsStatement(viewer: Viewer, after: number, limit: number): Statement {
  return {
    name: 'events-after',
    text: `${eventsWhere('id > $4')} ORDER BY id LIMIT $5`,
    values: [viewer.personId, viewer.agency, viewer.seesUnnamedRestricted, after, limit],
  }
}

function eventsWhere(which: string): string {
  const seen = `(${mayOpen('')} OR ${maySeeStub('', "$3::boolean AND e.kind = 'confirmation-needed'")})`
  return `
      SELECT id, at, kind, "reportId", "objectId" FROM (
        SELECT e.id, e.at, e.kind, r.id AS "reportId", e.object_id AS "objectId"
          FROM (SELECT id, at, kind, coalesce(object_id, dissemination_id) AS object_id,
                       coalesce(report_id, (SELECT report_id FROM disseminations d
                                             WHERE d.id = events.dissemination_id)) AS report_id
                  FROM events WHERE ${which}) e
         CROSS JOIN LATERAL (SELECT id FROM listed_reports WHERE id = e.report_id AND ${seen} LIMIT 1) r
         WHERE e.kind NOT LIKE 'link-%' OR ${mayKnowOfLink('e.object_id', 'r.id')}
        UNION ALL
        SELECT id, at, 'something-new', NULL, NULL FROM arrival_events WHERE ${which}
      ) AS event`
}

/** Deletes events of before a time, some at a time; tells how many went. */
export async function deleteEvents(query: Query, before: Date, atMost: number): Promise<number> {
  const rows = await query({
    name: 'delete-events',
    text: `DELETE FROM events WHERE id IN (SELECT id FROM events WHERE at < $1 ORDER BY at LIMIT $2) RETURNING 1`,
    values: [before, atMost],
  })
  return rows.length
}

/** Forgets at which hours something came before `since`, down to the file that held it. In a transaction. */
export async function forgetArrivals(query: Query, since: Date): Promise<void> {
  await query({
    name: 'lock-arrivals',
    text: 'LOCK TABLE arrival_events IN ACCESS EXCLUSIVE MODE',
    values: [],
  })
  const kept = await query<{ id: string; at: Date }>({
    name: 'arrivals-since',
    text: 'SELECT id, at FROM arrival_events WHERE at > $1 ORDER BY id',
    values: [since],
  })
  await query({ name: 'forget-arrivals', text: 'TRUNCATE arrival_events', values: [] })
  await query({
    name: 'keep-arrivals',
    text: 'INSERT INTO arrival_events (id, at) SELECT * FROM unnest($1::bigint[], $2::timestamptz[])',
    values: [kept.map(({ id }) => id), kept.map(({ at }) => at)],
  })
}

/**
 * Whether something lies in the box, or was shared in by an agency, that was not there at `before`, a snapshot that an earlier call gave; without one,
 * whether anything does. Row versions tell it, so that no time or count need be kept: `seen` is for memory only.
 */
export async function arrivedSince(
  query: Query,
  before: string | undefined,
): Promise<{ seen: string; came: boolean }> {
  const rows = await query<{ seen: string; came: boolean }>({
    name: 'arrived-since',
    // A row's own transaction id has 32 bits: the rest is that of now, as nothing lies in the box for long.
    text: `
      WITH now AS (SELECT pg_current_snapshot() AS snapshot,
                          pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS xid)
      SELECT now.snapshot::text AS seen, EXISTS (
        SELECT FROM (SELECT xmin FROM box_reports
                     UNION ALL SELECT xmin FROM box_reporter_messages
                     UNION ALL SELECT xmin FROM box_attachments
                     UNION ALL SELECT xmin FROM submissions
                                WHERE submitted_on >= (now() AT TIME ZONE 'UTC')::date - 1) arrived
         WHERE $1::text IS NULL
            OR NOT pg_visible_in_snapshot(
                     (now.xid - ((now.xid - arrived.xmin::text::bigint) & 4294967295))::text::xid8, $1::pg_snapshot)
      ) AS came FROM now`,
    values: [before],
  })
  return rows[0] ?? { seen: '', came: false }
}
