import { inTurns } from '../../concurrency/yieldToEventLoop.ts'
import type { Approval } from '../../schemas/casework.ts'
import type { Report } from '../../schemas/report.ts'
import { Fault, invalid } from '../../vocabulary/faults.ts'
import type { Person } from '../../vocabulary/person.ts'
import { withStanding } from '../../vocabulary/standing.ts'
import type { Act } from '../calls/act.ts'
import { isStillToDecide } from '../calls/approval.ts'
import { isRepeat, isTasking, lintInSlices } from '../text/lint/lint.ts'
import { authorsOfLikeMessages, authorsOfMessage, everyOne } from './authorship.ts'
import type { OpenConversation, OpenStaffMessage } from './conversation.ts'

/** What must hold before a draft to the reporter goes out (docs/messages.md). */

const decisions = { pending: 'draft', sent: 'approved', refused: 'refused' } as const

/** Whether a draft is still to be decided so. Throws where it was decided otherwise, or by whom it may not be. */
export function isToDecide(
  act: Act,
  message: OpenStaffMessage,
  wanted: 'approved' | 'refused',
): Promise<boolean> {
  const authors = authorsOfMessage(message)
  return isStillToDecide(
    act,
    { authors, status: decisions[message.status] },
    wanted,
    'Write another message instead.',
  )
}

/** Everybody who counts as an author of a new draft. */
export function authorsOf(
  person: Person,
  text: string,
  origin: string | undefined,
  { fromStaff }: OpenConversation,
  { language }: Report,
): string[] {
  const made = origin === undefined ? undefined : fromStaff.find(({ row }) => row.id === origin)
  if (origin !== undefined && made === undefined) {
    throw invalid('/origin', 'unknown-message', 'must be a message of staff in this conversation')
  }
  return everyOne(
    [person.id],
    made === undefined ? [] : authorsOfMessage(made),
    authorsOfLikeMessages(text, fromStaff, (words) => withStanding(words, language)),
  )
}

/** What repeats the report is not sent; what tasks the reporter, only by somebody who says why. */
export async function refuseUnsafe(
  { text }: OpenStaffMessage,
  report: Report,
  { reason }: Approval,
): Promise<void> {
  const warnings = await inTurns(lintInSlices(text, report))
  const repeats = [...new Set(warnings.filter(isRepeat).map(({ code }) => code))]
  if (repeats.length > 0) {
    const message = 'must not repeat what the report says: write it anew'
    throw new Fault(
      'not-in-this-state',
      repeats.map((code) => ({ pointer: '/text', code, message })),
      { detail: 'It repeats what the report says. Refuse it, and write another that does not.' },
    )
  }
  if (reason === undefined && warnings.some(isTasking)) {
    throw invalid('/reason', 'required', 'must be given: the message asks the reporter to do something')
  }
}
