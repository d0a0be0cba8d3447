import type { LockReason } from '../../../schemas/conversation.ts'
import { type Signal, signalsIn } from './signals.ts'

/** What a reporter has told since sending was last unlocked, in order. */
export interface Told {
  /** The report's own words; undefined once a supervisor has unlocked with them in view. */
  report: string | undefined
  messages: readonly string[]
}

/**
 * Why sending must stop (domain.md, section 4): so many messages; a sign, wherever it stands, that the reporter is
 * under 18; or additions that seem to come again and again from a relationship with the subject: two texts that tell
 * of one, or one message that tells that it goes on.
 */
export function lockReasonsOf({ report, messages }: Told, replyLimit: number): LockReason[] {
  // Locked by their number already: the newest of them tell what else there is to it, however many were sent.
  const ofMessages = messages.slice(-replyLimit).map(codesIn)
  const ofAll = report === undefined ? ofMessages : [codesIn(report), ...ofMessages]
  const additions = ofMessages.filter(isFromRelationship).length
  const texts = ofAll.filter(isFromRelationship).length
  const reasons: [LockReason, boolean][] = [
    ['replies', messages.length >= replyLimit],
    ['under-18', ofAll.some((codes) => codes.has('under-18'))],
    ['relationship', ofMessages.some((codes) => codes.has('ongoing')) || (additions > 0 && texts > 1)],
  ]
  return reasons.filter(([, holds]) => holds).map(([reason]) => reason)
}

function codesIn(text: string): ReadonlySet<Signal> {
  return new Set(signalsIn(text).map(({ code }) => code))
}

function isFromRelationship(codes: ReadonlySet<Signal>): boolean {
  return codes.has('relationship') || codes.has('ongoing')
}
