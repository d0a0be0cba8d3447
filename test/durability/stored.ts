import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Keyring } from '../../src/crypto/keyring.ts'
import { openReport } from '../../src/domain/acts/openReport.ts'
import type { Report } from '../../src/schemas/report.ts'
import { openPool } from '../../src/storage/pool.ts'
import { findReport } from '../../src/storage/reports.ts'
import { asSuperuser } from '../support/cluster.ts'

/** A stored report as triage opens it. */
export interface Stored {
  id: string
  report: Report
}

const openers = 8

/** Opens every stored report that is not among `known`, as triage does. Rejects if one does not open. */
export async function openStored(
  url: string,
  keyring: Keyring,
  known: { has(id: string): boolean },
): Promise<Stored[]> {
  const ids = (await storedIds(url)).filter((id) => !known.has(id))
  const pool = openPool(url, 'sotto_triage', openers)
  const viewer = { personId: randomUUID(), agency: null }
  const open = async (id: string): Promise<Stored> => {
    const row = await findReport(pool.query, viewer, id)
    if (row === undefined) throw new Error('a stored report cannot be found')
    const { report } = await openReport({ query: pool.query, keyring }, row)
    return { id, report }
  }
  try {
    // As many at once as there are connections: the rest would wait for one longer than a busy machine lets them.
    const stored: Stored[] = []
    const waiting = ids.values()
    const openNext = async () => {
      for (const id of waiting) stored.push(await open(id))
    }
    await Promise.all(Array.from({ length: openers }, openNext))
    return stored
  } finally {
    await pool.close()
  }
}

/** Waits for what a killed service has left its Postgres to finish. A living one has a transaction that looks and writes nothing. */
export function untilIdle(url: string): Promise<void> {
  return asSuperuser(url, async (client) => {
    const busy = `SELECT FROM pg_stat_activity
                   WHERE backend_type = 'client backend' AND (state = 'active' OR backend_xid IS NOT NULL)
                     AND pid <> pg_backend_pid()`
    while ((await client.query(busy)).rowCount !== 0) await sleep(10)
  })
}

export function storedIds(url: string): Promise<string[]> {
  return asSuperuser(url, async (client) => {
    const { rows } = await client.query<{ id: string }>('SELECT id FROM listed_reports')
    return rows.map(({ id }) => id)
  })
}

/** How many rows of the box lack what was to be committed with them. */
export function countHalves(url: string) {
  return asSuperuser(url, async (client) => {
    const { rows } = await client.query<Record<string, number>>(`
      SELECT
        (SELECT count(*) FROM box_reports r WHERE NOT EXISTS (
          SELECT FROM box_batch_keys k WHERE (k.parity, k.batch_id) = (r.parity, r.batch_id)))::int
          AS "reports without a batch key",
        (SELECT count(*) FROM box_reports r WHERE 1 <> (
          SELECT count(*) FROM box_mailboxes m WHERE m.report_id = r.id))::int
          AS "reports without just one mailbox",
        (SELECT count(*) FROM box_mailboxes m WHERE NOT EXISTS (
          SELECT FROM box_reports r WHERE (r.parity, r.id) = (m.parity, m.report_id)))::int
          AS "mailboxes without a report",
        (SELECT count(*) FROM box_batch_keys k WHERE NOT EXISTS (
          SELECT FROM box_reports r WHERE (r.parity, r.batch_id) = (k.parity, k.batch_id)))::int
          AS "batch keys without a report"`)
    return rows[0]
  })
}

/** The report whose mailbox a receipt's lookup id finds. */
export function reportOfMailbox(url: string, lookupId: Buffer): Promise<string | undefined> {
  return asSuperuser(url, async (client) => {
    const { rows } = await client.query<{ report: string }>(
      'SELECT report_id AS report FROM box_mailboxes WHERE lookup_id = $1',
      [lookupId],
    )
    return rows[0]?.report
  })
}
