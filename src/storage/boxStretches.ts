import type { Counts, Half } from './boxHalves.ts'
import { type BoxKindName, boxKindNames, boxKinds, boxOf } from './boxKinds.ts'
import type { Query } from './pool.ts'

/**
 * A stretch of the box: all that belongs to the reports whose ids lie from one to the other, both among them. Ids are random:
 * where it ends tells nothing of when something came.
 */
export interface Stretch {
  from: string
  to: string
}

export const firstId = '00000000-0000-0000-0000-000000000000'
export const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** Rows of each kind in one stretch. */
export type StretchLimits = Readonly<Record<BoxKindName, number>>

const withinStretch = (kind: BoxKindName) => `${boxKinds[kind].report} BETWEEN $1 AND $2`

/** Stored bytes of each kind in one stretch: whoever puts in what is as large as it may be must not make it long. */
export const stretchBytes = 256 * 1024 * 1024

/** The next stretch from that id on, with no more rows and bytes of a kind than its limit, but for those of one report. */
export async function nextStretch(
  query: Query,
  half: Half,
  from: string,
  limits: StretchLimits,
  bytes = stretchBytes,
): Promise<Stretch> {
  const ends = boxKindNames.flatMap((kind, index) => {
    const { report } = boxKinds[kind]
    const rows = `FROM ${boxOf(kind)}_${half} WHERE ${report} >= $1 ORDER BY ${report}`
    const byRows = `(SELECT ${report} ${rows} OFFSET $${index + 2} LIMIT 1)`
    if (kind === 'mailboxes') return [byRows]
    return [
      byRows,
      `(SELECT min(${report}::text)::uuid
          FROM (SELECT ${report}, sum(size) OVER (ORDER BY ${report}) AS upto
                  FROM (SELECT ${report}, pg_column_size(body) AS size ${rows} LIMIT $${index + 2} + 1) AS sized) AS summed
         WHERE upto >= $${boxKindNames.length + 2})`,
    ]
  })
  const rows = await query<{ to: string | null }>({
    name: `next-stretch-${half}`,
    text: `SELECT least(${ends.join(', ')}) AS to`,
    values: [from, ...boxKindNames.map((kind) => limits[kind] - 1), bytes],
  })
  return { from, to: rows[0]?.to ?? lastId }
}

export async function countStretch(query: Query, half: Half, { from, to }: Stretch): Promise<Counts> {
  const counted = boxKindNames.map(
    (kind) =>
      `(SELECT count(*) FROM ${boxOf(kind)}_${half} WHERE ${withinStretch(kind)})::integer AS ${kind}`,
  )
  return countsIn(
    await query<Counts>({
      name: `count-stretch-${half}`,
      text: `SELECT ${counted.join(', ')}`,
      values: [from, to],
    }),
  )
}

/** Deletes every row of a stretch of a closed half, and tells how many there were. */
export async function clearStretch(query: Query, half: Half, { from, to }: Stretch): Promise<Counts> {
  const gone = boxKindNames.map(
    (kind) => `${kind} AS (DELETE FROM ${boxOf(kind)}_${half} WHERE ${withinStretch(kind)} RETURNING 1)`,
  )
  const counted = boxKindNames.map((kind) => `(SELECT count(*) FROM ${kind})::integer AS ${kind}`)
  return countsIn(
    await query<Counts>({
      name: `clear-stretch-${half}`,
      text: `WITH ${gone.join(', ')} SELECT ${counted.join(', ')}`,
      values: [from, to],
    }),
  )
}

function countsIn([counts]: Counts[]): Counts {
  if (counts === undefined) throw new TypeError('an aggregate gives one row')
  return counts
}
