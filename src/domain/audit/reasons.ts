import { randomUUID } from 'node:crypto'
import type { SealedReason } from '../../storage/auditTrail.ts'
import { openSealed } from '../envelope/open.ts'
import { sealStored } from '../envelope/seal.ts'
import type { Work } from '../envelope/work.ts'

/** Reasons in the audit trail are sealed, so that erasure reaches them: the trail itself only grows. */

export async function sealReason(work: Work, reason: string, at: Date): Promise<SealedReason> {
  const id = randomUUID()
  return { id, ...(await sealStored(work, 'auditReason', { id, at }, reason)) }
}

/** The reason in words; undefined once its keys are destroyed, or if it was changed. */
export function openReason(work: Work, reason: SealedReason, at: Date): Promise<string | undefined> {
  return openSealed(work, 'auditReason', { ...reason, at }, (opened) =>
    Buffer.from(opened.buffer, opened.byteOffset, opened.length).toString(),
  )
}
