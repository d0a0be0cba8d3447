import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { agencies } from '../../src/vocabulary/agencies.ts'
import { categories } from '../../src/vocabulary/categories/categories.ts'

/** What the made-up reports hold, for queries to ask for. */
export const madeUp = {
  categories: categories.map(({ slug }) => slug),
  agencies: agencies.map(({ slug }) => slug),
  assignees: Array.from(
    { length: 40 },
    (_, i) => `00000000-0000-4000-8000-${String(i + 1).padStart(12, '0')}`,
  ),
} as const

/** As after some years of work: nine in ten are closed, the queues in between are short. */
const statuses = `CASE
  WHEN spread.status < 0.9 THEN 'closed'
  WHEN spread.status < 0.96 THEN 'outcome-pending'
  WHEN spread.status < 0.98 THEN 'disseminated'
  WHEN spread.status < 0.99 THEN 'received'
  WHEN spread.status < 0.995 THEN 'screening'
  WHEN spread.status < 0.998 THEN 'development'
  WHEN spread.status < 0.999 THEN 'sanitising'
  WHEN spread.status < 0.9995 THEN 'awaiting-clarification'
  WHEN spread.status < 0.9999 THEN 'graded'
  ELSE 'approved' END`

/** Some categories have a hundred times as many reports as others; 3 in 20 are of high priority. */
const described = `
  (($1::text[])[1 + floor(array_length($1::text[], 1) * spread.category ^ 3)::int]) AS category,
  (CASE WHEN spread.priority < 0.15 THEN 3 WHEN spread.priority < 0.5 THEN 2 ELSE 1 END)::smallint AS priority,
  (($2::text[])[1 + floor(array_length($2::text[], 1) * spread.agency ^ 2)::int]) AS lead_agency,
  '{}'::text[] AS support_agencies, spread.restricted < 0.002 AS restricted`

/** Bytes that look as sealed ones do, and cannot be compressed either. */
const sealed = `substr($3::bytea, 1 + floor(60000 * spread.bytes)::int, 61) AS wrapped_key,
  substr($3::bytea, 1 + floor(60000 * spread.bytes)::int, $5) AS body`

const spread = `(SELECT random() AS status, random() AS category, random() AS priority, random() AS agency,
    random() AS restricted, random() AS bytes, random() AS day, random() AS assignee
  FROM generate_series(1, $4::int)) AS spread`

/** Fills main table and box with made-up rows, in no batch and with nothing sealed, and gathers statistics. */
export async function fillReports(
  client: pg.Client,
  { main, box, bodyBytes = 2077 }: { main: number; box: number; bodyBytes?: number },
): Promise<void> {
  const shared = [madeUp.categories, madeUp.agencies, randomBytes(65_536)]
  await client.query(
    `INSERT INTO reports (id, received_on, status, category, priority, lead_agency, support_agencies, restricted,
                          wrapped_key, body, batch_id, pending, assignee)
     SELECT gen_random_uuid(), current_date - 2 - floor(1000 * spread.day)::int, ${statuses}, ${described}, ${sealed},
            gen_random_uuid(), spread.restricted > 0.999,
            CASE WHEN spread.assignee < 0.97 THEN ($6::uuid[])[1 + floor(40 * spread.day)::int] END
       FROM ${spread}`,
    [...shared, main, bodyBytes, madeUp.assignees],
  )
  await client.query(
    `INSERT INTO box_reports (parity, id, received_on, category, priority, lead_agency, support_agencies, restricted,
                              wrapped_key, body, batch_id)
     SELECT (current_date - floor(2 * spread.day)::int - date '2000-01-01') % 2, gen_random_uuid(),
            current_date - floor(2 * spread.day)::int, ${described}, ${sealed}, gen_random_uuid()
       FROM ${spread}`,
    [...shared, box, bodyBytes],
  )
  // Of images that two want destroyed few wait at a time, and those that lapsed stay. Nothing reads the images themselves.
  await client.query('SET session_replication_role = replica')
  await client.query(
    `INSERT INTO image_destructions (attachment_id, report_id, asked_by, asked_at, signature)
     SELECT gen_random_uuid(), id, gen_random_uuid(),
            now() - make_interval(days => CASE WHEN row_number() OVER () % 50 = 0 THEN 1 ELSE 60 END), ''
       FROM reports LIMIT 5000`,
  )
  await client.query('RESET session_replication_role')
  await client.query('VACUUM (ANALYZE) reports, box_reports, image_destructions')
}
