import type { Query } from './pool.ts'

/** Whatever of one report is sealed in a batch of its own. Its body shares a batch, so there the wrapped key goes. */
const ownBatches = `
  SELECT batch_id FROM casework WHERE report_id = $1
  UNION ALL SELECT batch_id FROM listed_reporter_messages WHERE report_id = $1
  UNION ALL SELECT batch_id FROM staff_messages WHERE report_id = $1
  UNION ALL SELECT batch_id FROM listed_attachments WHERE report_id = $1
  UNION ALL SELECT meta_batch_id FROM listed_attachments WHERE report_id = $1
  UNION ALL SELECT batch_id FROM disseminations WHERE report_id = $1
  UNION ALL SELECT record_batch_id FROM disseminations WHERE report_id = $1
  UNION ALL SELECT batch_id FROM outcomes WHERE report_id = $1
     OR dissemination_id IN (SELECT id FROM disseminations WHERE report_id = $1)
  UNION ALL SELECT reason_batch_id FROM audit_records WHERE report_id = $1 AND reason_batch_id IS NOT NULL`

/** A row that was put in by stealth may name the batch of other reports: theirs stay. */
const butNeighbours = 'NOT EXISTS (SELECT FROM reports o WHERE o.batch_id = k.batch_id AND o.id <> $1)'

/** Keys first: from the first statements on, nothing of the report opens. */
const destruction = {
  'shred-report': `UPDATE reports SET wrapped_key = '' WHERE id = $1`,
  'shred-attachments': `UPDATE attachments SET wrapped_key = '', meta_wrapped_key = '' WHERE report_id = $1`,
  'shred-mailbox-keys': `DELETE FROM mailbox_batch_keys k WHERE batch_id IN (${ownBatches}) AND ${butNeighbours}`,
  'shred-agency-keys': `DELETE FROM agency_batch_keys k WHERE batch_id IN (${ownBatches}) AND ${butNeighbours}`,
  'shred-keys': `DELETE FROM batch_keys k WHERE batch_id IN (${ownBatches}) AND ${butNeighbours}`,
  'delete-outcomes': `DELETE FROM outcomes WHERE report_id = $1
                         OR dissemination_id IN (SELECT id FROM disseminations WHERE report_id = $1)`,
  'delete-disseminations': 'DELETE FROM disseminations WHERE report_id = $1',
  'delete-casework': 'DELETE FROM casework WHERE report_id = $1',
  'delete-attachments': 'DELETE FROM attachments WHERE report_id = $1',
  'delete-boxed-attachments': 'DELETE FROM box_attachments WHERE report_id = $1',
  'delete-staff-messages': 'DELETE FROM staff_messages WHERE report_id = $1',
  'delete-reporter-messages': 'DELETE FROM reporter_messages WHERE report_id = $1',
  'delete-boxed-messages': 'DELETE FROM box_reporter_messages WHERE report_id = $1',
  'delete-mailbox': 'DELETE FROM mailboxes WHERE report_id = $1',
  'delete-boxed-mailbox': 'DELETE FROM box_mailboxes WHERE report_id = $1',
  'delete-from-queue': 'DELETE FROM unindexed WHERE report_id = $1',
  'delete-events-of-report': 'DELETE FROM events WHERE report_id = $1',
  'delete-twin': 'DELETE FROM box_reports WHERE id = $1',
  // What was found by it, and its links to others, go with it.
  'delete-report': 'DELETE FROM reports WHERE id = $1',
} as const

/**
 * Destroys every key of one report, and then every row, in the box and out of it. To be done in one transaction:
 * cut short, nothing has been done.
 */
export async function destroyReport(query: Query, id: string): Promise<void> {
  for (const [name, text] of Object.entries(destruction)) await query({ name, text, values: [id] })
}
