import type { Query, Statement } from './pool.ts'
import { mayOpen } from './visibility.ts'

/** What can wait for a second person, in the order in which it is listed: what went out unapproved first. */
export const waitingKinds = ['urgent-dissemination', 'message', 'item', 'closure'] as const
export type WaitingKind = (typeof waitingKinds)[number]

/** Something that waits, as the rows in the clear have it. */
export interface WaitingRow {
  kind: WaitingKind
  /** The report; of a closure each report of it that waits and that the viewer may open, as it stands. */
  reports: string[]
  versions: number[]
  id: string
  /** Who wrote or sent it; null of a closure, whose sealed part says it. */
  author: string | null
  at: Date
  reviewBy: Date | null
  /** Where in its kind it stands, to the microsecond. */
  place: string
}

export interface WaitingPosition {
  kind: WaitingKind
  place: string
  id: string
}

interface Asker {
  personId: string
  agency: string | null
}

/** The next that wait, each of a report that the viewer may open now. */
export function waitingRows(
  query: Query,
  viewer: Asker,
  limit: number,
  after: WaitingPosition | undefined,
): Promise<WaitingRow[]> {
  return query<WaitingRow>(waitingStatement(viewer, limit, after))
}

export function waitingStatement(
  { personId, agency }: Asker,
  limit: number,
  after: WaitingPosition | undefined,
): Statement {
  return {
    name: 'waiting',
    text: `
      SELECT kind, reports, versions, id, author, at, "reviewBy", place::text AS place FROM (
        ${sources.map(branch).join(' UNION ALL ')}) AS waiting
       ORDER BY part, place, id LIMIT $6`,
    values: [
      personId,
      agency,
      after === undefined ? -1 : waitingKinds.indexOf(after.kind),
      after?.place ?? '0',
      after?.id ?? '00000000-0000-0000-0000-000000000000',
      limit,
    ],
  }
}

interface Source {
  kind: WaitingKind
  /** Rows with `reports`, `versions`, `id`, `author`, `at`, `review_by`, and by what they are in order: `since`. */
  rows: string
}

const ofReport = (from: string) =>
  `CROSS JOIN LATERAL (SELECT id, version FROM listed_reports
                        WHERE id = ${from}.report_id AND ${mayOpen('')} LIMIT 1) r`

/** Whether its reporter can still be written to: what waits for nobody to read it is decided by nobody. */
const isHeard = (of: string) =>
  `EXISTS (SELECT FROM listed_mailboxes b WHERE b.report_id = ${of}.report_id AND b.id = ${of}.mailbox_id)`

const sources: readonly Source[] = [
  {
    kind: 'urgent-dissemination',
    rows: `SELECT ARRAY[r.id] AS reports, ARRAY[r.version] AS versions, d.id, d.author, d.sent_at AS at, d.review_by,
                  d.review_by AS since
             FROM disseminations d ${ofReport('d')}
            WHERE d.review_by IS NOT NULL AND NOT d.reviewed AND d.status <> 'recalled'`,
  },
  {
    kind: 'message',
    rows: `SELECT ARRAY[r.id] AS reports, ARRAY[r.version] AS versions, m.id, m.author, m.written_at AS at,
                  NULL::timestamptz AS review_by, m.written_at AS since
             FROM staff_messages m ${ofReport('m')} WHERE m.status = 'pending' AND ${isHeard('m')}`,
  },
  {
    kind: 'item',
    rows: `SELECT ARRAY[r.id] AS reports, ARRAY[r.version] AS versions, i.id, i.author, i.written_at AS at,
                  NULL::timestamptz AS review_by, i.written_at AS since
             FROM undecided_items i ${ofReport('i')}`,
  },
  {
    kind: 'closure',
    rows: `SELECT array_agg(r.id ORDER BY r.id) AS reports, array_agg(r.version ORDER BY r.id) AS versions,
                  c.closure_id AS id, NULL::uuid AS author, now() AS at, NULL::timestamptz AS review_by,
                  to_timestamp(0) AS since
             FROM reports r JOIN closure_reports c ON c.report_id = r.id
            WHERE r.pending AND ${mayOpen('r.')} GROUP BY c.closure_id`,
  },
]

const micros = (time: string) => `(extract(epoch FROM ${time}) * 1000000)::bigint`

/** $3 to $5: after which kind, place and id. */
function branch({ kind, rows }: Source): string {
  const part = waitingKinds.indexOf(kind)
  return `(
    SELECT ${part} AS part, '${kind}' AS kind, reports, versions, id, author, at, review_by AS "reviewBy", ${micros('since')} AS place
      FROM (${rows}) AS rows
     WHERE ${part} > $3::int OR (${part} = $3::int AND (${micros('since')}, id) > ($4::bigint, $5::uuid))
     ORDER BY since, id LIMIT $6)`
}
