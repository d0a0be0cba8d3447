import { createHash } from 'node:crypto'
import { canonicalAroundSeq, chainHash } from '../../crypto/chain.ts'
import { lengthPrefixed } from '../../crypto/lengthPrefixed.ts'
import type { SealedReason } from '../../storage/auditTrail.ts'

/** A record as the chain has it. */
export interface ChainedRecord {
  seq: number
  /** RFC 3339 in UTC, to the millisecond. */
  at: string
  actor: string
  role: string
  action: string
  target: string
  recipients: readonly string[]
  reason: SealedReason | undefined
}

/** Stands for a sealed reason in the chain: over all that is stored of it, so that none of it can be exchanged. */
export function reasonHash({ id, batchId, wrappedKey, body }: SealedReason): Buffer {
  return createHash('sha256')
    .update(lengthPrefixed('sotto/1/audit-reason', id, batchId, wrappedKey, body))
    .digest()
}

/** The hash of a record, over the hash of the one before it. */
export function recordHash(previous: Uint8Array | null, record: ChainedRecord): Buffer {
  return chainHash(previous, { seq: record.seq, ...chained(record) })
}

/** A record as the chain has it, before and after its number, for when that is not known yet. */
export function aroundNumber(record: Omit<ChainedRecord, 'seq'>): [before: string, after: string] {
  return canonicalAroundSeq(chained(record))
}

function chained({ at, actor, role, action, target, recipients, reason }: Omit<ChainedRecord, 'seq'>) {
  return {
    at,
    actor,
    role,
    action,
    target,
    recipients,
    reason: reason === undefined ? null : reasonHash(reason).toString('hex'),
  }
}
