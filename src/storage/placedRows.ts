import { noteLeaving } from './leftBox.ts'
import { type Half, type Kind, kinds, otherHalf } from './mixing.ts'
import type { Query } from './pool.ts'

/** The mixing's copies: rows go straight from the box to the main tables, and only wrapped keys come from here. */

/** A row's data key under its new batch. */
export interface Rewrapped {
  id: string
  batchId: string
  wrappedKey: Buffer
}
export interface RewrappedAttachment extends Rewrapped {
  metaBatchId: string
  metaWrappedKey: Buffer
}

/**
 * That no row of the other half goes before `b`, a row of this half, where the two agree in `column`. That of the older
 * day does; of one day, that which lies in the half of its day. A scalar subquery stays a look-up in an index, however
 * many rows somebody has put in.
 */
function firstOf(half: Half, box: string, column: string, of: string, day: string, otherDay = day): string {
  return `(
    SELECT true FROM ${box}_${otherHalf(half)} o WHERE o.${column} = b.${of}
       AND (o.${otherDay} < b.${day} OR (o.${otherDay} = b.${day} AND (b.${day} - DATE '2000-01-01') % 2 <> b.parity)) LIMIT 1) IS NULL`
}

/** Copies rows to the main table by their ids, bodies untouched. Tells which met another of the same id. */
export async function placeReports(query: Query, half: Half, rows: readonly Rewrapped[]): Promise<string[]> {
  await noteLeaving(
    query,
    rows.map(({ id }) => id),
  )
  const placed = await query<{ id: string }>({
    name: `place-reports-${half}`,
    text: `INSERT INTO reports (id, received_on, category, priority, lead_agency, support_agencies, restricted,
                                attention_by, batch_id, wrapped_key, body)
           SELECT b.id, b.received_on, b.category, b.priority, b.lead_agency, b.support_agencies, b.restricted,
                  CASE WHEN b.priority = 3 THEN b.received_on END, n.batch_id, n.wrapped_key, b.body
             FROM unnest($1::uuid[], $2::uuid[], $3::bytea[]) AS n (id, batch_id, wrapped_key)
             JOIN box_reports_${half} b ON b.id = n.id
            WHERE ${firstOf(half, 'box_reports', 'id', 'id', 'received_on')}
            ORDER BY b.id
           ON CONFLICT DO NOTHING
           RETURNING id`,
    values: columns(rows),
  })
  await query({
    name: 'queue-all-for-index',
    text: 'INSERT INTO unindexed (report_id) SELECT unnest($1::uuid[]) ON CONFLICT DO NOTHING',
    values: [placed.map(({ id }) => id)],
  })
  return missing(rows, placed)
}

export async function placeMessages(query: Query, half: Half, rows: readonly Rewrapped[]): Promise<string[]> {
  const placed = await query<{ id: string }>({
    name: `place-messages-${half}`,
    text: `INSERT INTO reporter_messages (id, report_id, mailbox_id, number, sent_on, batch_id, wrapped_key, body,
                                          signature)
           SELECT b.id, b.report_id, b.mailbox_id, b.number, b.sent_on, n.batch_id, n.wrapped_key, b.body, b.signature
             FROM unnest($1::uuid[], $2::uuid[], $3::bytea[]) AS n (id, batch_id, wrapped_key)
             JOIN box_reporter_messages_${half} b ON b.id = n.id
            WHERE ${firstOf(half, 'box_reporter_messages', 'id', 'id', 'sent_on')}
            ORDER BY b.id
           ON CONFLICT DO NOTHING
           RETURNING id`,
    values: columns(rows),
  })
  return missing(rows, placed)
}

