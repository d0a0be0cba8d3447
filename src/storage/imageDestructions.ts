import type { Query } from './pool.ts'

/** That one supervisor wants an image destroyed. */
export interface ImageDestructionRow {
  attachmentId: string
  reportId: string
  askedBy: string
  askedAt: Date
  signature: Buffer
}

/** What waits of these images. */
export function imageDestructionsOf(query: Query, ids: readonly string[]): Promise<ImageDestructionRow[]> {
  return query<ImageDestructionRow>({
    name: 'image-destructions',
    text: `SELECT attachment_id AS "attachmentId", report_id AS "reportId", asked_by AS "askedBy",
                  asked_at AS "askedAt", signature
             FROM image_destructions WHERE attachment_id = ANY ($1::uuid[])`,
    values: [ids],
  })
}

export async function insertImageDestruction(query: Query, row: ImageDestructionRow): Promise<void> {
  await query({
    name: 'insert-image-destruction',
    text: `INSERT INTO image_destructions (attachment_id, report_id, asked_by, asked_at, signature)
           VALUES ($1, $2, $3, $4, $5)`,
    values: [row.attachmentId, row.reportId, row.askedBy, row.askedAt, row.signature],
  })
}

/** Forgets that an image was to be destroyed, where anybody asked for it. */
export async function deleteImageDestruction(query: Query, attachmentId: string): Promise<void> {
  await query({
    name: 'delete-image-destruction',
    text: 'DELETE FROM image_destructions WHERE attachment_id = $1',
    values: [attachmentId],
  })
}
