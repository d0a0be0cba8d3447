import type { Query } from './pool.ts'
import { type Viewer, visible } from './visibility.ts'

/** Where a row that was set aside lies, and where a page that ends with it goes on: moved there by a mixing, or in the box. */
export interface SetAsidePosition {
  source: 'moved' | 'box'
  id: string
  /** Tells rows of one id apart. */
  row: string
}

export type SetAsideRow = SetAsidePosition & { receivedOn: string }

/** Rows of the box that one statement looks through. */
const boxAtOnce = 20_000
const first = '00000000-0000-0000-0000-000000000000'

/**
 * The next reports that met another of the same id, as far as the viewer may know of that other. First those that a
 * mixing has moved, then those in the box, each by id.
 */
export async function setAsideReports(
  query: Query,
  viewer: Viewer,
  limit: number,
  after: SetAsidePosition | undefined,
): Promise<SetAsideRow[]> {
  if (after?.source === 'box') return inBox(query, viewer, limit, after)
  const moved = await movedByMixing(query, viewer, limit, after)
  return moved.length === limit
    ? moved
    : [...moved, ...(await inBox(query, viewer, limit - moved.length, undefined))]
}

/** That the report whose id it has is not one of which the viewer may not know. */
const mayKnow = (id: string) =>
  `NOT EXISTS (SELECT FROM listed_reports WHERE listed_reports.id = ${id} AND NOT (${visible}))`

function movedByMixing(
  query: Query,
  { personId, agency, seesUnnamedRestricted }: Viewer,
  limit: number,
  after: SetAsidePosition | undefined,
): Promise<SetAsideRow[]> {
  return query<SetAsideRow>({
    name: 'moved-set-aside',
    text: `SELECT 'moved' AS source, (u.content ->> 'id')::uuid AS id, u.id AS row,
                  (u.content ->> 'received_on')::date AS "receivedOn"
             FROM unplaced_rows u
            WHERE u.source = 'box_reports' AND ((u.content ->> 'id')::uuid, u.id) > ($4::uuid, $5::uuid)
              AND ${mayKnow(`(u.content ->> 'id')::uuid`)}
            ORDER BY (u.content ->> 'id')::uuid, u.id LIMIT $6`,
    values: [personId, agency, seesUnnamedRestricted, after?.id ?? first, after?.row ?? first, limit],
  })
}

/** Looks through the box some rows at a time, so that no statement takes long, whatever somebody has put in. */
async function inBox(
  query: Query,
  viewer: Viewer,
  limit: number,
  after: SetAsidePosition | undefined,
): Promise<SetAsideRow[]> {
  const found: SetAsideRow[] = []
  let from: { id: string; row: string } | undefined = after
  while (found.length < limit) {
    const rows = await query<SetAsideRow & { setAside: boolean }>(boxStatement(viewer, limit, from))
    const aside = rows.filter((row) => row.setAside)
    found.push(...aside)
    const last = rows.at(-1)
    // The last row is the last that was looked at, unless as many were found as were asked for.
    if (last === undefined || aside.length === limit) break
    from = last
  }
  return found.slice(0, limit)
}

function boxStatement(
  { personId, agency, seesUnnamedRestricted }: Viewer,
  limit: number,
  from: { id: string; row: string } | undefined,
) {
  return {
    name: 'set-aside-in-box',
    text: `WITH step AS MATERIALIZED (
             SELECT b.id, b.parity, b.received_on,
                    EXISTS (SELECT FROM reports m WHERE m.id = b.id)
                      OR EXISTS (
                        SELECT FROM box_reports o
                         WHERE o.id = b.id AND o.parity = (1 - b.parity)::smallint
                           AND (o.received_on < b.received_on
                                OR (o.received_on = b.received_on
                                    AND (b.received_on - DATE '2000-01-01') & 1 <> b.parity))) AS set_aside
               FROM (SELECT id, parity, received_on FROM box_reports
                      WHERE (id, parity) > ($4::uuid, $5::smallint) ORDER BY id, parity LIMIT ${boxAtOnce}) b
           ), found AS (
             SELECT * FROM step WHERE set_aside AND ${mayKnow('step.id')} ORDER BY id, parity LIMIT $6
           ), looked_at AS (
             SELECT id, parity, received_on, false FROM step ORDER BY id DESC, parity DESC LIMIT 1
           )
           SELECT 'box' AS source, id, parity::text AS row, received_on AS "receivedOn", set_aside AS "setAside"
             FROM (SELECT * FROM found UNION ALL SELECT * FROM looked_at) rows
            ORDER BY NOT set_aside, id, parity`,
    values: [personId, agency, seesUnnamedRestricted, from?.id ?? first, Number(from?.row ?? -1), limit],
  }
}
