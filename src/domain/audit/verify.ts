import type { LogHead } from '../../crypto/checkpoint.ts'
import { reportIn } from '../../storage/auditTargets.ts'
import { reasonIn } from '../../storage/auditTrail.ts'
import { type WalkedRecord, walkTrail } from '../../storage/auditWalk.ts'
import type { Pool } from '../../storage/pool.ts'
import { recordHash } from './chainedRecord.ts'
import { headAt } from './head.ts'

/** What is wrong with a record. */
export type Flaw =
  /** Its number is passed over. */
  | 'missing'
  /** Its number is there before, or is none. */
  | 'out-of-place'
  /** It is not what was recorded, or what stands before it is not what stood there. */
  | 'changed'
  /** It agrees with its neighbours, and not with the head that was saved: it or one before it was replaced. */
  | 'replaced'
  /** It is beyond the end of the trail, and the head that was saved knew it. */
  | 'cut-off'

export interface Verdict {
  /** How far the trail was found to be whole. */
  head: LogHead
  broken?: { seq: number; flaw: Flaw }
}

/**
 * Walks the whole trail, in bounded memory, up to the first record that is broken. With a head that was saved, also
 * proves that today's trail goes on from it.
 */
export function verifyTrail(pool: Pool<'sotto_triage'>, saved?: LogHead): Promise<Verdict> {
  return pool.transaction(async (query) => {
    let last: { seq: number; hash: Buffer } | undefined
    for await (const record of walkTrail(query)) {
      const seq = (last?.seq ?? 0) + 1
      const flaw = flawOf(record, seq, last?.hash, saved)
      if (flaw !== undefined) {
        return { head: headAt(last), broken: { seq: flaw === 'missing' ? seq : Number(record.seq), flaw } }
      }
      last = { seq, hash: record.hash }
    }
    const head = headAt(last)
    return saved !== undefined && saved.size > head.size
      ? { head, broken: { seq: head.size + 1, flaw: 'cut-off' } }
      : { head }
  })
}

function flawOf(
  record: WalkedRecord,
  expected: number,
  previous: Buffer | undefined,
  saved: LogHead | undefined,
): Flaw | undefined {
  const seq = Number(record.seq)
  if (seq > expected) return 'missing'
  if (seq < expected) return 'out-of-place'
  if (!isAsRecorded(record, seq, previous)) return 'changed'
  return saved?.size === seq && !saved.hash.equals(record.hash) ? 'replaced' : undefined
}

function isAsRecorded(record: WalkedRecord, seq: number, previous: Buffer | undefined): boolean {
  const { at, actor, role, action, target, recipients, hash, reportId } = record
  const reason = reasonIn(record)
  const parts = [record.reasonId, record.reasonBatchId, record.reasonWrappedKey, record.reasonBody]
  if (reason === undefined && parts.some((part) => part !== null)) return false
  // The trail writes milliseconds, and the database derives the report: what says otherwise was put there.
  const milliseconds = /^(.*\.\d{3})000Z$/.exec(at ?? '')?.[1]
  if (milliseconds === undefined || reportId !== reportIn(target)) return false
  const chained = { seq, at: `${milliseconds}Z`, actor, role, action, target, recipients, reason }
  return recordHash(previous ?? null, chained).equals(hash)
}
