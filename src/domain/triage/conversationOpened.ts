import type { ConversationMessage } from '../../schemas/conversation.ts'
import type { Query } from '../../storage/pool.ts'
import type { SealedReportRow } from '../../storage/reports.ts'
import type { TriageDeps } from '../acts/begin.ts'
import { readReport } from '../acts/openReport.ts'
import { deeds } from '../audit/deeds.ts'
import type { Act } from '../calls/act.ts'
import type { SealedContent } from '../envelope/sealedReport.ts'
import { withNames } from '../staff/named.ts'
import { type OpenConversation, openConversation } from './conversation.ts'
import { type LockState, lockStateOf, showLock } from './conversationLock.ts'
import type { StoredMessage } from './conversationView.ts'

/** A conversation of which all is opened. */
export interface Opened {
  report: SealedReportRow
  /** Undefined where the report cannot be read. */
  content: SealedContent | undefined
  conversation: OpenConversation
  lock: LockState
}

/** The conversation as it lies there, all of it opened, and whether it is locked. */
export async function openAll(act: Act, report: SealedReportRow, replyLimit: number): Promise<Opened> {
  const content = await readReport(act, report)
  const conversation = await openConversation(act, report.id, content?.mailbox)
  const lock = await lockStateOf(act, report, content, conversation, replyLimit)
  return { report, content, conversation, lock }
}

/** Whether sending is locked. Lists show by the flag what holds without it. */
export async function isLocked(
  { audit }: Pick<TriageDeps, 'audit'>,
  act: Act,
  { report, lock }: Pick<Opened, 'report' | 'lock'>,
): Promise<boolean> {
  if (lock.locked && (await showLock(act, report, true))) {
    await audit.record(act, deeds.messagesLocked(report.id, lock.reasons))
  }
  return lock.locked
}

export function named(query: Query, messages: readonly StoredMessage[]): Promise<ConversationMessage[]> {
  return withNames<ConversationMessage, 'author' | 'authors'>(query, messages, ['author', 'authors'])
}
