import { type BoxKindName, boxKindNames, boxOf } from './boxKinds.ts'
import type { Query } from './pool.ts'

/** The half of the box that takes the days of one parity. */
export type Half = 'even' | 'odd'

export function halfOf(parity: 0 | 1): Half {
  return parity === 0 ? 'even' : 'odd'
}

export function otherHalf(half: Half): Half {
  return half === 'even' ? 'odd' : 'even'
}

export type Counts = Record<BoxKindName, number>

const keyTables = ['box_batch_keys', 'box_mailbox_batch_keys'] as const
const boxTables = [...keyTables, ...boxKindNames.map(boxOf)]
const tablesOf = (half: Half) => boxTables.map((table) => `${table}_${half}`)

/** How long to wait for a lock, in milliseconds, before the transaction fails with SQLSTATE 55P03. */
export async function waitAtMost(query: Query, milliseconds: number): Promise<void> {
  await query({
    name: 'lock-timeout',
    text: `SELECT set_config('lock_timeout', $1, true)`,
    values: [`${milliseconds}ms`],
  })
}

/** Keeps every writer out of one half of the box. Those at work are waited for; readers go on. */
export async function closeHalf(query: Query, half: Half): Promise<void> {
  await query({
    name: 'as-if-full',
    // Sorting a chunk of bodies must not spill to a file; and the planner does not know how many rows somebody has put in.
    text: `SELECT set_config('work_mem', '64MB', true), set_config('enable_seqscan', 'off', true)`,
    values: [],
  })
  await query({
    name: `close-half-${half}`,
    text: `LOCK TABLE ${tablesOf(half).join(', ')} IN EXCLUSIVE MODE`,
    values: [],
  })
}

export async function countHalf(query: Query, half: Half): Promise<Counts> {
  const counted = boxKindNames.map(
    (kind) => `(SELECT count(*) FROM ${boxOf(kind)}_${half})::integer AS ${kind}`,
  )
  const rows = await query<Counts>({
    name: `count-half-${half}`,
    text: `SELECT ${counted.join(', ')}`,
    values: [],
  })
  return rows[0] ?? { messages: 0, attachments: 0, reports: 0, mailboxes: 0 }
}

/** Stored bytes of one half, dead rows and indexes too. */
export async function sizeOfHalf(query: Query, half: Half): Promise<number> {
  const sizes = tablesOf(half).map((table) => `pg_total_relation_size('public.${table}')`)
  const rows = await query<{ size: string }>({
    name: `size-of-half-${half}`,
    text: `SELECT ${sizes.join(' + ')} AS size`,
    values: [],
  })
  return Number(rows[0]?.size ?? 0)
}

/** Pages of 8 KiB that one statement deletes from, however many there are. */
const pagesAtOnce = 2_000

/** Deletes the batch keys of a closed half, a stretch of pages at a time, if nothing is left that lies under them. */
export async function clearKeys(query: Query, half: Half): Promise<void> {
  // What was deleted lies there still, and by an index each of it would be looked up.
  await query({ name: 'as-it-lies', text: `SELECT set_config('enable_seqscan', 'on', true)`, values: [] })
  if (await hasRows(query, half)) return
  for (const table of keyTables) await clearTable(query, `${table}_${half}`)
}

async function hasRows(query: Query, half: Half): Promise<boolean> {
  const rows = await query<{ rows: boolean }>({
    name: `rows-in-half-${half}`,
    text: `SELECT ${boxKindNames.map((kind) => `EXISTS (SELECT FROM ${boxOf(kind)}_${half})`).join(' OR ')} AS rows`,
    values: [],
  })
  return rows[0]?.rows !== false
}

async function clearTable(query: Query, table: string): Promise<void> {
  const [{ pages } = { pages: 0 }] = await query<{ pages: number }>({
    name: `pages-of-${table}`,
    text: `SELECT (pg_relation_size('public.${table}') / 8192)::integer AS pages`,
    values: [],
  })
  for (let from = 0; from < pages; from += pagesAtOnce) {
    await query({
      name: `clear-${table}`,
      text: `DELETE FROM ${table} WHERE ctid >= $1::tid AND ctid < $2::tid`,
      values: [`(${from},0)`, `(${from + pagesAtOnce},0)`],
    })
  }
}

/** Frees the files of one half of the box, if no row is in it; tells whether it did. Keeps readers out meanwhile. */
export async function truncateHalf(query: Query, half: Half): Promise<boolean> {
  const tables = tablesOf(half)
  await query({
    name: `lock-half-${half}`,
    text: `LOCK TABLE ${tables.join(', ')} IN ACCESS EXCLUSIVE MODE`,
    values: [],
  })
  const rows = await query<{ rows: boolean }>({
    name: `any-in-half-${half}`,
    text: `SELECT ${tables.map((table) => `EXISTS (SELECT FROM ${table})`).join(' OR ')} AS rows`,
    values: [],
  })
  if (rows[0]?.rows !== false) return false
  await query({ name: `truncate-half-${half}`, text: `TRUNCATE ${tables.join(', ')}`, values: [] })
  return true
}

/** Frees the file in which writers to mailboxes left their turns. */
export async function forgetMailboxTurns(query: Query): Promise<void> {
  await query({ name: 'forget-mailbox-turns', text: 'TRUNCATE box_mailbox_turns', values: [] })
}

/** Whether this half's files hold anything, be it rows that were deleted. */
export async function hasRemains(query: Query, half: Half): Promise<boolean> {
  const sizes = tablesOf(half).map((table) => `pg_relation_size('public.${table}')`)
  const rows = await query<{ remains: boolean }>({
    name: `remains-${half}`,
    text: `SELECT ${sizes.join(' + ')} > 0 AS remains`,
    values: [],
  })
  return rows[0]?.remains === true
}

/**
 * Forgets what the server has counted of the box, at sequences and at indexes, and when anything was last looked into. Tells if the service was
 * not allowed to: counters. What it looked into for that is counted as soon as its transaction ends, so that the next time forgets it.
 */
export async function forgetCounters(query: Query): Promise<string[]> {
  const rows = await query<{ refused: string[] }>({
    name: 'forget-counters',
    text: 'SELECT forget_counters() AS refused, look_into_all(), pg_stat_force_next_flush()',
    values: [],
  })
  return rows[0]?.refused ?? []
}

/** Lets the server count what this transaction did as soon as it ends: else it may come to that after its counters are forgotten. */
export async function countSoon(query: Query): Promise<void> {
  await query({ name: 'count-soon', text: 'SELECT pg_stat_force_next_flush()', values: [] })
}

/** Lets the server drop the log of before. Tells what the service was not allowed to do: switch, checkpoint. */
export async function leaveLogBehind(query: Query): Promise<string[]> {
  const rows = await query<{ refused: string[] }>({
    name: 'leave-log-behind',
    text: 'SELECT leave_log_behind() AS refused',
    values: [],
  })
  return rows[0]?.refused ?? []
}
