import type { Pool } from './pool.ts'

/** Whether the server keeps through a power cut what it acknowledges: fsync and full_page_writes are on. */
export async function isDurable(pool: Pool): Promise<boolean> {
  const rows = await pool.query<{ durable: boolean }>({
    name: 'is-durable',
    text: `SELECT current_setting('fsync') = 'on' AND current_setting('full_page_writes') = 'on' AS durable`,
    values: [],
  })
  return rows[0]?.durable ?? false
}
