import type { LockReason } from '../../schemas/conversation.ts'
import type { Report } from '../../schemas/report.ts'
import { newestCasework } from '../../storage/casework.ts'
import { setChisReview } from '../../storage/conversation.ts'
import type { SealedReportRow } from '../../storage/reports.ts'
import type { SealedContent } from '../envelope/sealedReport.ts'
import type { Work } from '../envelope/work.ts'
import { lockReasonsOf } from '../text/lint/lock.ts'
import { readCase } from './case.ts'
import { read } from './casework.ts'
import type { OpenConversation } from './conversation.ts'

export interface LockState {
  locked: boolean
  reasons: LockReason[]
  /** The version that the next unlock has. */
  nextUnlock: number
}

/**
 * Whether sending is locked: worked out anew from all that the reporter signed since the last unlock that the service
 * signed, so that no change of the flag or of another row lifts it.
 */
export async function lockStateOf(
  work: Work,
  report: SealedReportRow,
  content: SealedContent | undefined,
  { fromReporter }: OpenConversation,
  replyLimit: number,
): Promise<LockState> {
  const row = await newestCasework(work.query, report.id, 'message-unlock', report.id)
  const unlock = await read(work, row)
  const fresh = fromReporter.filter((message) => message.row.number > (unlock?.through ?? 0))
  const told = {
    report: unlock === undefined ? wordsOf(content?.report) : undefined,
    messages: fresh.map(({ text }) => text),
  }
  const reasons = lockReasonsOf(told, replyLimit)
  return {
    locked: report.chisReview || reasons.length > 0,
    reasons,
    nextUnlock: (row?.version ?? 0) + 1,
  }
}

function wordsOf(report: Report | undefined): string | undefined {
  return report && [report.narrative, report.when?.text ?? ''].join('\n\n')
}

/**
 * Lets lists show whether sending is locked; tells whether that is new. The report's version moves with it, and what waited
 * to be closed with others waits no more: it was of another version.
 */
export async function showLock(work: Work, report: SealedReportRow, locked: boolean): Promise<boolean> {
  if (report.chisReview === locked) return false
  const { content, isLost } = await readCase(work, report)
  const pending = isLost ? report.pending : (content.pending ?? []).length > 0
  return setChisReview(work.query, report.id, { locked, pending })
}
