import { randomUUID } from 'node:crypto'
import type { Keyring } from '../../crypto/keyring.ts'
import type { SealedReason } from '../../storage/auditTrail.ts'
import type { Query } from '../../storage/pool.ts'
import { openSealed } from '../envelope/open.ts'
import { sealStored } from '../envelope/seal.ts'

/** Reasons in the audit trail are sealed, so that erasure reaches them: the trail itself only grows. */

export async function sealReason(
  query: Query,
  keyring: Keyring,
  reason: string,
  at: Date,
): Promise<SealedReason> {
  const id = randomUUID()
  return { id, ...(await sealStored(query, keyring, 'auditReason', { id, at }, reason)) }
}

/** The reason in words; undefined once its keys are destroyed, or if it was changed. */
export function openReason(
  query: Query,
  keyring: Keyring,
  reason: SealedReason,
  at: Date,
): Promise<string | undefined> {
  return openSealed(query, keyring, 'auditReason', { ...reason, at }, (opened) =>
    Buffer.from(opened.buffer, opened.byteOffset, opened.length).toString(),
  )
}
