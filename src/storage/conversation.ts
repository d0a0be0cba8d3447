import { keysOf, type WithKeys } from './keysBeside.ts'
import type { Query } from './pool.ts'
import type { StaffMessageRow } from './staffMessages.ts'

/** Both sides of the conversation about a report, sealed. */

export interface ReporterMessageRow extends WithKeys {
  id: string
  reportId: string
  mailboxId: string
  number: number
  sentOn: string
  batchId: string
  wrappedKey: Buffer
  body: Buffer
  signature: Buffer
  read: boolean
  boxed: boolean
}

export type KeyedStaffMessageRow = StaffMessageRow & WithKeys & { writtenAt: Date }

/** More than a mailbox takes of one side. */
const rowsAtMost = 1000

/** What the reporter added, in order. */
export function reporterMessages(query: Query, reportId: string): Promise<ReporterMessageRow[]> {
  return query<ReporterMessageRow>({
    name: 'reporter-messages',
    text: `SELECT m.id, m.report_id AS "reportId", m.mailbox_id AS "mailboxId", m.number, m.sent_on AS "sentOn",
                  m.batch_id AS "batchId", m.wrapped_key AS "wrappedKey", m.body, m.signature, m.read,
                  NOT EXISTS (SELECT FROM reporter_messages r WHERE r.id = m.id) AS boxed, keys.*
             FROM listed_reporter_messages m ${keysOf('m')}
            WHERE m.report_id = $1 ORDER BY m.number, m.id LIMIT ${rowsAtMost}`,
    values: [reportId],
  })
}

/** What staff wrote, drafts too, in the order of writing. */
export function staffMessages(query: Query, reportId: string): Promise<KeyedStaffMessageRow[]> {
  return query<KeyedStaffMessageRow>({
    name: 'staff-messages',
    text: `SELECT s.id, s.report_id AS "reportId", s.mailbox_id AS "mailboxId", s.number, s.sent_on AS "sentOn",
                  s.status, s.author, s.version, s.written_on AS "writtenOn", s.written_at AS "writtenAt",
                  s.batch_id AS "batchId", s.wrapped_key AS "wrappedKey", s.body, s.signature, keys.*
             FROM staff_messages s ${keysOf('s')}
            WHERE s.report_id = $1 ORDER BY s.written_at, s.id LIMIT ${rowsAtMost}`,
    values: [reportId],
  })
}

/** Notes that staff have read these messages. */
export async function markRead(query: Query, ids: readonly string[]): Promise<void> {
  await query({
    name: 'mark-read',
    text: 'UPDATE reporter_messages SET read = true WHERE id = ANY ($1::uuid[]) AND NOT read',
    values: [ids],
  })
}

/** Sets or clears the flag that lists show; tells whether it changed. The report's version moves with it. */
export async function setChisReview(
  query: Query,
  reportId: string,
  { locked, pending }: { locked: boolean; pending: boolean },
): Promise<boolean> {
  const changed = await query({
    name: 'set-chis-review',
    text: `UPDATE reports SET chis_review = $2, pending = $3, version = version + 1
            WHERE id = $1 AND chis_review <> $2 RETURNING id`,
    values: [reportId, locked, pending],
  })
  return changed.length > 0
}
