import { type newBatch, newDataKey, sealBody, wrapDataKey } from '../../crypto/seal.ts'
import type { KeptAnswer, NewMailbox, SealedBatch, SealedReport } from '../../storage/box.ts'
import type { SealedContent } from '../envelope/sealedReport.ts'
import { placeOfReport, smallestReport } from '../envelope/sealedReport.ts'

/** A report that waits for its commit: its body is sealed, its data key waits for a batch key. */
export interface PendingReport {
  day: string
  report: Omit<SealedReport, 'wrappedKey'>
  dataKey: Buffer
  mailbox: NewMailbox
  answer: KeptAnswer | undefined
}

export type Batch = Awaited<ReturnType<typeof newBatch>>

/** Seals what only triage may read under a fresh data key, bound to the report and its day. */
export function sealReport(
  listed: Omit<SealedReport, 'wrappedKey' | 'body'>,
  day: string,
  content: SealedContent,
): Pick<PendingReport, 'day' | 'report' | 'dataKey'> {
  const dataKey = newDataKey()
  const plaintext = Buffer.from(JSON.stringify(content))
  const body = sealBody(dataKey, placeOfReport(listed.id, day), plaintext, smallestReport)
  plaintext.fill(0)
  return { day, report: { ...listed, body }, dataKey }
}

/** Joins pending reports of one day into one batch under `batch`'s key. */
export function joinBatch(
  { batchId, batchKey, sealedKeys }: Batch,
  pending: readonly PendingReport[],
): SealedBatch {
  const day = pending[0]?.day ?? ''
  return {
    day,
    batchId,
    batchKeys: sealedKeys,
    reports: pending.map(({ report, dataKey, mailbox }) => ({
      ...report,
      mailbox,
      wrappedKey: wrapDataKey(batchKey, batchId, 'report', report.id, dataKey),
    })),
    answers: pending.flatMap(({ answer }) => answer ?? []),
  }
}
