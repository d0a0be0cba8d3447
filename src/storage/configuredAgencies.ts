import type { Pool } from './pool.ts'

/** Slugs of the agencies that this deployment has and has not retired: all of them that intake is told. */
export async function configuredAgencies(pool: Pool<'sotto_intake'>): Promise<ReadonlySet<string>> {
  const rows = await pool.query<{ slug: string }>({
    name: 'configured-agencies',
    text: 'SELECT slug FROM agencies_configured_now()',
    values: [],
  })
  return new Set(rows.map(({ slug }) => slug))
}
