import type { Keyring } from '../../crypto/keyring.ts'
import {
  appendAlone,
  appendToTrail,
  type LoneRecord,
  lockTrail,
  type SealedReason,
} from '../../storage/auditTrail.ts'
import { appendEvent } from '../../storage/events.ts'
import type { Pool, Query } from '../../storage/pool.ts'
import { aroundNumber, recordHash } from './chainedRecord.ts'
import type { Deed } from './deeds.ts'
import { sealReason, sealReasonApart } from './reasons.ts'

/** One act, as its actor did it. */
export interface RecordedAct extends Deed {
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

/** What of an act its record needs: who, in which transaction. */
export interface By {
  query: Query
  person: Actor
}

export type AuditTrail = ReturnType<typeof auditTrail>

/** The record of what staff do: append-only, chained, sealed where it holds words. */
export function auditTrail(pool: Pool<'sotto_triage'>, keyring: Keyring, clock: () => Date) {
  /** Appends one record as the last statement of the act's own transaction: there is no act without its record. */
  function append(query: Query, act: RecordedAct): Promise<void> {
    return appendAll(query, [act])
  }

  /** Several of one transaction. All is sealed before the lock is taken, for which others wait. */
  async function appendAll(query: Query, acts: readonly RecordedAct[]): Promise<void> {
    if (acts.length === 0) return
    const at = clock()
    const reasons: (SealedReason | undefined)[] = []
    for (const { reason } of acts) {
      reasons.push(reason === undefined ? undefined : await sealReason({ query, keyring }, reason, at))
    }
    let last = await lockTrail(query)
    for (const [index, act] of acts.entries()) {
      const seq = (last?.seq ?? 0) + 1
      const { actor, role, action, target, recipients = [], event } = act
      const record = { seq, actor, role, action, target, recipients, reason: reasons[index] }
      const hash = recordHash(last?.hash ?? null, { ...record, at: at.toISOString() })
      if (event !== undefined) await appendEvent(query, at, event)
      await appendToTrail(query, { ...record, at, hash })
      last = { seq, hash }
    }
  }

  /** The same, for a person's act. */
  function record({ query, person: { id: actor, role } }: By, deed: Deed, reason?: string): Promise<void> {
    return append(query, { actor, role, ...deed, reason })
  }

  /**
   * The record of an act that changes nothing else, ready to be appended in one statement and a transaction of its own. Not for an
   * event.
   */
  async function prepare(
    { id: actor, role }: Actor,
    { action, target }: Deed,
    words?: string,
  ): Promise<LoneRecord> {
    const at = clock()
    const sealed = words === undefined ? undefined : await sealReasonApart(keyring, words, at)
    const row = { actor, role, action, target, reason: sealed?.reason }
    const around = aroundNumber({ ...row, at: at.toISOString(), recipients: [] })
    return { ...row, at, around, batch: sealed?.batch }
  }

  return {
    append,
    record,
    prepare,
    /** Appends what was prepared. It is durable before the act is answered. */
    recordAlone: (prepared: LoneRecord): Promise<void> => appendAlone(pool.query, prepared),
    /** The same, for several acts of a person that are one transaction. */
    recordAll: ({ query, person: { id: actor, role } }: By, done: readonly Deed[], reason?: string) =>
      appendAll(
        query,
        done.map((deed) => ({ actor, role, ...deed, reason })),
      ),
    /** Records what was refused, in a transaction of its own: there is no act to commit it with. */
    recordDenial: (act: Omit<RecordedAct, 'action' | 'event'>): Promise<void> =>
      pool.transaction((query) => append(query, { ...act, action: 'denied' })),
  }
}
