import type { Query } from './pool.ts'

/** Conversations that ended: by silence, or since their reporter ended the mailbox. */

export interface SilentMailbox {
  lookupId: Buffer
  reportId: string
}

/** Whether nobody has said anything in the mailbox `m` since the day $1, though somebody had, and staff have read it all. */
const isSilent = `
  (SELECT max(said.on) FROM (
     SELECT max(r.sent_on) AS on FROM listed_reporter_messages r WHERE r.mailbox_id = m.id
     UNION ALL SELECT max(s.sent_on) FROM staff_messages s WHERE s.mailbox_id = m.id) said) < $1
  AND NOT EXISTS (SELECT FROM listed_reporter_messages r WHERE r.mailbox_id = m.id AND NOT r.read)`

/** Mailboxes in which nobody has said anything since `day`, in the order of their lookup ids. */
export function silentMailboxes(
  query: Query,
  day: string,
  limit: number,
  after: Buffer | undefined,
): Promise<SilentMailbox[]> {
  return query<SilentMailbox>({
    name: 'silent-mailboxes',
    text: `SELECT m.lookup_id AS "lookupId", m.report_id AS "reportId" FROM mailboxes m
            WHERE m.lookup_id > $3 AND ${isSilent} ORDER BY m.lookup_id LIMIT $2`,
    values: [day, limit, after ?? Buffer.alloc(0)],
  })
}

/** Whether this mailbox is there, and silent still. */
export async function isStillSilent(query: Query, day: string, lookupId: Buffer): Promise<boolean> {
  const rows = await query({
    name: 'still-silent',
    text: `SELECT FROM mailboxes m WHERE m.lookup_id = $2 AND ${isSilent}`,
    values: [day, lookupId],
  })
  return rows.length > 0
}

/** The mailboxes of a report, in the order in which they are to be locked. */
export async function mailboxesOf(query: Query, reportId: string): Promise<Buffer[]> {
  const rows = await query<{ lookupId: Buffer }>({
    name: 'mailboxes-of',
    text: 'SELECT DISTINCT lookup_id AS "lookupId" FROM listed_mailboxes WHERE report_id = $1 ORDER BY lookup_id',
    values: [reportId],
  })
  return rows.map(({ lookupId }) => lookupId)
}

export async function endSilentMailbox(query: Query, lookupId: Buffer): Promise<void> {
  await query({ name: 'end-silent-mailbox', text: 'SELECT end_mailbox($1)', values: [lookupId] })
}

export interface StrayConversation {
  mailboxId: string
  reportId: string
}

/** Conversations whose mailbox is gone: its reporter ended it while something kept the report. */
export function strayConversations(
  query: Query,
  limit: number,
  after: StrayConversation | undefined,
): Promise<StrayConversation[]> {
  return query<StrayConversation>({
    name: 'stray-conversations',
    text: `SELECT c.mailbox_id AS "mailboxId", c.report_id AS "reportId"
             FROM (SELECT mailbox_id, report_id FROM reporter_messages
                   UNION SELECT mailbox_id, report_id FROM staff_messages) c
            WHERE ($2::uuid IS NULL OR (c.mailbox_id, c.report_id) > ($2, $3::uuid))
              AND NOT EXISTS (SELECT FROM listed_mailboxes m WHERE m.report_id = c.report_id AND m.id = c.mailbox_id)
            ORDER BY c.mailbox_id, c.report_id LIMIT $1`,
    values: [limit, after?.mailboxId, after?.reportId],
  })
}

/** Destroys what both sides said in a mailbox that is gone. */
export async function deleteConversation(
  query: Query,
  { mailboxId, reportId }: StrayConversation,
): Promise<void> {
  const own = 'mailbox_id = $1 AND report_id = $2'
  const named = `SELECT batch_id FROM reporter_messages WHERE ${own}
                 UNION ALL SELECT batch_id FROM staff_messages WHERE ${own}`
  const statements = {
    'shred-conversation': `DELETE FROM batch_keys k WHERE batch_id IN (${named})
                              AND NOT EXISTS (SELECT FROM reports o WHERE o.batch_id = k.batch_id)`,
    'delete-conversation-in': `DELETE FROM reporter_messages WHERE ${own}`,
    'delete-conversation-out': `DELETE FROM staff_messages WHERE ${own}`,
  }
  for (const [name, text] of Object.entries(statements)) {
    await query({ name, text, values: [mailboxId, reportId] })
  }
}

export async function isReportThere(query: Query, reportId: string): Promise<boolean> {
  const rows = await query({
    name: 'is-report-there',
    text: 'SELECT FROM listed_reports WHERE id = $1',
    values: [reportId],
  })
  return rows.length > 0
}

export async function countMailboxes(query: Query): Promise<number> {
  const rows = await query<{ count: number }>({
    name: 'count-mailboxes',
    text: 'SELECT count(*)::integer AS count FROM mailboxes',
    values: [],
  })
  return rows[0]?.count ?? 0
}
