import type { Query } from './pool.ts'

export interface AttachmentRow {
  id: string
  reportId: string
  mailboxId: string
  receivedOn: string
  batchId: string
  wrappedKey: Buffer
  signature: Buffer
  metaBatchId: string
  metaWrappedKey: Buffer
  meta: Buffer
  quarantined: boolean
  boxed: boolean
}

const columns = `a.id, a.report_id AS "reportId", a.mailbox_id AS "mailboxId", a.received_on AS "receivedOn",
  a.batch_id AS "batchId", a.wrapped_key AS "wrappedKey", a.signature, a.meta_batch_id AS "metaBatchId",
  a.meta_wrapped_key AS "metaWrappedKey", a.meta, a.quarantined,
  NOT EXISTS (SELECT FROM attachments m WHERE m.id = a.id) AS boxed`

/** A report's images without their bytes, at most 100. */
export function listAttachments(query: Query, reportId: string): Promise<AttachmentRow[]> {
  return query<AttachmentRow>({
    name: 'attachments',
    text: `SELECT ${columns} FROM listed_attachments a WHERE a.report_id = $1 ORDER BY a.received_on, a.id LIMIT 100`,
    values: [reportId],
  })
}

/** One image of a report, with its sealed bytes. */
export async function findAttachment(
  query: Query,
  reportId: string,
  id: string,
): Promise<(AttachmentRow & { body: Buffer }) | undefined> {
  const rows = await query<AttachmentRow & { body: Buffer }>({
    name: 'attachment',
    text: `SELECT ${columns}, a.body FROM listed_attachments a WHERE a.id = $2 AND a.report_id = $1`,
    values: [reportId, id],
  })
  return rows[0]
}

/** Stops all use of an image that has left the box; false if it was stopped before. */
export async function quarantineAttachment(query: Query, id: string): Promise<boolean> {
  const rows = await query({
    name: 'quarantine-attachment',
    text: 'UPDATE attachments SET quarantined = true WHERE id = $1 AND NOT quarantined RETURNING id',
    values: [id],
  })
  return rows.length > 0
}

/** Destroys an image: its keys first, then the row. */
export async function deleteAttachment(
  query: Query,
  { id, batchId, metaBatchId }: AttachmentRow,
): Promise<void> {
  await query({
    name: 'delete-attachment-keys',
    text: `WITH to_mailbox AS (DELETE FROM mailbox_batch_keys WHERE batch_id = ANY ($1))
           DELETE FROM batch_keys WHERE batch_id = ANY ($1)`,
    values: [[batchId, metaBatchId]],
  })
  await query({ name: 'delete-attachment', text: 'DELETE FROM attachments WHERE id = $1', values: [id] })
}
