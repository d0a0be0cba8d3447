import type { Approval } from '../../schemas/casework.ts'
import type {
  Conversation,
  ConversationMessage,
  MessageLock,
  StaffMessageDraft,
} from '../../schemas/conversation.ts'
import { lockMailbox } from '../../storage/mailbox.ts'
import type { Query } from '../../storage/pool.ts'
import { countStaffMessages, mailboxOfReport, refuseDraft } from '../../storage/staffMessages.ts'
import { dayOf } from '../../vocabulary/calendar.ts'
import { Fault, refusal } from '../../vocabulary/faults.ts'
import type { Person } from '../../vocabulary/person.ts'
import { safetyMessageOf, withStanding } from '../../vocabulary/standing.ts'
import { beginAct, type TriageDeps } from '../acts/begin.ts'
import { visibleReport } from '../acts/openReport.ts'
import { refuseToTell } from '../acts/submissionConflict.ts'
import { deeds } from '../audit/deeds.ts'
import { type Act, transact } from '../calls/act.ts'
import { decisionOf } from '../calls/approval.ts'
import type { Paging } from '../calls/pages.ts'
import { requireVersion } from '../calls/preconditions.ts'
import type { StoreAnswer } from '../calls/storeAnswer.ts'
import type { SealedContent } from '../envelope/sealedReport.ts'
import type { Work } from '../envelope/work.ts'
import {
  contactEnded,
  insertDraft,
  mailboxToWrite,
  messageVersion,
  sendStaffMessage,
  sendWrittenMessage,
} from '../mailbox/staffMessage.ts'
import { write } from './casework.ts'
import { type OpenStaffMessage, openConversation } from './conversation.ts'
import { showLock } from './conversationLock.ts'
import { isLocked, named, type Opened, openAll } from './conversationOpened.ts'
import { conversationPage } from './conversationReading.ts'
import { type StoredMessage, viewOfStaff } from './conversationView.ts'
import { authorsOf, isToDecide, refuseUnsafe } from './messageRules.ts'

/** Safety messages go on where drafts do not. */
const draftsAtMost = 200
const messagesAtMost = 400

/** Staff and reporter talk, with the safeguards against making the reporter a source (docs/messages.md). */
export function reporterConversation(deps: TriageDeps, { replyLimit }: { replyLimit: number }) {
  const { audit, clock } = deps

  /** Begins an act on the conversation: all of it is opened, and whether it is locked is worked out anew. */
  async function begin(act: Act, reportId: string) {
    await visibleReport(act, reportId)
    const row = await mailboxOfReport(act.query, reportId)
    // From here on the reporter neither adds to it nor ends it. Before the act takes the mailbox out of the box: a
    // reporter who ends contact locks first and deletes then.
    const ended = row === undefined || (await lockMailbox(act.query, row.lookupId)) === undefined
    return { ...(await openAll(act, await beginAct(act, reportId), replyLimit)), ended }
  }

  /** Whether a lock keeps a draft from going out. Throws where the draft itself does. */
  async function isStopped(act: Act, opened: Opened, refuseUnsent: () => Promise<void>): Promise<boolean> {
    refuseToTell(opened.report)
    if (await isLocked(deps, act, opened)) return true
    await refuseUnsent()
    return false
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
    const begun = await begin(act, reportId)
    if (!begun.ended) refuseToTell(begun.report)
    const content = known(begun.content)
    const at = clock()
    const message = { reportId, author: act.person.id, text, today: dayOf(at), at }
    if (safetyMessageOf(text) !== undefined) {
      await refuseMore(act.query, reportId, messagesAtMost)
      const outgoing = { ...message, text: withStanding(text, content.report.language) }
      const { id } = await sendStaffMessage(act, content, outgoing)
      return { content, id, deed: deeds.messageSent(reportId, id) }
    }
    await mailboxToWrite(act.query, reportId, content.mailbox)
    if (await isLocked(deps, act, begun)) return undefined
    await refuseMore(act.query, reportId, draftsAtMost)
    const authors = authorsOf(act.person, text, origin, begun.conversation, content.report)
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
    list: (person: Person, reportId: string, paging: Paging): Promise<Conversation> =>
      conversationPage(deps, replyLimit, person, reportId, paging),

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
        const begun = await begin(act, reportId)
        if (begun.ended) throw contactEnded()
        const content = known(begun.content)
        const message = oneOf(begun.conversation.fromStaff, id)
        requireVersion(ifMatch, message.row.version)
        if (!(await isToDecide(act, message, wanted)))
          return shown(act.query, await viewOfStaff(message, content.report))
        const goesOut = approval.approved
        const refuseUnsent = () => refuseUnsafe(message, content.report, approval)
        if (goesOut && (await isStopped(act, begun, refuseUnsent))) return undefined
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
