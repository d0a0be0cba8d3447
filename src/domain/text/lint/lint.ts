import { type Sliced, unsliced } from '../../../concurrency/slicing.ts'
import type { MessageWarning } from '../../../schemas/conversation.ts'
import type { Report } from '../../../schemas/report.ts'
import { openBooks } from '../phrases/books.ts'
import { findPhrasesInSlices } from '../phrases/find.ts'
import { repeatsInSlices } from './repeats.ts'
import { welsh } from './tasking.cy.ts'
import { english } from './tasking.en.ts'

export const books = openBooks(english, welsh)
const atMost = 50

/**
 * What is wrong with a message to the reporter of `report`: phrases that task them, and what it repeats of the report.
 * Sorted by place, at most 50, what is repeated first where there are more.
 */
export function lintMessage(text: string, report: Report): MessageWarning[] {
  return unsliced(lintInSlices(text, report))
}

/** The same, with a pause now and then: a report may be a hundred times as long as a message. */
export function* lintInSlices(text: string, report: Report): Sliced<MessageWarning[]> {
  const phrases = yield* findPhrasesInSlices(books(), text)
  const tasking = phrases.map(({ start, end }) => ({ code: 'tasking' as const, start, end }))
  return [...(yield* repeatsInSlices(text, report)), ...tasking]
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
