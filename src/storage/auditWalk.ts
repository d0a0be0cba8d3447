import { recordColumns, type StoredRecord } from './auditTrail.ts'
import type { Query } from './pool.ts'

/** A record as it is stored, to the last digit, and what the database derived of it. */
export interface WalkedRecord extends Omit<StoredRecord, 'at'> {
  /** RFC 3339 in UTC with microseconds, of which the trail writes none. */
  at: string
  reportId: string | null
}

const pageSize = 200

/** Every record in order of its number, as they are at one moment, a page in memory at a time. In a transaction. */
export async function* walkTrail(query: Query): AsyncGenerator<WalkedRecord> {
  await query({
    name: 'begin-walk-of-trail',
    text: `DECLARE walk_of_trail NO SCROLL CURSOR FOR
           SELECT ${recordColumns.replace('at,', `to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at,`)},
                  report_id AS "reportId"
             FROM audit_records ORDER BY seq`,
    values: [],
  })
  for (;;) {
    const rows = await query<WalkedRecord>({
      name: 'walk-of-trail',
      text: `FETCH ${pageSize} FROM walk_of_trail`,
      values: [],
    })
    yield* rows
    if (rows.length < pageSize) return
  }
}
