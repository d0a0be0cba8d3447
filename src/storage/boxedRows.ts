import { type BoxedReport, boxedColumns } from './admission.ts'
import type { WrappedKey } from './batchKeys.ts'
import type { Half } from './boxHalves.ts'
import { boxOf, keyPrefixes } from './boxKinds.ts'
import { firstId, type Stretch } from './boxStretches.ts'
import type { Query } from './pool.ts'

/** What lies in one half of the box, read for the mixing. */

/** A row that belongs to a mailbox, without its body. */
export interface BoxedRow {
  id: string
  reportId: string
  mailboxId: string
  /** In the order of the table of sealed kinds. */
  keys: WrappedKey[]
}

/** The next rows of a stretch by report and id, without their bodies. Both are random: this order tells nothing. */
export async function nextBoxed(
  query: Query,
  half: Half,
  kind: 'messages' | 'attachments',
  { from, to }: Stretch,
  after: BoxedRow | undefined,
  limit: number,
): Promise<BoxedRow[]> {
  const first = after === undefined
  const listOf = (column: string) =>
    keyPrefixes(kind)
      .map((prefix) => `${prefix}${column}`)
      .join(', ')
  const rows = await query<Omit<BoxedRow, 'keys'> & { batchIds: string[]; wrappedKeys: Buffer[] }>({
    name: `next-${kind}-${half}${first ? '-first' : ''}`,
    text: `SELECT id, report_id AS "reportId", mailbox_id AS "mailboxId", ARRAY[${listOf('batch_id')}] AS "batchIds",
                  ARRAY[${listOf('wrapped_key')}] AS "wrappedKeys"
             FROM ${boxOf(kind)}_${half}
            WHERE (report_id, id) ${first ? '>=' : '>'} ($2, $3) AND report_id <= $4 ORDER BY report_id, id LIMIT $1`,
    values: [limit, after?.reportId ?? from, after?.id ?? firstId, to],
  })
  return rows.map(({ batchIds, wrappedKeys, ...row }) => ({
    ...row,
    keys: wrappedKeys.map((wrappedKey, index) => ({ batchId: batchIds[index] ?? '', wrappedKey })),
  }))
}

interface BoxedMessage {
  kind: 'messages'
  id: string
  reportId: string
  number: number
  sentOn: string
  body: Buffer
  signature: Buffer
}
interface BoxedImage {
  kind: 'attachments'
  id: string
  reportId: string
  receivedOn: string
  body: Buffer
  signature: Buffer
  meta: Buffer
}

/** One such row with all that is sealed in it. */
export async function boxedContent(
  query: Query,
  half: Half,
  kind: 'messages' | 'attachments',
  id: string,
): Promise<BoxedMessage | BoxedImage | undefined> {
  const own = { messages: 'number, sent_on AS "sentOn"', attachments: 'received_on AS "receivedOn", meta' }[
    kind
  ]
  const rows = await query<BoxedMessage | BoxedImage>({
    name: `boxed-content-of-${kind}-${half}`,
    text: `SELECT '${kind}' AS kind, id, report_id AS "reportId", body, signature, ${own}
             FROM ${boxOf(kind)}_${half} WHERE id = $1 LIMIT 1`,
    values: [id],
  })
  return rows[0]
}

/** Bytes of bodies in memory at once; one report more, if it is larger. */
const bytesAtMost = 8 * 1024 * 1024

/** The next reports of a stretch by id with their bodies, `limit` at most; fewer if they are large; none at the end. */
export function nextBoxedReports(
  query: Query,
  half: Half,
  { from, to }: Stretch,
  after: string | undefined,
  limit: number,
): Promise<BoxedReport[]> {
  const first = after === undefined
  const box = `${boxOf('reports')}_${half}`
  return query<BoxedReport>({
    name: `next-reports-${half}${first ? '-first' : ''}`,
    // Each row by its index: the planner does not know how many rows somebody has put in.
    text: `SELECT row.* FROM (
             SELECT id, size, sum(size) OVER (ORDER BY id ROWS UNBOUNDED PRECEDING) AS upto FROM (
               SELECT id, octet_length(body)::bigint AS size FROM ${box}
                WHERE id ${first ? '>=' : '>'} $2 AND id <= $3 ORDER BY id LIMIT $1) AS sized) AS step
            CROSS JOIN LATERAL (SELECT ${boxedColumns} FROM ${box} WHERE id = step.id LIMIT 1) AS row
            WHERE upto - size < ${bytesAtMost} ORDER BY step.id`,
    values: [limit, after ?? from, to],
  })
}

/** The sealed reports with these ids, wherever they lie. */
export function sealedReports(query: Query, ids: readonly string[]) {
  return query<WrappedKey & { id: string; receivedOn: string; body: Buffer }>({
    name: 'sealed-reports',
    text: `SELECT id, batch_id AS "batchId", wrapped_key AS "wrappedKey", received_on AS "receivedOn", body FROM listed_reports WHERE id = ANY ($1)`,
    values: [ids],
  })
}

/** The mailboxes of these reports that their reporters have not ended. */
export function mailboxesOfReports(query: Query, reportIds: readonly string[]) {
  return query<{ id: string; reportId: string }>({
    name: 'mailboxes-of-reports',
    text: 'SELECT id, report_id AS "reportId" FROM listed_mailboxes WHERE report_id = ANY ($1)',
    values: [reportIds],
  })
}
