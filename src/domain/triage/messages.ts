import type { Person } from '../../auth/person.ts'
import { Fault, invalid } from '../../faults.ts'
import type { Approval } from '../../schemas/casework.ts'
import type { Conversation, ConversationMessage, MessageLock } from '../../schemas/conversation.ts'
import type { Report } from '../../schemas/report.ts'
import { markRead, type ReporterMessageRow, setChisReview } from '../../storage/conversation.ts'
import { lockMailbox } from '../../storage/mailbox.ts'
import type { Query } from '../../storage/pool.ts'
import { countStaffMessages, mailboxOfReport, refuseDraft } from '../../storage/staffMessages.ts'
import { dayOf } from '../calendar.ts'
import {
  insertDraft,
  isSameMailbox,
  mailboxToWrite,
  messageVersion,
  sendStaffMessage,
  sendWrittenMessage,
} from '../mailbox/staffMessage.ts'
import { isRepeat, isTasking, lintMessage } from '../messages/lint.ts'
import { signalsIn } from '../messages/signals.ts'
import { safetyMessageOf, safetyMessages, withStanding } from '../messages/standing.ts'
import { pause } from '../mixing/pause.ts'
import type { SealedContent } from '../sealedReport.ts'
import { beginAct, type TriageDeps } from './act.ts'
import { decisionOf, isStillToDecide } from './approval.ts'
import { write } from './casework.ts'
import {
  admitMessages,
  type LockState,
  lockStateOf,
  type OpenConversation,
  type OpenStaffMessage,
  openConversation,
  type Unlock,
} from './conversation.ts'
import type { Keep } from './keep.ts'
import { openReport } from './openReport.ts'
import { loadPage, type Paging } from './pages.ts'
import { requireVersion } from './preconditions.ts'

/** Safety messages go on where drafts do not. */
const draftsAtMost = 200
const messagesAtMost = 400

