import type { Pool } from './pool.ts'

/** How many live reports open by none of the keys `held`, by a key that they are sealed to; those `destroyed` aside. */
export function reportsSealedToOthers(
  pool: Pool<'sotto_triage'>,
  held: readonly string[],
  destroyed: readonly string[],
): Promise<{ kid: string; reports: number }[]> {
  return pool.query<{ kid: string; reports: number }>({
    name: 'reports-sealed-to-others',
    text: `SELECT k.kid, count(DISTINCT r.id)::integer AS reports
             FROM accepted_keys a
             JOIN listed_batch_keys k ON k.kid = a.kid
             JOIN listed_reports r ON r.batch_id = k.batch_id
            WHERE a.kid <> ALL ($1) AND a.kid <> ALL ($2)
              AND NOT EXISTS (SELECT FROM listed_batch_keys h WHERE h.batch_id = k.batch_id AND h.kid = ANY ($1))
            GROUP BY k.kid ORDER BY k.kid`,
    values: [held, destroyed],
  })
}