export async function placeAttachments(
  query: Query,
  half: Half,
  rows: readonly RewrappedAttachment[],
): Promise<string[]> {
  const placed = await query<{ id: string }>({
    name: `place-attachments-${half}`,
    text: `INSERT INTO attachments (id, report_id, mailbox_id, received_on, batch_id, wrapped_key, body, signature,
                                    meta_batch_id, meta_wrapped_key, meta)
           SELECT b.id, b.report_id, b.mailbox_id, b.received_on, n.batch_id, n.wrapped_key, b.body, b.signature,
                  n.meta_batch_id, n.meta_wrapped_key, b.meta
             FROM unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::uuid[], $5::bytea[])
                    AS n (id, batch_id, wrapped_key, meta_batch_id, meta_wrapped_key)
             JOIN box_attachments_${half} b ON b.id = n.id
            WHERE ${firstOf(half, 'box_attachments', 'id', 'id', 'received_on')}
            ORDER BY b.id
           ON CONFLICT DO NOTHING
           RETURNING id`,
    values: [
      ...columns(rows),
      rows.map(({ metaBatchId }) => metaBatchId),
      rows.map(({ metaWrappedKey }) => metaWrappedKey),
    ],
  })
  return missing(rows, placed)
}

/**
 * Copies the next mailboxes by their lookup ids, after the reports. Gives those seen, and which of them met another of the
 * same ids, or came with a report that did: its id is that of a report which another transaction placed.
 */
export async function placeMailboxes(query: Query, half: Half, after: Buffer | undefined, limit: number) {
  const first = after === undefined
  const seen = await query<{ lookupId: Buffer; placed: boolean }>({
    name: `place-mailboxes-${half}${first ? '-first' : ''}`,
    text: `WITH next AS (
             SELECT * FROM box_mailboxes_${half} ${first ? '' : 'WHERE lookup_id > $2'} ORDER BY lookup_id LIMIT $1
           ), placed AS (
             INSERT INTO mailboxes (lookup_id, id, report_id, opened_on, sealing_key, signing_key, attachments_allowed)
             SELECT lookup_id, id, report_id, opened_on, sealing_key, signing_key, attachments_allowed
               FROM next b
              WHERE ${firstOf(half, 'box_mailboxes', 'lookup_id', 'lookup_id', 'opened_on')}
                AND ${firstOf(half, 'box_mailboxes', 'id', 'id', 'opened_on')}
                AND ${firstOf(half, 'box_mailboxes', 'report_id', 'report_id', 'opened_on')}
                AND ${firstOf(half, 'box_reports', 'id', 'report_id', 'opened_on', 'received_on')}
                AND (SELECT true FROM reports r
                      WHERE r.id = b.report_id AND r.xmin <> pg_current_xact_id()::xid) IS NULL
              ORDER BY lookup_id
             ON CONFLICT DO NOTHING
             RETURNING lookup_id
           )
           SELECT n.lookup_id AS "lookupId", p.lookup_id IS NOT NULL AS placed
             FROM next n LEFT JOIN placed p USING (lookup_id) ORDER BY n.lookup_id`,
    values: first ? [limit] : [limit, after],
  })
  return {
    last: seen.at(-1)?.lookupId,
    seen: seen.length,
    taken: seen.filter(({ placed }) => !placed).map(({ lookupId }) => lookupId),
  }
}

/** Keeps rows apart that met another of the same id, as they are; tells how many. */
export async function setAside(
  query: Query,
  half: Half,
  kind: Kind,
  keys: readonly (string | Buffer)[],
  today: string,
): Promise<number> {
  if (keys.length === 0) return 0
  const { box, key } = kinds[kind]
  const rows = await query({
    name: `set-aside-${kind}-${half}`,
    text: `INSERT INTO unplaced_rows (source, found_on, content)
           SELECT $2, $3, to_jsonb(b) FROM ${box}_${half} b WHERE b.${key} = ANY ($1)
           RETURNING id`,
    values: [keys, box, today],
  })
  return rows.length
}

function columns(rows: readonly Rewrapped[]): unknown[] {
  return [
    rows.map(({ id }) => id),
    rows.map(({ batchId }) => batchId),
    rows.map(({ wrappedKey }) => wrappedKey),
  ]
}

function missing(rows: readonly { id: string }[], placed: readonly { id: string }[]): string[] {
  const found = new Set(placed.map(({ id }) => id))
  return rows.map(({ id }) => id).filter((id) => !found.has(id))
}
