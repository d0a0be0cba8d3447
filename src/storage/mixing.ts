import type { Query } from './pool.ts'

/** The half of the box that takes the days of one parity. */
export type Half = 'even' | 'odd'

export function halfOf(parity: 0 | 1): Half {
  return parity === 0 ? 'even' : 'odd'
}

/** What is moved: each kind of row with its table in the box, its main table, and the key of a row. */
export const kinds = {
  messages: { box: 'box_reporter_messages', key: 'id' },
  attachments: { box: 'box_attachments', key: 'id' },
  reports: { box: 'box_reports', key: 'id' },
  mailboxes: { box: 'box_mailboxes', key: 'lookup_id' },
} as const
export type Kind = keyof typeof kinds
export type Counts = Record<Kind, number>

const keyTables = ['box_batch_keys', 'box_mailbox_batch_keys'] as const
const boxTables = [...keyTables, ...Object.values(kinds).map(({ box }) => box)]
const tablesOf = (half: Half) => boxTables.map((table) => `${table}_${half}`)

const mixingLock = 7_365_749

/** Makes this transaction the only one that mixes, to its end; false if another does. */
export async function startMixing(query: Query): Promise<boolean> {
  const rows = await query<{ ours: boolean }>({
    name: 'start-mixing',
    text: 'SELECT pg_try_advisory_xact_lock($1) AS ours',
    values: [mixingLock],
  })
  return rows[0]?.ours === true
}

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
  // Sorting a chunk of bodies must not spill to a file.
  await query({ name: 'work-mem', text: `SELECT set_config('work_mem', '64MB', true)`, values: [] })
  await query({
    name: `close-half-${half}`,
    text: `LOCK TABLE ${tablesOf(half).join(', ')} IN EXCLUSIVE MODE`,
    values: [],
  })
}

export async function countHalf(query: Query, half: Half): Promise<Counts> {
  const counted = Object.entries(kinds).map(
    ([kind, { box }]) => `(SELECT count(*) FROM ${box}_${half})::integer AS ${kind}`,
  )
  const rows = await query<Counts>({
    name: `count-half-${half}`,
    text: `SELECT ${counted.join(', ')}`,
    values: [],
  })
  return rows[0] ?? { messages: 0, attachments: 0, reports: 0, mailboxes: 0 }
}

/** Deletes every row of a closed half, and tells how many there were. */
export async function clearHalf(query: Query, half: Half): Promise<Counts> {
  for (const table of keyTables) {
    await query({ name: `clear-${table}-${half}`, text: `DELETE FROM ${table}_${half}`, values: [] })
  }
  const counts: Counts = { messages: 0, attachments: 0, reports: 0, mailboxes: 0 }
  for (const kind of Object.keys(kinds) as Kind[]) {
    const rows = await query<{ count: number }>({
      name: `clear-${kind}-${half}`,
      text: `WITH gone AS (DELETE FROM ${kinds[kind].box}_${half} RETURNING 1) SELECT count(*)::integer AS count FROM gone`,
      values: [],
    })
    counts[kind] = rows[0]?.count ?? 0
  }
  return counts
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

/** Lets the server drop the log of before. Tells what the service was not allowed to do: switch, checkpoint. */
export async function leaveLogBehind(query: Query): Promise<string[]> {
  const rows = await query<{ refused: string[] }>({
    name: 'leave-log-behind',
    text: 'SELECT leave_log_behind() AS refused',
    values: [],
  })
  return rows[0]?.refused ?? []
}
