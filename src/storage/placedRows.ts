import type { WrappedKey } from './batchKeys.ts'
import { type Half, otherHalf } from './boxHalves.ts'
import { type BoxKindName, boxKinds, boxOf, newKeyColumns, placing, type SealedBoxKind } from './boxKinds.ts'
import type { Stretch } from './boxStretches.ts'
import { noteLeaving } from './leftBox.ts'
import type { Query } from './pool.ts'

/** The mixing's copies: rows go straight from the box to the main tables, and only wrapped keys come from here. */

/** A row's data keys under new batches, in the order of the table of sealed kinds. */
export interface NewKeys {
  id: string
  keys: readonly WrappedKey[]
}

/**
 * That no row of the other half goes before `b`, a row of this half, where the two agree in `column`. That of the older
 * day does; of one day, that which lies in the half of its day. A scalar subquery stays a look-up in an index, however
 * many rows somebody has put in.
 */
function firstOf(half: Half, box: string, column: string, of: string, day: string, otherDay = day): string {
  return `(
    SELECT true FROM ${box}_${otherHalf(half)} o WHERE o.${column} = b.${of}
       AND (o.${otherDay} < b.${day} OR (o.${otherDay} = b.${day} AND (b.${day} - DATE '2000-01-01') & 1 <> b.parity)) LIMIT 1) IS NULL`
}

/** Copies rows to their main table by their ids, bodies untouched. Tells which met another of the same id. */
export async function placeRows(
  query: Query,
  half: Half,
  kind: SealedBoxKind,
  rows: readonly NewKeys[],
): Promise<string[]> {
  const ids = rows.map(({ id }) => id)
  if (kind === 'reports') await noteLeaving(query, ids)
  const columns = newKeyColumns(kind)
  const { into, select } = placing(
    kind,
    columns.map((column) => `n.${column}`),
  )
  const lists = columns.map(
    (column, index) => `$${index + 2}::${column.endsWith('batch_id') ? 'uuid' : 'bytea'}[]`,
  )
  const placed = await query<{ id: string }>({
    name: `place-${kind}-${half}`,
    // Each row by its index: the planner takes what is asked of it for so rare that it would begin with all that lies there.
    text: `${into} ${select}
             FROM unnest($1::uuid[], ${lists.join(', ')}) AS n (id, ${columns.join(', ')})
            CROSS JOIN LATERAL (SELECT * FROM ${boxOf(kind)}_${half} WHERE id = n.id LIMIT 1) b
            WHERE ${firstOf(half, boxOf(kind), 'id', 'id', boxKinds[kind].day)}
            ORDER BY b.id
           ON CONFLICT DO NOTHING
           RETURNING id`,
    values: [ids, ...columns.map((_, index) => rows.map(({ keys }) => keyAt(keys, index)))],
  })
  const found = new Set(placed.map(({ id }) => id))
  if (kind === 'reports') await queueForIndex(query, [...found])
  return ids.filter((id) => !found.has(id))
}

async function queueForIndex(query: Query, ids: readonly string[]): Promise<void> {
  await query({
    name: 'queue-all-for-index',
    text: 'INSERT INTO unindexed (report_id) SELECT unnest($1::uuid[]) ON CONFLICT DO NOTHING',
    values: [ids],
  })
}

/**
 * Copies the next mailboxes of a stretch by their lookup ids, after the reports. Gives those seen, and which of them met another of the
 * same ids, or came with a report that did: its id is that of a report which another transaction placed.
 */
export async function placeMailboxes(
  query: Query,
  half: Half,
  { from, to }: Stretch,
  after: Buffer | undefined,
  limit: number,
) {
  const first = after === undefined
  const { into, select } = placing('mailboxes')
  const seen = await query<{ lookupId: Buffer; placed: boolean }>({
    name: `place-mailboxes-${half}${first ? '-first' : ''}`,
    text: `WITH next AS (
             SELECT * FROM box_mailboxes_${half}
              WHERE report_id BETWEEN $2 AND $3 ${first ? '' : 'AND lookup_id > $4'} ORDER BY lookup_id LIMIT $1
           ), placed AS (
             ${into} ${select}
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
    values: first ? [limit, from, to] : [limit, from, to, after],
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
  kind: BoxKindName,
  keys: readonly (string | Buffer)[],
  today: string,
): Promise<number> {
  if (keys.length === 0) return 0
  const [box, { key }] = [boxOf(kind), boxKinds[kind]]
  const rows = await query({
    name: `set-aside-${kind}-${half}`,
    text: `INSERT INTO unplaced_rows (source, found_on, content)
           SELECT $2, $3, to_jsonb(b) FROM ${box}_${half} b WHERE b.${key} = ANY ($1)
           RETURNING id`,
    values: [keys, box, today],
  })
  return rows.length
}

/** Batch id and wrapped key by turns. */
function keyAt(keys: readonly WrappedKey[], index: number): string | Buffer | undefined {
  const key = keys[Math.floor(index / 2)]
  return index % 2 === 0 ? key?.batchId : key?.wrappedKey
}
