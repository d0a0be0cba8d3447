import {
  type KindsKeyColumns,
  type WrappedKeyName,
  wrappedKeyColumns,
  wrappedKeyColumnsOf,
} from '../vocabulary/sealedKinds.ts'
import type { Query } from './pool.ts'

/** Data keys under an organisation's batch keys, wherever they lie, and moving those to new batch keys. */

/** Those that can be moved, in the order in which they are. */
export const wrappedKeyNames: readonly WrappedKeyName[] = wrappedKeyColumns
  .filter(({ stays }) => !stays)
  .map(({ name }) => name)

const batchColumn = ({ prefix }: KindsKeyColumns) => `${prefix ?? ''}batch_id`
const byId = { id: 'uuid' } as const

/** The report that a row `t` belongs to. What is of no report is never due with one. */
const reportOf: Record<KindsKeyColumns['ofReport'], string> = {
  itself: 't.id',
  report_id: 't.report_id',
  dissemination:
    'coalesce(t.report_id, (SELECT d.report_id FROM disseminations d WHERE d.id = t.dissemination_id))',
  none: 't.id',
}

/** Columns that hold data keys under batch keys and are in no table of kinds. There must be none before any key goes. */
export async function unknownKeyColumns(query: Query): Promise<string[]> {
  const known = wrappedKeyColumns.flatMap((columns) =>
    [columns.table, columns.box ?? columns.table].map((table) => `${table}.${batchColumn(columns)}`),
  )
  const rows = await query<{ found: string }>({
    name: 'unknown-key-columns',
    text: `SELECT c.relname || '.' || a.attname AS found
             FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
              AND a.attname LIKE '%batch_id' AND c.relname NOT LIKE '%batch_keys'
              AND c.relname || '.' || a.attname <> ALL ($1)`,
    values: [known],
  })
  return rows.map(({ found }) => found)
}

export interface Wrap {
  key: (string | number)[]
  id: string
  reportId: string
  batchId: string
  wrappedKey: Buffer
  /** The mailbox, and the agency's key, that the batch key is sealed to as well. */
  mailboxId: string | null
  agency: string | null
  agencyKid: string | null
}

/** The next rows, in the order of their table's key, whose batch key is sealed to one of `kids`; locked against others. */
export function nextWraps(
  query: Query,
  name: WrappedKeyName,
  kids: readonly string[],
  after: readonly (string | number)[] | undefined,
  limit: number,
): Promise<Wrap[]> {
  const { table, key = byId, prefix = '', ofReport, alsoTo } = wrappedKeyColumnsOf(name)
  const columns = Object.entries(key)
  const order = columns.map(([column]) => `t.${column}`).join(', ')
  const bounds = columns.map(([, type], index) => `$${index + 3}::${type}`).join(', ')
  return query<Wrap>({
    name: `next-wraps-${name}${after === undefined ? '-first' : ''}`,
    text: `SELECT jsonb_build_array(${order}) AS key, t.id, ${reportOf[ofReport]} AS "reportId", t.${prefix}batch_id AS "batchId",
                  t.${prefix}wrapped_key AS "wrappedKey",
                  ${alsoTo === 'mailbox' ? 'm.mailbox_id' : 'NULL::uuid'} AS "mailboxId",
                  ${alsoTo === 'agency' ? 'a.agency, a.kid' : 'NULL AS agency, NULL'} AS "agencyKid"
             FROM ${table} t
             ${alsoTo === 'mailbox' ? `LEFT JOIN mailbox_batch_keys m ON m.batch_id = t.${prefix}batch_id AND m.mailbox_id = t.mailbox_id` : ''}
             ${alsoTo === 'agency' ? `LEFT JOIN agency_batch_keys a ON a.batch_id = t.${prefix}batch_id AND a.agency = t.agency` : ''}
            WHERE ${isSealedTo(name)}
              ${after === undefined ? '' : `AND (${order}) > (${bounds})`}
            ORDER BY ${order} LIMIT $2 FOR NO KEY UPDATE OF t`,
    values: [kids, limit, ...(after ?? [])],
  })
}

export interface NewWrap {
  key: readonly (string | number)[]
  batchId: string
  wrappedKey: Buffer
}

