import type { Query } from './pool.ts'
import { setAsideTwins, twins } from './twins.ts'
import { type Viewer, visible } from './visibility.ts'

/** Where a row that was set aside lies, and where a page that ends with it goes on: moved there by a mixing, or in the box. */
export interface SetAsidePosition {
  source: 'moved' | 'box'
  id: string
  /** Tells rows of one id apart. */
  row: string
}

export type SetAsideRow = SetAsidePosition & { receivedOn: string }

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

function inBox(
  query: Query,
  { personId, agency, seesUnnamedRestricted }: Viewer,
  limit: number,
  after: SetAsidePosition | undefined,
): Promise<SetAsideRow[]> {
  return query<SetAsideRow>({
    name: 'set-aside-in-box',
    text: `WITH ${twins}, aside AS (${setAsideTwins('b.id, b.parity, b.received_on')})
           SELECT 'box' AS source, id, parity::text AS row, received_on AS "receivedOn" FROM aside
            WHERE (id, parity) > ($4::uuid, $5::smallint) AND ${mayKnow('aside.id')}
            ORDER BY id, parity LIMIT $6`,
    values: [personId, agency, seesUnnamedRestricted, after?.id ?? first, Number(after?.row ?? -1), limit],
  })
}
