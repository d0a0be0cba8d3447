import { type Sliced, unsliced } from '../../../concurrency/slicing.ts'
import { openBooks } from '../phrases/books.ts'
import { findPhrases, findPhrasesInSlices, isSoonRead } from '../phrases/find.ts'
import { type CheckedReport, freeTexts } from './fields.ts'
import { welsh } from './phrases.cy.ts'
import { english } from './phrases.en.ts'

export const warningCodes = [
  'kinship',
  'position',
  'uniqueness',
  'own-contact',
  'proximity',
  'own-name',
  'own-role',
  'prior-report',
] as const

export type WarningCode = (typeof warningCodes)[number]

/** A phrase that may tell the subject who reported: where it stands, never what it says. */
export type Warning = {
  readonly code: WarningCode
  /** JSON pointer (RFC 6901) of the field. */
  readonly pointer: string
  /** UTF-16 code units into the field; `end` is exclusive. */
  readonly start: number
  readonly end: number
}

/** All are read whatever the report says of its language: most reports mix one of them in. */
export const books = openBooks(english, welsh)
const mostWarnings = 50

/**
 * The phrases of a report that may give its writer away, in any free-text field, sorted by pointer and place.
 * At most 50, the narrative's first. Never throws, never blocks, and its answer holds none of the text.
 */
export function findWarnings(report: CheckedReport): Warning[] {
  return unsliced(findWarningsInSlices(report))
}

/** The same, with a pause now and then: a long text takes longer than others should wait. */
export function* findWarningsInSlices(report: CheckedReport): Sliced<Warning[]> {
  const found: Warning[] = []
  for (const { pointer, text } of freeTexts(report)) {
    const phrases = isSoonRead(text) ? findPhrases(books(), text) : yield* findPhrasesInSlices(books(), text)
    for (const { code, start, end } of phrases) {
      if (isCode(code)) found.push({ code, pointer, start, end })
    }
  }
  return found.slice(0, mostWarnings).sort(byPlace)
}

function byPlace(a: Warning, b: Warning): number {
  return compare(a.pointer, b.pointer) || a.start - b.start || a.end - b.end || compare(a.code, b.code)
}

function isCode(code: string): code is WarningCode {
  return warningCodes.some((known) => known === code)
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
