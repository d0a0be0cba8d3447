import { oneByOne } from '../../concurrency/yieldToEventLoop.ts'
import type { Conversation } from '../../schemas/conversation.ts'
import { markRead, type ReporterMessageRow } from '../../storage/conversation.ts'
import { lockMailboxSoon } from '../../storage/mailbox.ts'
import { mailboxOfReport } from '../../storage/staffMessages.ts'
import type { Person } from '../../vocabulary/person.ts'
import { safetyMessages } from '../../vocabulary/standing.ts'
import { admitMessage } from '../acts/admission.ts'
import { beginAct, type TriageDeps } from '../acts/begin.ts'
import { openedReport, visibleReport } from '../acts/openReport.ts'
import { consulted } from '../audit/deeds.ts'
import { type Act, transact } from '../calls/act.ts'
import { keysetPage, type Paging, pageOf, withUnreadable } from '../calls/pages.ts'
import type { SealedContent } from '../envelope/sealedReport.ts'
import { isSameMailbox } from '../mailbox/staffMessage.ts'
import { isLocked, named, type Opened, openAll } from './conversationOpened.ts'
import { entriesOf, isAfter, type Position } from './conversationView.ts'

/** Milliseconds for which whoever reads waits for somebody else at the mailbox. */
const readersWait = 500

interface Reading extends Opened {
  /** The reporter has ended contact. */
  ended: boolean
  /** The mailbox to which what leaves the box stays open; undefined where nothing may be moved. */
  moveTo: SealedContent['mailbox'] | undefined
  /** Somebody else is at the mailbox. */
  isBusy: boolean
}

/** One page of both sides in order. What is shown of the reporter's messages has left the box, and counts as read. */
export function conversationPage(
  deps: TriageDeps,
  replyLimit: number,
  person: Person,
  reportId: string,
  paging: Paging,
): Promise<Conversation> {
  return transact(deps, person, async (act) => {
    const reading = await beginReading(act, reportId, replyLimit)
    const { content, conversation, lock, ended } = reading
    const entries = content === undefined ? [] : entriesOf(conversation, content.report)
    const page = await keysetPage(
      act.keyring,
      `messages ${reportId}`,
      paging,
      async (limit, after: Position | undefined) =>
        entries.filter((entry) => after === undefined || isAfter(entry.at, after)).slice(0, limit),
      ({ at }) => at,
    )
    const items = await oneByOne(page.rows, async ({ view }) => view())
    const shown = page.rows.flatMap(({ row }) => row ?? [])
    const locked = await noteReading(deps, act, reading, shown)
    await deps.audit.record(act, consulted(`report/${reportId}/messages`))
    return {
      ...pageOf(await named(act.query, items), page),
      ...withUnreadable(conversation.strange.length + conversation.strangeOfStaff),
      locked,
      lockedFor: lock.reasons,
      ended,
      safetyMessages: safetyMessages.map((message) => ({ ...message })),
    }
  })
}

/**
 * Begins a reading of it, for which what the box holds of it leaves the box. Whoever has taken intake over may be at the
 * mailbox for as long as they like: then it is read as it lies there, and nothing is moved or counts as read.
 */
async function beginReading(act: Act, reportId: string, replyLimit: number): Promise<Reading> {
  await visibleReport(act, reportId)
  const row = await mailboxOfReport(act.query, reportId)
  const fill = row && (await lockMailboxSoon(act.query, row.lookupId, readersWait))
  if (fill === 'busy') {
    const { row: report } = await openedReport(act, reportId)
    return { ...(await openAll(act, report, replyLimit)), ended: false, moveTo: undefined, isBusy: true }
  }
  const opened = await openAll(act, await beginAct(act, reportId), replyLimit)
  const mailbox = opened.content?.mailbox
  const ended = row === undefined || fill === undefined
  // What may be moved out of the box stays open to this mailbox.
  const moveTo = !ended && mailbox !== undefined && isSameMailbox(row, mailbox) ? mailbox : undefined
  return { ...opened, ended, moveTo, isBusy: false }
}

/** What was shown of it leaves the box and counts as read. Tells whether sending is locked. */
async function noteReading(
  deps: TriageDeps,
  act: Act,
  { report, conversation, lock, moveTo, isBusy }: Reading,
  shown: readonly ReporterMessageRow[],
): Promise<boolean> {
  if (isBusy) return lock.locked
  for (const row of shown) if (moveTo !== undefined) await admitMessage(act, row, moveTo)
  await markRead(
    act.query,
    [...conversation.strange, ...shown].map(({ id }) => id),
  )
  return isLocked(deps, act, { report, lock })
}
