import type { Query } from './pool.ts'

/**
 * Makes this transaction the only one that changes the keyring's file, to its end; false if another does. A database that
 * has no schema yet knows of no keyring.
 */
export async function takeKeyringTurn(query: Query): Promise<boolean> {
  const known = await query<{ known: boolean }>({
    name: 'knows-keyring-turn',
    text: `SELECT to_regclass('public.keyring_turn') IS NOT NULL AS known`,
    values: [],
  })
  if (known[0]?.known !== true) return true
  const rows = await query({
    name: 'take-keyring-turn',
    text: 'SELECT id FROM keyring_turn FOR UPDATE SKIP LOCKED',
    values: [],
  })
  return rows.length > 0
}
