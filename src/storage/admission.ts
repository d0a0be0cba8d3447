import type { WrappedKey } from './batchKeys.ts'
import { boxKinds, boxOf, newKeyColumns, placing, type SealedBoxKind } from './boxKinds.ts'
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

/**
 * Moves one row out of the box, its data keys as they are given, by the order of the table of sealed kinds. Of rows with one
 * id it takes the one that is listed: not one that was set aside. Tells which half it lay in; undefined if another was
 * faster.
 */
async function moveRow(
  query: Query,
  kind: SealedBoxKind,
  id: string,
  keys: readonly WrappedKey[],
): Promise<number | undefined> {
  const [box, { main, day }] = [boxOf(kind), boxKinds[kind]]
  const { into, select } = placing(
    kind,
    newKeyColumns(kind).map((_, index) => `$${index + 2}`),
  )
  const [moved] = await query<{ parity: number }>({
    name: `move-one-of-${kind}`,
    text: `WITH taken AS (
             DELETE FROM ${box} WHERE id = $1 AND parity = (
               SELECT b.parity FROM ${box} b
                WHERE b.id = $1 AND NOT EXISTS (SELECT FROM ${main} m WHERE m.id = b.id)
                ORDER BY b.${day}, ((b.${day} - DATE '2000-01-01') & 1 <> b.parity) LIMIT 1)
             RETURNING *
           ), moved AS (${into} ${select} FROM taken b)
           SELECT parity FROM taken`,
    values: [id, ...keys.flatMap(({ batchId, wrappedKey }) => [batchId, wrappedKey])],
  })
  return moved?.parity
}

/** Moves a message of a reporter or an image out of the box; false if another was faster. */
export async function moveFromMailbox(
  query: Query,
  kind: 'messages' | 'attachments',
  id: string,
  keys: readonly WrappedKey[],
): Promise<boolean> {
  return (await moveRow(query, kind, id, keys)) !== undefined
}

/** Moves a report and its mailbox out of the box; false if another was faster. */
export async function moveReport(query: Query, id: string, key: WrappedKey): Promise<boolean> {
  await noteLeaving(query, [id])
  const parity = await moveRow(query, 'reports', id, [key])
  if (parity === undefined) return false
  await moveMailbox(query, id, parity)
  await query({
    name: 'queue-for-index',
    text: 'INSERT INTO unindexed (report_id) VALUES ($1) ON CONFLICT DO NOTHING',
    values: [id],
  })
  return true
}

/** Moves the mailbox that came with a report. One whose lookup id or id is taken is kept apart: the other is listed. */
async function moveMailbox(query: Query, reportId: string, parity: number): Promise<void> {
  const { into, select } = placing('mailboxes')
  await query({
    name: 'move-mailbox',
    text: `WITH taken AS (
             DELETE FROM box_mailboxes WHERE report_id = $1 AND parity = $2 RETURNING *
           ), moved AS (
             ${into} ${select} FROM taken b
             ON CONFLICT DO NOTHING
             RETURNING lookup_id
           )
           INSERT INTO unplaced_rows (source, found_on, content)
           SELECT 'box_mailboxes', (now() AT TIME ZONE 'UTC')::date, to_jsonb(t) FROM taken t
            WHERE NOT EXISTS (SELECT FROM moved m WHERE m.lookup_id = t.lookup_id)`,
    values: [reportId, parity],
  })
}
