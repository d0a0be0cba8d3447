import { oneByOne } from '../../concurrency/yieldToEventLoop.ts'
import type { Approval } from '../../schemas/casework.ts'
import type {
  Conversation,
  ConversationMessage,
  MessageLock,
  StaffMessageDraft,
} from '../../schemas/conversation.ts'
import { markRead, type ReporterMessageRow } from '../../storage/conversation.ts'
import { lockMailbox, lockMailboxSoon } from '../../storage/mailbox.ts'
import type { Query } from '../../storage/pool.ts'
import type { SealedReportRow } from '../../storage/reports.ts'
import { countStaffMessages, mailboxOfReport, refuseDraft } from '../../storage/staffMessages.ts'
import { dayOf } from '../../vocabulary/calendar.ts'
import { Fault, refusal } from '../../vocabulary/faults.ts'
import type { Person } from '../../vocabulary/person.ts'
import { safetyMessageOf, safetyMessages, withStanding } from '../../vocabulary/standing.ts'
import { admitMessage } from '../acts/admission.ts'
import { beginAct, type TriageDeps } from '../acts/begin.ts'
import { openedReport, readReport, visibleReport } from '../acts/openReport.ts'
import { refuseToTell } from '../acts/submissionConflict.ts'
import { consulted, deeds } from '../audit/deeds.ts'
import { type Act, transact } from '../calls/act.ts'
import { decisionOf } from '../calls/approval.ts'
import { keysetPage, type Paging, pageOf, withUnreadable } from '../calls/pages.ts'
import { requireVersion } from '../calls/preconditions.ts'
import type { StoreAnswer } from '../calls/storeAnswer.ts'
import type { SealedContent } from '../envelope/sealedReport.ts'
import type { Work } from '../envelope/work.ts'
import {
  contactEnded,
  insertDraft,
  isSameMailbox,
  mailboxToWrite,
  messageVersion,
  sendStaffMessage,
  sendWrittenMessage,
} from '../mailbox/staffMessage.ts'
import { withNames } from '../staff/named.ts'
import { write } from './casework.ts'
import { type OpenStaffMessage, openConversation } from './conversation.ts'
import { type LockState, lockStateOf, showLock } from './conversationLock.ts'
import { entriesOf, isAfter, type Position, type StoredMessage, viewOfStaff } from './conversationView.ts'
import { authorsOf, isToDecide, refuseUnsafe } from './messageRules.ts'

/** Safety messages go on where drafts do not. */
const draftsAtMost = 200
const messagesAtMost = 400
/** Milliseconds for which whoever reads waits for somebody else at the mailbox. */
const readersWait = 500

