import type { Query } from './pool.ts'

/** The last day of arrival that is not kept any more, for each review group; a group that is not here is kept. */
export type DueBefore = readonly { group: string; day: string }[]

export interface DueReport {
  id: string
  receivedOn: string
}

/**
 * Reports whose time is over, in the order of their ids: not on legal hold, and without a dissemination that waits
 * for its answer.
 */
export function dueReports(
  query: Query,
  due: DueBefore,
  limit: number,
  afterId: string | undefined,
): Promise<DueReport[]> {
  return query<DueReport>({
    name: 'due-reports',
    text: `SELECT r.id, r.received_on AS "receivedOn"
             FROM unnest($1::text[], $2::date[]) AS d (review_group, day)
             JOIN reports r ON r.review_group = d.review_group AND r.received_on <= d.day
            WHERE NOT r.legal_hold AND ($4::uuid IS NULL OR r.id > $4)
              AND NOT EXISTS (SELECT FROM disseminations s
                               WHERE s.report_id = r.id AND s.status IN ('sent', 'acknowledged')
                                 AND (s.expires_on IS NULL OR s.expires_on >= current_date))
            ORDER BY r.id LIMIT $3`,
    values: [due.map(({ group }) => group), due.map(({ day }) => day), limit, afterId],
  })
}

/** Takes the report from others to the end of the transaction; false if it came under legal hold or is gone. */
export async function takeDueReport(query: Query, id: string): Promise<boolean> {
  const rows = await query({
    name: 'take-due-report',
    text: 'SELECT id FROM reports WHERE id = $1 AND NOT legal_hold FOR UPDATE SKIP LOCKED',
    values: [id],
  })
  return rows.length > 0
}

/** Whatever of one report is sealed in a batch of its own. Its body shares a batch, so there the wrapped key goes. */
const ownBatches = `
  SELECT batch_id FROM casework WHERE report_id = $1
  UNION ALL SELECT batch_id FROM listed_reporter_messages WHERE report_id = $1
  UNION ALL SELECT batch_id FROM staff_messages WHERE report_id = $1
  UNION ALL SELECT meta_batch_id FROM listed_attachments WHERE report_id = $1
  UNION ALL SELECT batch_id FROM disseminations WHERE report_id = $1
  UNION ALL SELECT record_batch_id FROM disseminations WHERE report_id = $1
  UNION ALL SELECT batch_id FROM outcomes WHERE report_id = $1
     OR dissemination_id IN (SELECT id FROM disseminations WHERE report_id = $1)
  UNION ALL SELECT reason_batch_id FROM audit_records WHERE report_id = $1 AND reason_batch_id IS NOT NULL`

/** Destroys every key of one report. From then on nothing of it opens, whatever becomes of its rows. */
export async function shredReport(query: Query, id: string): Promise<void> {
  const statements = {
    'shred-report': `UPDATE reports SET wrapped_key = '' WHERE id = $1`,
    'shred-attachments': `UPDATE attachments SET wrapped_key = '', meta_wrapped_key = '' WHERE report_id = $1`,
    'shred-mailbox-keys': `DELETE FROM mailbox_batch_keys WHERE batch_id IN (${ownBatches})`,
    'shred-agency-keys': `DELETE FROM agency_batch_keys WHERE batch_id IN (${ownBatches})`,
    'shred-keys': `DELETE FROM batch_keys WHERE batch_id IN (${ownBatches})`,
  }
  for (const [name, text] of Object.entries(statements)) await query({ name, text, values: [id] })
}

/** Deletes every row of one report, in the box and out of it. */
export async function deleteReport(query: Query, id: string): Promise<void> {
  const statements = {
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
    'delete-from-queue': 'DELETE FROM unindexed WHERE report_id = $1',
    'delete-events': 'DELETE FROM events WHERE report_id = $1',
    'delete-report': 'DELETE FROM reports WHERE id = $1',
  }
  for (const [name, text] of Object.entries(statements)) await query({ name, text, values: [id] })
}

/** Mailboxes in which nobody has said anything since `day`, though somebody had. */
export async function silentMailboxes(query: Query, day: string, limit: number): Promise<Buffer[]> {
  const rows = await query<{ lookupId: Buffer }>({
    name: 'silent-mailboxes',
    text: `SELECT m.lookup_id AS "lookupId" FROM mailboxes m
             CROSS JOIN LATERAL (
               SELECT max(said.on) AS last FROM (
                 SELECT max(r.sent_on) AS on FROM listed_reporter_messages r WHERE r.mailbox_id = m.id
                 UNION ALL SELECT max(s.sent_on) FROM staff_messages s WHERE s.mailbox_id = m.id) said) said
            WHERE said.last < $1 ORDER BY m.lookup_id LIMIT $2`,
    values: [day, limit],
  })
  return rows.map(({ lookupId }) => lookupId)
}

export async function endSilentMailbox(query: Query, lookupId: Buffer): Promise<void> {
  await query({ name: 'end-silent-mailbox', text: 'SELECT end_mailbox($1)', values: [lookupId] })
}

const retentionLock = 7_365_752

/** One instance purges at a time; false if another does. */
export async function lockRetention(query: Query): Promise<boolean> {
  const rows = await query<{ taken: boolean }>({
    name: 'lock-retention',
    text: 'SELECT pg_try_advisory_xact_lock($1) AS taken',
    values: [retentionLock],
  })
  return rows[0]?.taken ?? false
}
