import type { MessageWarning } from '../../../schemas/conversation.ts'
import type { Report } from '../../../schemas/report.ts'
import { openBooks } from '../phrases/books.ts'
import { findPhrases } from '../phrases/find.ts'
import { repeatsOf } from './repeats.ts'
import { welsh } from './tasking.cy.ts'
import { english } from './tasking.en.ts'

export const books = openBooks(english, welsh)
const atMost = 50

/**
 * What is wrong with a message to the reporter of `report`: phrases that task them, and what it repeats of the report.
 * Sorted by place, at most 50, what is repeated first where there are more.
 */
export function lintMessage(text: string, report: Report): MessageWarning[] {
  const tasking = findPhrases(books(), text).map(({ start, end }) => ({
    code: 'tasking' as const,
    start,
    end,
  }))
  return [...repeatsOf(text, report), ...tasking]
    .slice(0, atMost)
    .sort((a, b) => a.start - b.start || a.end - b.end)
}

/** Whether a warning says that the message repeats the report: such a message is not sent. */
export function isRepeat({ code }: MessageWarning): boolean {
  return code.startsWith('repeats-')
}

export function isTasking({ code }: MessageWarning): boolean {
  return code === 'tasking'
}