/** Staff and reporter talk, with the safeguards against making the reporter a source (docs/messages.md). */
export function reporterConversation(deps: TriageDeps, { replyLimit }: { replyLimit: number }) {
  const { audit, clock } = deps

  /** The conversation as it lies there, all of it opened, and whether it is locked. */
  async function opened(act: Act, report: SealedReportRow) {
    const content = await readReport(act, report)
    const conversation = await openConversation(act, report.id, content?.mailbox)
    const lock = await lockStateOf(act, report, content, conversation, replyLimit)
    return { report, content, conversation, lock }
  }

  /** Begins an act on the conversation: all of it is opened, and whether it is locked is worked out anew. */
  async function begin(act: Act, reportId: string) {
    await visibleReport(act, reportId)
    const row = await mailboxOfReport(act.query, reportId)
    // From here on the reporter neither adds to it nor ends it. Before the act takes the mailbox out of the box: a
    // reporter who ends contact locks first and deletes then.
    const ended = row === undefined || (await lockMailbox(act.query, row.lookupId)) === undefined
    return { ...(await opened(act, await beginAct(act, reportId))), ended }
  }

  /**
   * Begins a reading of it, for which what the box holds of it leaves the box. Whoever has taken intake over may be at the
   * mailbox for as long as they like: then it is read as it lies there, and nothing is moved or counts as read.
   */
  async function beginReading(act: Act, reportId: string) {
    await visibleReport(act, reportId)
    const row = await mailboxOfReport(act.query, reportId)
    const fill = row && (await lockMailboxSoon(act.query, row.lookupId, readersWait))
    if (fill === 'busy') {
      const { row: report } = await openedReport(act, reportId)
      return { ...(await opened(act, report)), ended: false, moveTo: undefined, isBusy: true }
    }
    const reading = await opened(act, await beginAct(act, reportId))
    const mailbox = reading.content?.mailbox
    const ended = row === undefined || fill === undefined
    // What may be moved out of the box stays open to this mailbox.
    const moveTo = !ended && mailbox !== undefined && isSameMailbox(row, mailbox) ? mailbox : undefined
    return { ...reading, ended, moveTo, isBusy: false }
  }

  /** Whether sending is locked. Lists show by the flag what holds without it. */
  async function isLocked(act: Act, report: SealedReportRow, lock: LockState) {
    if (lock.locked && (await showLock(act, report, true))) {
      await audit.record(act, deeds.messagesLocked(report.id, lock.reasons))
    }
    return lock.locked
  }

  /** Whether a lock keeps a draft from going out. Throws where the draft itself does. */
  async function isStopped(
    act: Act,
    report: SealedReportRow,
    lock: LockState,
    refuseUnsent: () => Promise<void>,
  ): Promise<boolean> {
    refuseToTell(report)
    if (await isLocked(act, report, lock)) return true
    await refuseUnsent()
    return false
  }

  /** What was shown of it leaves the box and counts as read. Tells whether sending is locked. */
  async function noteReading(
    act: Act,
    { report, conversation, lock, moveTo, isBusy }: Awaited<ReturnType<typeof beginReading>>,
    shown: readonly ReporterMessageRow[],
  ): Promise<boolean> {
    if (isBusy) return lock.locked
    for (const row of shown) if (moveTo !== undefined) await admitMessage(act, row, moveTo)
    await markRead(
      act.query,
      [...conversation.strange, ...shown].map(({ id }) => id),
    )
    return isLocked(act, report, lock)
  }

  /** A message of staff as it stands now; it must be there. */
  async function find(work: Work, reportId: string, content: SealedContent, id: string) {
    const { fromStaff } = await openConversation(work, reportId, content.mailbox)
    return shown(work.query, await viewOfStaff(oneOf(fromStaff, id), content.report))
  }

  async function refuseMore(query: Query, reportId: string, atMost: number): Promise<void> {
    if ((await countStaffMessages(query, reportId)) >= atMost)
      throw refusal('limit-reached', `A reporter is sent at most ${atMost} messages.`)
  }

  /** Writes a draft, or sends a safety message; the id of it, undefined while that is locked. */
  async function put(act: Act, reportId: string, { text, origin }: StaffMessageDraft) {
    const { report, content: read, conversation, lock, ended } = await begin(act, reportId)
    if (!ended) refuseToTell(report)
    const content = known(read)
    const at = clock()
    const message = { reportId, author: act.person.id, text, today: dayOf(at), at }
    if (safetyMessageOf(text) !== undefined) {
      await refuseMore(act.query, reportId, messagesAtMost)
      const outgoing = { ...message, text: withStanding(text, content.report.language) }
      const { id } = await sendStaffMessage(act, content, outgoing)
      return { content, id, deed: deeds.messageSent(reportId, id) }
    }
    await mailboxToWrite(act.query, reportId, content.mailbox)
    if (await isLocked(act, report, lock)) return undefined
    await refuseMore(act.query, reportId, draftsAtMost)
    const authors = authorsOf(act.person, text, origin, conversation, content.report)
    const id = await insertDraft(act, content.mailbox, { ...message, authors })
    return { content, id, deed: deeds.messageWritten(reportId, id) }
  }

  /** Sends a draft, its author's words with the standing ones. */
  async function send(work: Work, content: SealedContent, { row, text }: OpenStaffMessage, now: Date) {
    const { id, reportId, author, writtenOn } = row
    const fill = await mailboxToWrite(work.query, reportId, content.mailbox)
    const outgoing = withStanding(text, content.report.language)
    const message = { id, reportId, author, text: outgoing, today: dayOf(now), writtenOn }
    await sendWrittenMessage(work, content.mailbox, fill, message)
  }

  return {
    /** Both sides in order. What is shown of the reporter's messages has left the box, and counts as read. */
    list: (person: Person, reportId: string, paging: Paging): Promise<Conversation> =>
      transact(deps, person, async (act) => {
        const reading = await beginReading(act, reportId)
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
        const locked = await noteReading(
          act,
          reading,
          page.rows.flatMap(({ row }) => row ?? []),
        )
        await audit.record(act, consulted(`report/${reportId}/messages`))
        const offered = safetyMessages.map((message) => ({ ...message }))
        return {
          ...pageOf(await named(act.query, items), page),
          ...withUnreadable(conversation.strange.length + conversation.strangeOfStaff),
          locked,
          lockedFor: lock.reasons,
          ended,
          safetyMessages: offered,
        }
      }),

    /** Writes a draft, for a supervisor who did not write it to approve. A safety message goes out at once. */
    write: async (
      person: Person,
      reportId: string,
      draft: StaffMessageDraft,
      storeAnswer: StoreAnswer,
    ): Promise<ConversationMessage> => {
      const written = await transact(deps, person, async (act) => {
        const message = await put(act, reportId, draft)
        if (message === undefined) return undefined
        const view = await find(act, reportId, message.content, message.id)
        await storeAnswer(act.query, view, { etag: `"${view.version}"` })
        await audit.record(act, message.deed)
        return view
      })
      return unlessLocked(written)
    },

    /** Sends or refuses a draft. Never by whoever counts as an author of it. */
    decide: async (
      person: Person,
      reportId: string,
      id: string,
      ifMatch: string | undefined,
      approval: Approval,
    ): Promise<ConversationMessage> => {
      const wanted = decisionOf(approval)
      const decided = await transact(deps, person, async (act) => {
        const { report, content: opened, conversation, lock, ended } = await begin(act, reportId)
        if (ended) throw contactEnded()
        const content = known(opened)
        const message = oneOf(conversation.fromStaff, id)
        requireVersion(ifMatch, message.row.version)
        if (!(await isToDecide(act, message, wanted)))
          return shown(act.query, await viewOfStaff(message, content.report))
        const goesOut = approval.approved
        const refuseUnsent = () => refuseUnsafe(message, content.report, approval)
        if (goesOut && (await isStopped(act, report, lock, refuseUnsent))) return undefined
        const now = clock()
        const writing = { kind: 'message-decision', id, version: messageVersion, reportId } as const
        await write(act, now, writing, approval)
        await (goesOut ? send(act, content, message, now) : refuseDraft(act.query, id))
        await audit.record(act, deeds.messageDecided(reportId, id, wanted), approval.reason)
        return find(act, reportId, content, id)
      })
      return unlessLocked(decided)
    },

    /** Lets messages be sent again; what the reporter told so far counts no more. The same again changes nothing. */
    unlock: (person: Person, reportId: string, reason: string): Promise<MessageLock> =>
      transact(deps, person, async (act) => {
        const { report, conversation, lock, ended } = await begin(act, reportId)
        if (ended) throw contactEnded()
        if (lock.locked) {
          const through = Math.max(0, ...conversation.fromReporter.map(({ row }) => row.number))
          const writing = {
            kind: 'message-unlock',
            id: reportId,
            version: lock.nextUnlock,
            reportId,
          } as const
          await write(act, clock(), writing, { reason, through })
          await showLock(act, report, false)
          await audit.record(act, deeds.messagesUnlocked(reportId), reason)
        }
        return { locked: false, lockedFor: [] }
      }),
  }
}

function named(query: Query, messages: readonly StoredMessage[]): Promise<ConversationMessage[]> {
  return withNames<ConversationMessage, 'author' | 'authors'>(query, messages, ['author', 'authors'])
}

async function shown(query: Query, message: StoredMessage): Promise<ConversationMessage> {
  const [answer] = await named(query, [message])
  if (answer === undefined) throw new Fault('not-found')
  return answer
}

/** To a reporter whose report cannot be read nothing is written: which mailbox is theirs, only the report says. */
function known(content: SealedContent | undefined): SealedContent {
  if (content === undefined) {
    throw refusal(
      'not-in-this-state',
      'The report cannot be read here, and only the report says which mailbox is its reporter’s. Tell whoever runs the service.',
    )
  }
  return content
}

/** The flag stays set behind a refusal: so the transaction ends well, and only then is it told. */
function unlessLocked<T>(done: T | undefined): T {
  if (done === undefined) throw new Fault('locked')
  return done
}

function oneOf(messages: readonly OpenStaffMessage[], id: string): OpenStaffMessage {
  const message = messages.find(({ row }) => row.id === id)
  if (message === undefined) throw new Fault('not-found')
  return message
}
