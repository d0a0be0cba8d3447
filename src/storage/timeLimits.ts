/**
 * What a provider, or `ALTER ROLE … SET`, may limit for every session. A mixing of minutes holds its turn by a transaction that
 * is idle meanwhile, and a step of it may take seconds: ended there, it would never come to its end.
 */
const limits = [
  'statement_timeout',
  'lock_timeout',
  'idle_in_transaction_session_timeout',
  // Since version 17.
  'transaction_timeout',
]

/** Lifts these limits for the transaction under way, where a pooler changes nothing of it. Columns of a SELECT. */
export const liftedForTransaction = lifted(limits, true)

/** The same for the session, whose own idleness is no harm either. */
export const liftedForSession = lifted([...limits, 'idle_session_timeout'], false)

function lifted(names: readonly string[], isLocal: boolean): string {
  const each = names.map(
    (name) =>
      `CASE WHEN current_setting('${name}', true) <> '0' THEN set_config('${name}', '0', ${isLocal}) END`,
  )
  return each.join(', ')
}
