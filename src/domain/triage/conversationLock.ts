import type { Keyring } from '../../crypto/keyring.ts'
import type { LockReason } from '../../schemas/conversation.ts'
import type { Report } from '../../schemas/report.ts'
import { newestCasework } from '../../storage/casework.ts'
import type { Query } from '../../storage/pool.ts'
import type { SealedReportRow } from '../../storage/reports.ts'
import type { SealedContent } from '../envelope/sealedReport.ts'
import { lockReasonsOf } from '../text/lint/lock.ts'
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
  query: Query,
  keyring: Keyring,
  report: SealedReportRow,
  content: SealedContent | undefined,
  { fromReporter }: OpenConversation,
  replyLimit: number,
): Promise<LockState> {
  const row = await newestCasework(query, report.id, 'message-unlock', report.id)
  const unlock = await read(query, keyring, row)
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
