import type { StoredAnswer } from '../../crypto/storedAnswer.ts'
import type { NewMailbox, SealedBatch, SealedReport } from '../../storage/box.ts'
import type { Batch } from '../envelope/batch.ts'
import { sealToBatch } from '../envelope/seal.ts'
import type { SealedContent } from '../envelope/sealedReport.ts'

/** A report that waits for its commit: its body is sealed, its data key waits for a batch key. */
export interface PendingReport {
  day: string
  report: Omit<SealedReport, 'wrappedKey'>
  /** Wiped by whoever waits for the commit, once there is none to try again. */
  dataKey: Buffer
  mailbox: NewMailbox
  answer: StoredAnswer | undefined
}

/** Seals what only triage may read under a fresh data key, bound to the report and its day. */
export function sealReport(
  listed: Omit<SealedReport, 'wrappedKey' | 'body'>,
  day: string,
  content: SealedContent,
): Pick<PendingReport, 'day' | 'report' | 'dataKey'> {
  const { body, dataKey } = sealToBatch('report', { id: listed.id, receivedOn: day }, content)
  return { day, report: { ...listed, body }, dataKey }
}

/** Joins pending reports of one day into one batch, which ends with it. */
export function joinBatch(batch: Batch, pending: readonly PendingReport[]): SealedBatch {
  const reports = pending.map(({ report, dataKey, mailbox }) => ({
    ...report,
    mailbox,
    wrappedKey: batch.wrap('report', report.id, dataKey),
  }))
  batch.end()
  return {
    day: pending[0]?.day ?? '',
    batchId: batch.keys.batchId,
    batchKeys: batch.keys.organisation,
    reports,
    answers: pending.flatMap(({ answer }) => answer ?? []),
  }
}