/** Staff and reporter talk, with the safeguards against making the reporter a source (docs/messages.md). */
export function reporterConversation(
  { pool, keyring, audit, clock }: TriageDeps,
  { replyLimit }: { replyLimit: number },
) {
  /** Begins an act on the conversation: all of it is opened, and whether it is locked is worked out anew. */
  async function begin(query: Query, person: Person, reportId: string) {
    const report = await beginAct(query, keyring, person, reportId)
    const content = await openReport(query, keyring, report)
    const row = await mailboxOfReport(query, reportId)
    const isOurs = row !== undefined && isSameMailbox(row, content.mailbox)
    // From here on the reporter neither adds to it nor ends it.
    const ended = row === undefined || (isOurs && (await lockMailbox(query, row.lookupId)) === undefined)
    const conversation = await openConversation(query, keyring, reportId, content)
    const lock = await lockStateOf(query, keyring, report, content, conversation, replyLimit)
    return { report, content, conversation, lock, ended, writable: isOurs && !ended }
  }

  /** Shows in lists what holds anyway. */
  async function noteLock(query: Query, person: Person, reportId: string, { locked, reasons }: LockState) {
    if (!locked || !(await setChisReview(query, reportId, true))) return
    const target = `report/${reportId}/messages/lock/${reasons.join(',')}`
    await audit.record(query, person, 'alteration', target)
  }

  /** The message as it stands now; it must be there. */
  async function find(
    query: Query,
    reportId: string,
    content: SealedContent,
    id: string,
  ): Promise<ConversationMessage> {
    const conversation = await openConversation(query, keyring, reportId, content)
    const message = conversation.fromStaff.find(({ row }) => row.id === id)
    if (message === undefined) throw new Fault('not-there')
    return viewOfStaff(message, content.report)
  }

  return {
    /** Both sides in order. What is shown of the reporter's messages has left the box, and counts as read. */
    list: (person: Person, reportId: string, paging: Paging): Promise<Conversation> =>
      pool.transaction(async (query) => {
        const { content, conversation, lock, ended, writable } = await begin(query, person, reportId)
        const entries = entriesOf(conversation, content.report)
        const page = await loadPage(
          keyring,
          `messages ${reportId}`,
          paging,
          async (limit, after: Position | undefined) =>
            entries.filter((entry) => after === undefined || isAfter(entry.at, after)).slice(0, limit),
          ({ at }) => at,
        )
        const items: ConversationMessage[] = []
        for (const { view } of page.rows) {
          items.push(view())
          await pause()
        }
        const shown = page.rows.flatMap(({ row }) => (row === undefined ? [] : [row]))
        if (writable) await admitMessages(query, keyring, shown, content.mailbox)
        await markRead(
          query,
          [...shown, ...conversation.strange].map(({ id }) => id),
        )
        await noteLock(query, person, reportId, lock)
        await audit.record(query, person, 'consultation', `report/${reportId}/messages`)
        const { nextCursor } = page
        return {
          items,
          ...(nextCursor === undefined ? {} : { nextCursor }),
          locked: lock.locked,
          lockedFor: lock.reasons,
          ended,
          safetyMessages: safetyMessages.map((message) => ({ ...message })),
        }
      }),

    /** Writes a draft, for a supervisor who did not write it to approve. A safety message goes out at once. */
    write: async (
      person: Person,
      reportId: string,
      text: string,
      keep: Keep,
    ): Promise<ConversationMessage> => {
      const written = await pool.transaction(async (query) => {
        const { content, lock } = await begin(query, person, reportId)
        await mailboxToWrite(query, reportId, content.mailbox)
        const at = clock()
        const message = { reportId, author: person.id, text, today: dayOf(at), at }
        const isSafety = safetyMessageOf(text) !== undefined
        if (!isSafety && lock.locked) {
          await noteLock(query, person, reportId, lock)
          return undefined
        }
        const most = isSafety ? messagesAtMost : draftsAtMost
        if ((await countStaffMessages(query, reportId)) >= most) throw new Fault('full')
        const outgoing = { ...message, text: withStanding(text, content.report.language) }
        const id = isSafety
          ? (await sendStaffMessage(query, keyring, content, outgoing)).id
          : await insertDraft(query, keyring, content.mailbox, message)
        const view = await find(query, reportId, content, id)
        await keep(query, view, { etag: `"${view.version}"` })
        const target = `report/${reportId}/message/${id}${isSafety ? '/sent' : ''}`
        await audit.record(query, person, 'alteration', target)
        return view
      })
      if (written === undefined) throw new Fault('locked')
      return written
    },

    /** Sends or refuses a draft. Never by whoever wrote it. */
    decide: async (
      person: Person,
      reportId: string,
      id: string,
      ifMatch: string | undefined,
      approval: Approval,
    ): Promise<ConversationMessage> => {
      const wanted = decisionOf(approval)
      const decided = await pool.transaction(async (query) => {
        const { content, conversation, lock, ended } = await begin(query, person, reportId)
        if (ended) throw new Fault('key-gone')
        const message = conversation.fromStaff.find(({ row }) => row.id === id)
        if (message === undefined) throw new Fault('not-there')
        requireVersion(ifMatch, message.row.version)
        const { author } = message.row
        if (!isStillToDecide(person, { author, status: decisions[message.status] }, wanted)) {
          return viewOfStaff(message, content.report)
        }
        const fill = await mailboxToWrite(query, reportId, content.mailbox)
        if (wanted === 'approved' && lock.locked) {
          await noteLock(query, person, reportId, lock)
          return undefined
        }
        if (wanted === 'approved') refuseUnsafe(message, content.report, approval)
        const now = clock()
        const writing = { kind: 'message-decision', id, version: messageVersion, reportId } as const
        await write(query, keyring, person, now, writing, approval)
        if (wanted === 'approved') {
          const text = withStanding(message.text, content.report.language)
          const { writtenOn } = message.row
          const sent = { id, reportId, author, text, today: dayOf(now), writtenOn }
          await sendWrittenMessage(query, keyring, content.mailbox, fill, sent)
        } else await refuseDraft(query, id)
        const target = `report/${reportId}/message/${id}/${wanted}`
        await audit.record(query, person, 'alteration', target, approval.reason)
        return find(query, reportId, content, id)
      })
      if (decided === undefined) throw new Fault('locked')
      return decided
    },

    /** Lets messages be sent again; what the reporter told so far counts no more. The same again changes nothing. */
    unlock: (person: Person, reportId: string, reason: string): Promise<MessageLock> =>
      pool.transaction(async (query) => {
        const { conversation, lock, ended } = await begin(query, person, reportId)
        if (ended) throw new Fault('key-gone')
        if (lock.locked) {
          const through = Math.max(0, ...conversation.fromReporter.map(({ row }) => row.number))
          const writing = {
            kind: 'message-unlock',
            id: reportId,
            version: lock.nextUnlock,
            reportId,
          } as const
          await write(query, keyring, person, clock(), writing, { reason, through } satisfies Unlock)
          await setChisReview(query, reportId, false)
          await audit.record(query, person, 'alteration', `report/${reportId}/messages/unlock`, reason)
        }
        return { locked: false, lockedFor: [] }
      }),
  }
}

