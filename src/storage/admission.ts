import { noteLeaving } from './leftBox.ts'
import type { Query } from './pool.ts'
import type { SealedReportRow } from './reports.ts'

/** Moves from the box to the main tables. A row's place there tells of the staff's act, not of its arrival. */

/** A report as intake put it in: sealed, and what intake says of it. */
export interface BoxedReport
  extends Pick<
    SealedReportRow,
    | 'id'
    | 'receivedOn'
    | 'category'
    | 'priority'
    | 'leadAgency'
    | 'supportAgencies'
    | 'restricted'
    | 'batchId'
    | 'wrappedKey'
    | 'body'
  > {}

/** Its columns, of a table of the box. */
export const boxedColumns = `id, received_on AS "receivedOn", category, priority, lead_agency AS "leadAgency",
  support_agencies AS "supportAgencies", restricted, batch_id AS "batchId", wrapped_key AS "wrappedKey", body`

/** A report, if it still lies in the box. */
export async function findBoxedReport(query: Query, id: string): Promise<BoxedReport | undefined> {
  const rows = await query<BoxedReport>({
    name: 'boxed-report',
    text: `SELECT ${boxedColumns} FROM listed_reports l
            WHERE id = $1 AND NOT EXISTS (SELECT FROM reports r WHERE r.id = l.id)`,
    values: [id],
  })
  return rows[0]
}

/** Of the rows in the box with this id the one that is listed: not one that was set aside. */
export const winner = (box: string, main: string, day: string) => `
  SELECT b.parity FROM ${box} b
   WHERE b.id = $1 AND NOT EXISTS (SELECT FROM ${main} m WHERE m.id = b.id)
   ORDER BY b.${day}, ((b.${day} - DATE '2000-01-01') % 2 <> b.parity) LIMIT 1`

/** Moves a report and its mailbox out of the box; false if another was faster. */
export async function moveReport(
  query: Query,
  id: string,
  batchId: string,
  wrappedKey: Buffer,
): Promise<boolean> {
  await noteLeaving(query, [id])
  const [moved] = await query<{ parity: number }>({
    name: 'move-report',
    text: `WITH taken AS (
             DELETE FROM box_reports WHERE id = $1 AND parity = (${winner('box_reports', 'reports', 'received_on')})
             RETURNING *
           ), moved AS (
             INSERT INTO reports (id, received_on, category, priority, lead_agency, support_agencies, restricted,
                                  attention_by, batch_id, wrapped_key, body)
             SELECT id, received_on, category, priority, lead_agency, support_agencies, restricted,
                    CASE WHEN priority = 3 THEN received_on END, $2, $3, body
               FROM taken
           )
           SELECT parity FROM taken`,
    values: [id, batchId, wrappedKey],
  })
  if (moved === undefined) return false
  await moveMailbox(query, id, moved.parity)
  await query({
    name: 'queue-for-index',
    text: 'INSERT INTO unindexed (report_id) VALUES ($1) ON CONFLICT DO NOTHING',
    values: [id],
  })
  return true
}

/** Moves the mailbox that came with a report. One whose lookup id or id is taken is kept apart: the other is listed. */
async function moveMailbox(query: Query, reportId: string, parity: number): Promise<void> {
  await query({
    name: 'move-mailbox',
    text: `WITH taken AS (
             DELETE FROM box_mailboxes WHERE report_id = $1 AND parity = $2 RETURNING *
           ), moved AS (
             INSERT INTO mailboxes (lookup_id, id, report_id, opened_on, sealing_key, signing_key, attachments_allowed)
             SELECT lookup_id, id, report_id, opened_on, sealing_key, signing_key, attachments_allowed FROM taken
             ON CONFLICT DO NOTHING
             RETURNING lookup_id
           )
           INSERT INTO unplaced_rows (source, found_on, content)
           SELECT 'box_mailboxes', (now() AT TIME ZONE 'UTC')::date, to_jsonb(t) FROM taken t
            WHERE NOT EXISTS (SELECT FROM moved m WHERE m.lookup_id = t.lookup_id)`,
    values: [reportId, parity],
  })
}

export interface NewAttachmentKeys {
  batchId: string
  wrappedKey: Buffer
  metaBatchId: string
  metaWrappedKey: Buffer
}

/** Moves an image out of the box; false if another was faster. */
export async function moveAttachment(query: Query, id: string, keys: NewAttachmentKeys): Promise<boolean> {
  const moved = await query({
    name: 'move-attachment',
    text: `WITH taken AS (
             DELETE FROM box_attachments
              WHERE id = $1 AND parity = (${winner('box_attachments', 'attachments', 'received_on')})
             RETURNING *)
           INSERT INTO attachments (id, report_id, mailbox_id, received_on, batch_id, wrapped_key, body, signature,
                                    meta_batch_id, meta_wrapped_key, meta)
           SELECT id, report_id, mailbox_id, received_on, $2, $3, body, signature, $4, $5, meta FROM taken
           RETURNING id`,
    values: [id, keys.batchId, keys.wrappedKey, keys.metaBatchId, keys.metaWrappedKey],
  })
  return moved.length > 0
}
