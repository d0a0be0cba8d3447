import type { Keyring } from '../../crypto/keyring.ts'
import { appendToTrail, lockTrail } from '../../storage/auditTrail.ts'
import { appendEvent } from '../../storage/events.ts'
import type { Pool, Query } from '../../storage/pool.ts'
import { recordHash } from './chainedRecord.ts'
import type { Deed } from './deeds.ts'
import { sealReason } from './reasons.ts'

/** One act, as its actor did it. */
export interface Act extends Deed {
  actor: string
  role: string
  /** Why, in the actor's words. Sealed, so that erasure reaches it. */
  reason?: string | undefined
  recipients?: readonly string[]
}

/** Who acts: a member of staff, or the operator at the command line. */
export interface Actor {
  id: string
  role: string
}

export type AuditTrail = ReturnType<typeof auditTrail>

/** The record of what staff do: append-only, chained, sealed where it holds words. */
export function auditTrail(pool: Pool<'sotto_triage'>, keyring: Keyring, clock: () => Date) {
  /** Appends one record as the last statement of the act's own transaction: there is no act without its record. */
  async function append(query: Query, act: Act): Promise<void> {
    const at = clock()
    const reason = act.reason === undefined ? undefined : await sealReason(query, keyring, act.reason, at)
    const last = await lockTrail(query)
    const seq = (last?.seq ?? 0) + 1
    const { actor, role, action, target, recipients = [], event } = act
    const record = { seq, actor, role, action, target, recipients, reason }
    const hash = recordHash(last?.hash ?? null, { ...record, at: at.toISOString() })
    if (event !== undefined) await appendEvent(query, at, event)
    await appendToTrail(query, { ...record, at, hash })
  }

  /** The same, for a person's act. */
  function record(query: Query, { id: actor, role }: Actor, deed: Deed, reason?: string): Promise<void> {
    return append(query, { actor, role, ...deed, reason })
  }

  return {
    append,
    record,
    /** Records what was refused, in a transaction of its own: there is no act to commit it with. */
    recordDenial: (act: Omit<Act, 'action' | 'event'>): Promise<void> =>
      pool.transaction((query) => append(query, { ...act, action: 'denied' })),
  }
}
