import { inTurns } from '../../concurrency/yieldToEventLoop.ts'
import type { ConversationMessage } from '../../schemas/conversation.ts'
import type { Report } from '../../schemas/report.ts'
import type { ReporterMessageRow } from '../../storage/conversation.ts'
import { messageVersion } from '../mailbox/staffMessage.ts'
import type { Unnamed } from '../staff/named.ts'
import { lintInSlices } from '../text/lint/lint.ts'
import { signalsIn } from '../text/lint/signals.ts'
import { authorsOfMessage } from './authorship.ts'
import type { OpenConversation, OpenStaffMessage } from './conversation.ts'

/** Where a message stands in the conversation. */
export interface Position {
  number: number
  at: string
  id: string
}

/** A message with the ids of people: names are for answers. */
export type StoredMessage = Unnamed<ConversationMessage, 'author' | 'authors'>

export interface Entry {
  at: Position
  /** Of the reporter's messages. */
  row: ReporterMessageRow | undefined
  /** Looks for what wants a second look, so only where it is shown. */
  view: () => Promise<StoredMessage>
}

/** What has no number yet comes last. */
const last = Number.MAX_SAFE_INTEGER

/** Both sides in order. */
export function entriesOf({ fromReporter, fromStaff }: OpenConversation, report: Report): Entry[] {
  const theirs = fromReporter.map(({ row, text }) => {
    const { id, number } = row
    return { at: { number, at: '', id }, row, view: async () => viewOfReporter(row, text) }
  })
  const ours = fromStaff.map((message) => {
    const { id, number, writtenAt } = message.row
    const at = { number: number ?? last, at: writtenAt.toISOString(), id }
    return { at, row: undefined, view: () => viewOfStaff(message, report) }
  })
  return [...theirs, ...ours].sort((a, b) => (isAfter(a.at, b.at) ? 1 : -1))
}

export function isAfter(a: Position, b: Position): boolean {
  if (a.number !== b.number) return a.number > b.number
  return a.at === b.at ? a.id > b.id : a.at > b.at
}

function viewOfReporter({ id, number, sentOn }: ReporterMessageRow, text: string): StoredMessage {
  const found = signalsIn(text)
  const warnings = found.length > 0 ? { warnings: found } : {}
  return { id, number, from: 'reporter', sentOn, text, ...warnings, version: messageVersion }
}

export async function viewOfStaff(message: OpenStaffMessage, report: Report): Promise<StoredMessage> {
  const { row, text, status } = message
  const { id, number, author, sentOn, version } = row
  return {
    id,
    ...(number === null ? {} : { number }),
    from: 'staff',
    status,
    author,
    authors: authorsOfMessage(message),
    ...(sentOn === null ? {} : { sentOn }),
    text,
    // Of what went out, the approval has dealt with them.
    ...(status === 'sent' ? {} : { warnings: await inTurns(lintInSlices(text, report)) }),
    version,
  }
}