const decisions = { pending: 'draft', sent: 'approved', refused: 'refused' } as const

/** What repeats the report is not sent; what tasks the reporter, only by somebody who says why. */
function refuseUnsafe({ text }: OpenStaffMessage, report: Report, { reason }: Approval): void {
  const warnings = lintMessage(text, report)
  const repeats = [...new Set(warnings.filter(isRepeat).map(({ code }) => code))]
  if (repeats.length > 0) {
    const message = 'must not repeat what the report says: write it anew'
    throw new Fault(
      'not-in-this-state',
      repeats.map((code) => ({ pointer: '/text', code, message })),
    )
  }
  if (reason === undefined && warnings.some(isTasking)) {
    throw invalid('/reason', 'required', 'must be given: the message asks the reporter to do something')
  }
}

/** Where a message stands in the conversation; what has no number yet comes last. */
interface Position {
  number: number
  at: string
  id: string
}

const last = Number.MAX_SAFE_INTEGER

function entriesOf({ fromReporter, fromStaff }: OpenConversation, report: Report) {
  const theirs = fromReporter.map(({ row, text }) => {
    const { id, number } = row
    return { at: { number, at: '', id }, row, view: () => viewOfReporter(row, text) }
  })
  const ours = fromStaff.map((message) => {
    const { id, number, writtenAt } = message.row
    const at = { number: number ?? last, at: writtenAt.toISOString(), id }
    return { at, row: undefined, view: () => viewOfStaff(message, report) }
  })
  return [...theirs, ...ours].sort((a, b) => (isAfter(a.at, b.at) ? 1 : -1))
}

function viewOfReporter({ id, number, sentOn }: ReporterMessageRow, text: string): ConversationMessage {
  const found = signalsIn(text)
  const warnings = found.length > 0 ? { warnings: found } : {}
  return { id, number, from: 'reporter', sentOn, text, ...warnings, version: messageVersion }
}

function isAfter(a: Position, b: Position): boolean {
  if (a.number !== b.number) return a.number > b.number
  return a.at === b.at ? a.id > b.id : a.at > b.at
}

function viewOfStaff({ row, text, status }: OpenStaffMessage, report: Report): ConversationMessage {
  const { id, number, author, sentOn, version } = row
  return {
    id,
    ...(number === null ? {} : { number }),
    from: 'staff',
    status,
    author,
    ...(sentOn === null ? {} : { sentOn }),
    text,
    // Of what went out, the approval has dealt with them.
    ...(status === 'sent' ? {} : { warnings: lintMessage(text, report) }),
    version,
  }
}
