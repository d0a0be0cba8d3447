import { createHash, randomUUID } from 'node:crypto'
import { chainHash } from '../../crypto/chain.ts'
import type { Keyring } from '../../crypto/keyring.ts'
import { newBatch, newDataKey, sealBody, wrapDataKey } from '../../crypto/seal.ts'
import { type AuditAction, appendToTrail, lockTrail, type SealedReason } from '../../storage/auditTrail.ts'
import { insertBatchKeys } from '../../storage/batchKeys.ts'
import type { Pool, Query } from '../../storage/pool.ts'
import { dayOf } from '../calendar.ts'
import { organisationRecipient } from '../triage/organisationKeys.ts'

/** One act, as its actor did it. */
export interface Act {
  actor: string
  role: string
  action: AuditAction
  target: string
  /** Why, in the actor's words. Sealed, so that erasure reaches it. */
  reason?: string | undefined
  recipients?: readonly string[]
}

export type AuditTrail = ReturnType<typeof auditTrail>

const smallestReason = 1024

/** The record of what staff do: append-only, chained, sealed where it holds words. */
export function auditTrail(pool: Pool<'sotto_triage'>, keyring: Keyring, clock: () => Date) {
  const recipient = organisationRecipient(keyring)

  async function sealReason(query: Query, reason: string, day: string): Promise<SealedReason> {
    const { batchId, batchKey, sealedKeys } = await newBatch([recipient], 'organisation')
    const id = randomUUID()
    const dataKey = newDataKey()
    const place = {
      kind: 'audit-reason',
      column: 'reason_body',
      objectId: id,
      reportId: '',
      receivedOn: day,
      version: 1,
      sender: 'staff',
    } as const
    const body = sealBody(dataKey, place, Buffer.from(reason), smallestReason)
    await insertBatchKeys(query, batchId, sealedKeys)
    return { id, batchId, wrappedKey: wrapDataKey(batchKey, batchId, 'audit-reason', id, dataKey), body }
  }

  /** Appends one record as the last statement of the act's own transaction: there is no act without its record. */
  async function append(query: Query, act: Act): Promise<void> {
    const at = clock()
    const reason = act.reason === undefined ? undefined : await sealReason(query, act.reason, dayOf(at))
    const last = await lockTrail(query)
    const seq = (last?.seq ?? 0) + 1
    const { actor, role, action, target, recipients = [] } = act
    const record = {
      seq,
      at: at.toISOString(),
      actor,
      role,
      action,
      target,
      recipients,
      reason: reason === undefined ? null : createHash('sha256').update(reason.body).digest('hex'),
    }
    const hash = chainHash(last?.hash ?? null, record)
    await appendToTrail(query, { seq, at, actor, role, action, target, recipients, reason, hash })
  }

  return {
    append,
    /** Records what was refused, in a transaction of its own: there is no act to commit it with. */
    recordDenial: (act: Omit<Act, 'action'>): Promise<void> =>
      pool.transaction((query) => append(query, { ...act, action: 'denied' })),
  }
}
