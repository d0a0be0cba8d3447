import { type KindsKeyColumns, wrappedKeyColumns } from '../vocabulary/sealedKinds.ts'
import type { Query } from './pool.ts'

/** Of which report a row is, where it is of $1. */
const isOfReport: Record<Exclude<KindsKeyColumns['ofReport'], 'none'>, string> = {
  itself: 'id = $1',
  report_id: 'report_id = $1',
  dissemination: 'report_id = $1 OR dissemination_id IN (SELECT id FROM disseminations WHERE report_id = $1)',
}
const ofReport = wrappedKeyColumns.flatMap((columns) =>
  columns.ofReport === 'none' ? [] : [{ ...columns, where: isOfReport[columns.ofReport] }],
)

/** Whatever of one report is sealed in a batch of its own. Its body shares a batch, so there the wrapped key goes. */
const ownBatches = ofReport
  .filter(({ sharesBatch }) => !sharesBatch)
  .map(({ table, box, prefix = '', where }) => {
    const column = `${prefix}batch_id`
    const rows = box === undefined ? table : `listed_${table}`
    return `SELECT ${column} FROM ${rows} WHERE (${where}) AND ${column} IS NOT NULL`
  })
  .join(' UNION ALL ')

/** A row that was put in by stealth may name the batch of other reports: theirs stay. */
const butNeighbours = 'NOT EXISTS (SELECT FROM reports o WHERE o.batch_id = k.batch_id AND o.id <> $1)'

/** Rows that are of the report and can go: those that came later first, since they name the others. */
const rows = new Map<string, string>(
  ofReport
    .filter(({ stays, sharesBatch }) => !stays && !sharesBatch)
    .toReversed()
    .flatMap(({ table, box = table, where }): [string, string][] => [
      [table, where],
      [box, where],
    ]),
)

/** Keys first: from the first statements on, nothing of the report opens. */
const destruction: Record<string, string> = {
  ...Object.fromEntries(
    ofReport
      .filter(({ sharesBatch }) => sharesBatch)
      .map(({ table, prefix = '', where }) => [
        `shred-${table}`,
        `UPDATE ${table} SET ${prefix}wrapped_key = '' WHERE ${where}`,
      ]),
  ),
  'shred-mailbox-keys': `DELETE FROM mailbox_batch_keys k WHERE batch_id IN (${ownBatches}) AND ${butNeighbours}`,
  'shred-agency-keys': `DELETE FROM agency_batch_keys k WHERE batch_id IN (${ownBatches}) AND ${butNeighbours}`,
  'shred-keys': `DELETE FROM batch_keys k WHERE batch_id IN (${ownBatches}) AND ${butNeighbours}`,
  // What partners did is known by the product alone, so before that goes.
  'delete-events-of-report': `DELETE FROM events WHERE ${isOfReport.dissemination}`,
  ...Object.fromEntries(
    [...rows].map(([table, where]) => [`delete-of-${table}`, `DELETE FROM ${table} WHERE ${where}`]),
  ),
  'delete-mailbox': 'DELETE FROM mailboxes WHERE report_id = $1',
  'delete-boxed-mailbox': 'DELETE FROM box_mailboxes WHERE report_id = $1',
  'delete-from-queue': 'DELETE FROM unindexed WHERE report_id = $1',
  'delete-twin': 'DELETE FROM box_reports WHERE id = $1',
  'delete-set-aside': `DELETE FROM unplaced_rows
                        WHERE (source = 'box_reports' AND (content ->> 'id')::uuid = $1)
                           OR (content ->> 'report_id')::uuid = $1`,
  // What was found by it, and its links to others, go with it.
  'delete-report': 'DELETE FROM reports WHERE id = $1',
}

/**
 * Destroys every key of one report, and then every row, in the box and out of it. To be done in one transaction:
 * cut short, nothing has been done.
 */
export async function destroyReport(query: Query, id: string): Promise<void> {
  for (const [name, text] of Object.entries(destruction)) await query({ name, text, values: [id] })
}
