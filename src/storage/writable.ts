import { Fault } from '../vocabulary/faults.ts'
import type { Pool } from './pool.ts'

/**
 * Throws `storage-away` where reports could not be put in although the database answers: it is a standby or read-only, or
 * intake's login may not call what it needs.
 */
export async function insistOnPutting(pool: Pool<'sotto_intake'>): Promise<void> {
  const rows = await pool.query<{ able: boolean }>({
    name: 'can-put',
    text: `SELECT NOT pg_is_in_recovery() AND current_setting('transaction_read_only') = 'off'
                  AND coalesce(has_function_privilege(to_regproc('public.put_batch'), 'EXECUTE'), false) AS able`,
    values: [],
  })
  if (rows[0]?.able !== true) throw new Fault('storage-away')
}
