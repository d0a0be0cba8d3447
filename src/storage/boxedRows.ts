import { type BoxedReport, boxedColumns } from './admission.ts'
import { type Half, kinds } from './mixing.ts'
import type { Query } from './pool.ts'

/** What lies in one half of the box, read for the mixing. */

interface BoxedKey {
  id: string
  batchId: string
  wrappedKey: Buffer
}
export interface BoxedMessage extends BoxedKey {
  reportId: string
  mailboxId: string
}
export interface BoxedAttachment extends BoxedMessage {
  metaBatchId: string
  metaWrappedKey: Buffer
}
interface BoxedRows {
  messages: BoxedMessage
  attachments: BoxedAttachment
}

const wrapped = 'id, batch_id AS "batchId", wrapped_key AS "wrappedKey"'
const ofMailbox = `${wrapped}, report_id AS "reportId", mailbox_id AS "mailboxId"`
const boxed = {
  messages: ofMailbox,
  attachments: `${ofMailbox}, meta_batch_id AS "metaBatchId", meta_wrapped_key AS "metaWrappedKey"`,
}

/** The next rows by id, without their bodies. Ids are random: this order tells nothing. */
export function nextBoxed<K extends keyof BoxedRows>(
  query: Query,
  half: Half,
  kind: K,
  after: string | undefined,
  limit: number,
): Promise<BoxedRows[K][]> {
  const first = after === undefined
  return query<BoxedRows[K]>({
    name: `next-${kind}-${half}${first ? '-first' : ''}`,
    text: `SELECT ${boxed[kind]} FROM ${kinds[kind].box}_${half} ${first ? '' : 'WHERE id > $2'} ORDER BY id LIMIT $1`,
    values: first ? [limit] : [limit, after],
  })
}

/** Bytes of bodies in memory at once; one report more, if it is larger. */
const bytesAtMost = 8 * 1024 * 1024

/** The next reports by id with their bodies, `limit` at most; fewer if they are large; none at the end. */
export function nextBoxedReports(
  query: Query,
  half: Half,
  after: string | undefined,
  limit: number,
): Promise<BoxedReport[]> {
  const first = after === undefined
  const box = `${kinds.reports.box}_${half}`
  return query<BoxedReport>({
    name: `next-reports-${half}${first ? '-first' : ''}`,
    // Each row by its index: the planner does not know how many rows somebody has put in.
    text: `SELECT row.* FROM (
             SELECT id, size, sum(size) OVER (ORDER BY id ROWS UNBOUNDED PRECEDING) AS upto FROM (
               SELECT id, octet_length(body)::bigint AS size FROM ${box}
                ${first ? '' : 'WHERE id > $2'} ORDER BY id LIMIT $1) AS sized) AS step
            CROSS JOIN LATERAL (SELECT ${boxedColumns} FROM ${box} WHERE id = step.id LIMIT 1) AS row
            WHERE upto - size < ${bytesAtMost} ORDER BY step.id`,
    values: first ? [limit] : [limit, after],
  })
}

/** The sealed reports with these ids, wherever they lie. */
export function sealedReports(query: Query, ids: readonly string[]) {
  return query<BoxedKey & { receivedOn: string; body: Buffer }>({
    name: 'sealed-reports',
    text: `SELECT ${wrapped}, received_on AS "receivedOn", body FROM listed_reports WHERE id = ANY ($1)`,
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