/** Puts data keys under their new batch keys. */
export async function moveWraps(
  query: Query,
  name: WrappedKeyName,
  wraps: readonly NewWrap[],
): Promise<void> {
  const { table, key = byId, prefix = '' } = wrappedKeyColumnsOf(name)
  const columns = Object.entries(key)
  const lists = columns.map(([, type], index) => `$${index + 3}::${type}[]`)
  const names = columns.map(([column]) => column)
  await query({
    name: `move-wraps-${name}`,
    text: `UPDATE ${table} t SET ${prefix}batch_id = n.new_batch, ${prefix}wrapped_key = n.new_wrap
             FROM unnest($1::uuid[], $2::bytea[], ${lists.join(', ')}) AS n (new_batch, new_wrap, ${names.join(', ')})
            WHERE ${names.map((column) => `t.${column} = n.${column}`).join(' AND ')}`,
    values: [
      wraps.map(({ batchId }) => batchId),
      wraps.map(({ wrappedKey }) => wrappedKey),
      ...columns.map((_, index) => wraps.map(({ key: values }) => values[index])),
    ],
  })
}

/** Whether the row's batch key is sealed to one of the kids in $1, of the organisation or of an agency. */
function isSealedTo(name: WrappedKeyName): string {
  const { prefix = '', alsoTo } = wrappedKeyColumnsOf(name)
  const named = (table: string) =>
    `EXISTS (SELECT FROM ${table} k WHERE k.batch_id = t.${prefix}batch_id AND k.kid = ANY ($1))`
  return alsoTo === 'agency'
    ? `(${named('batch_keys')} OR ${named('agency_batch_keys')})`
    : named('batch_keys')
}

/** How many rows of each kind hold a data key whose batch key is sealed to this kid. */
export async function countWraps(
  query: Query,
  kid: string,
): Promise<Partial<Record<WrappedKeyName, number>>> {
  const counts: Partial<Record<WrappedKeyName, number>> = {}
  for (const name of wrappedKeyNames) {
    const count = await countWhere(
      query,
      name,
      `${wrappedKeyColumnsOf(name).table} t WHERE ${isSealedTo(name)}`,
      [[kid]],
    )
    if (count > 0) counts[name] = count
  }
  return counts
}

/** What else names a batch key that is sealed to this kid, and cannot be moved. */
export async function countBound(query: Query, kid: string) {
  const named = 'EXISTS (SELECT FROM batch_keys k WHERE k.kid = $1 AND k.batch_id ='
  return {
    /** The trail is only added to. */
    auditReasons: await countWhere(query, 'reasons', `audit_records t WHERE ${named} t.reason_batch_id)`, [
      kid,
    ]),
    /** Rows of the box whose id was taken. */
    setAside: await countWhere(
      query,
      'set-aside',
      `unplaced_rows t WHERE ${named} (t.content->>'batch_id')::uuid) OR ${named} (t.content->>'meta_batch_id')::uuid)`,
      [kid],
    ),
  }
}

/** How many batch keys in the box are sealed to one of these kids. */
export function countBoxed(query: Query, kids: readonly string[]): Promise<number> {
  return countWhere(query, 'boxed', 'box_batch_keys t WHERE t.kid = ANY ($1)', [kids])
}

async function countWhere(
  query: Query,
  name: string,
  where: string,
  values: readonly unknown[],
): Promise<number> {
  const rows = await query<{ count: number }>({
    name: `count-wraps-${name}`,
    text: `SELECT count(*)::integer AS count FROM ${where}`,
    values,
  })
  return rows[0]?.count ?? 0
}

/**
 * Deletes batch keys that nothing names any more: those sealed to these organisation keys, and whatever was sealed
 * beside them. By what names them and not by what was moved: a forged row must not take its neighbour's key along.
 */
export async function deleteUnnamed(query: Query, kids: readonly string[]): Promise<number> {
  const names = [
    ...wrappedKeyColumns.map((columns) => [columns.table, `t.${batchColumn(columns)}`]),
    ['unplaced_rows', "(t.content->>'batch_id')::uuid"],
    ['unplaced_rows', "(t.content->>'meta_batch_id')::uuid"],
  ]
  // All names at once, hashed: each looked up by itself, Postgres thinks that few keys are left, and walks the trail for each of them.
  const named = names.map(([table, column]) => `SELECT ${column} AS batch_id FROM ${table} t`)
  const unnamed = `NOT EXISTS (SELECT FROM (${named.join(' UNION ALL ')}) n WHERE n.batch_id = k.batch_id)`
  const gone = await query<{ batchId: string }>({
    name: 'delete-unnamed',
    text: `DELETE FROM batch_keys k WHERE k.kid = ANY ($1) AND ${unnamed} RETURNING batch_id AS "batchId"`,
    values: [kids],
  })
  for (const table of ['mailbox_batch_keys', 'agency_batch_keys']) {
    await query({
      name: `delete-unnamed-${table}`,
      text: `DELETE FROM ${table} k WHERE ${unnamed}`,
      values: [],
    })
  }
  return gone.length
}
