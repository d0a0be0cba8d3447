import { randomUUID } from 'node:crypto'
import type { Keyring } from '../../crypto/keyring.ts'
import type { SealedReason } from '../../storage/auditTrail.ts'
import type { NewBatch } from '../../storage/batchKeys.ts'
import { openSealed } from '../envelope/open.ts'
import { organisationRecipient } from '../envelope/organisationKeys.ts'
import { seal, sealStored } from '../envelope/seal.ts'
import type { Work } from '../envelope/work.ts'

/** Reasons in the audit trail are sealed, so that erasure reaches them: the trail itself only grows. */

export async function sealReason(work: Work, reason: string, at: Date): Promise<SealedReason> {
  const id = randomUUID()
  return { id, ...(await sealStored(work, 'auditReason', { id, at }, reason)) }
}

/** The same, its keys not stored yet. */
export async function sealReasonApart(
  keyring: Keyring,
  reason: string,
  at: Date,
): Promise<{ reason: SealedReason; batch: NewBatch }> {
  const id = randomUUID()
  const organisation = [organisationRecipient(keyring)]
  const { batch, wrappedKey, body } = await seal('auditReason', { id, at }, reason, { organisation })
  return { reason: { id, batchId: batch.batchId, wrappedKey, body }, batch }
}

/** The reason in words; undefined once its keys are destroyed, or if it was changed. */
export function openReason(work: Work, reason: SealedReason, at: Date): Promise<string | undefined> {
  return openSealed(work, 'auditReason', { ...reason, at }, (opened) =>
    Buffer.from(opened.buffer, opened.byteOffset, opened.length).toString(),
  )
}
