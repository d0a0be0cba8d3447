import { isSearch } from './auditTargets.ts'
import { recordColumns, type StoredRecord } from './auditTrail.ts'
import type { Query } from './pool.ts'

/** How far a pass has come that matches searches and exports again. */
export interface Pass {
  pass: string
  doneTo: number
  upTo: number
}

export async function passUnderWay(query: Query): Promise<Pass | undefined> {
  const rows = await query<{ pass: string; doneTo: string; upTo: string }>({
    name: 'rematching-under-way',
    text: 'SELECT pass, done_to AS "doneTo", up_to AS "upTo" FROM rematching',
    values: [],
  })
  const [row] = rows
  return row && { pass: row.pass, doneTo: Number(row.doneTo), upTo: Number(row.upTo) }
}

/** Begins a pass over the records from `since` on, up to `upTo`; false if another began one meanwhile. */
export async function beginPass(query: Query, since: Date, upTo: number): Promise<boolean> {
  const rows = await query({
    name: 'begin-rematching',
    text: `INSERT INTO rematching (pass, done_to, up_to)
           SELECT gen_random_uuid(),
                  coalesce((SELECT seq FROM audit_records WHERE at >= $1 ORDER BY at, seq LIMIT 1) - 1, $2), $2
           ON CONFLICT DO NOTHING RETURNING 1`,
    values: [since, upTo],
  })
  return rows.length > 0
}

/** Moves the pass on; false if another instance has moved it, or ended it. */
export async function movePass(query: Query, { pass, doneTo }: Pass, to: number): Promise<boolean> {
  const rows = await query({
    name: 'move-rematching',
    text: 'UPDATE rematching SET done_to = $3 WHERE pass = $1 AND done_to = $2 RETURNING 1',
    values: [pass, doneTo, to],
  })
  return rows.length > 0
}

export async function endPass(query: Query, { pass, doneTo }: Pass): Promise<boolean> {
  const rows = await query({
    name: 'end-rematching',
    text: 'DELETE FROM rematching WHERE pass = $1 AND done_to = $2 RETURNING 1',
    values: [pass, doneTo],
  })
  return rows.length > 0
}

/** The next records of searches and of exports' beginnings. */
export function nextSearches(query: Query, { doneTo, upTo }: Pass, limit: number): Promise<StoredRecord[]> {
  return query<StoredRecord>({
    name: 'next-searches',
    text: `SELECT ${recordColumns} FROM audit_records
            WHERE ${isSearch}
              AND seq > $1 AND seq <= $2
            ORDER BY seq LIMIT $3`,
    values: [doneTo, upTo, limit],
  })
}
