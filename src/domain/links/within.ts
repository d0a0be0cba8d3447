import type { Sliced } from '../../concurrency/slicing.ts'
import { phone } from './spelling/phone.ts'
import { postcode } from './spelling/postcode.ts'
import { registration } from './spelling/registration.ts'

/* Each pauses after every few things that it has looked at: a text may be nothing but digits. */

/** Where a thing stands in a folded text. */
export interface Span {
  start: number
  end: number
}

/** A folded text, and which of its letters were capitals. */
export interface AsWritten {
  folded: string
  isCapital: (at: number) => boolean
}

const before = String.raw`(?<![\p{L}\p{N}])`
const after = String.raw`(?![\p{L}\p{N}*?_]|[ -]?[*?_])`

/** Of these forms a plate is one in small letters too. */
const plate = new RegExp(`${before}[a-z]{2}\\d{2}[ -]?[a-z]{3}${after}`, 'gu')
/** These stand in any text: only capitals or hyphens make one a plate. */
const capitalPlate = new RegExp(
  `${before}(?:[a-z]{2} \\d{2} [a-z]{3}|[a-z]\\d{1,3}[ -]?[a-z]{3}|[a-z]{3}[ -]?\\d{1,3}[a-z]|[a-z]{1,2}z[ -]?\\d{2,4}|i[a-z][ -]?\\d{3,4}|\\d{2,3}[ -][a-z]{1,2}[ -]\\d{2,6}|\\d{3} ?[dx] ?\\d{3}|[a-z]{1,3}-[a-z]{1,2} \\d{1,4}|[a-z]{2}-\\d{3}-[a-z]{2})${after}`,
  'gu',
)
/** Words of three letters that follow a number in any text. */
const words: ReadonlySet<string> = new Set(
  'and the for was men man not but who you had has his her one two six ten new old day car van are all any off out per get got let may mae ond'.split(
    ' ',
  ),
)

/** Whole registrations. */
export function* platesIn({ folded, isCapital }: AsWritten): Sliced<Span[]> {
  const isOne = ({ start, end }: Span) => registration(folded.slice(start, end)) !== undefined
  const areCapitals = ({ start, end }: Span) => {
    for (let at = start; at < end; at += 1)
      if (/[a-z]/.test(folded.charAt(at)) && !isCapital(at)) return false
    return true
  }
  const small = (yield* spansOf(plate, folded)).filter(
    (span) => areCapitals(span) || !words.has(folded.slice(span.end - 3, span.end)),
  )
  const capital = (yield* spansOf(capitalPlate, folded)).filter(areCapitals)
  const found: Span[] = []
  for (const span of [...small, ...capital]) {
    if (isOne(span)) found.push(span)
    yield
  }
  return withoutOverlaps(found)
}

const number = new RegExp(`(?<![\\p{L}\\p{N}+])(?:\\+ ?|\\(?\\+?0|44 ?)[\\d() .-]{7,22}\\d${after}`, 'gu')

/** A text that is nothing but digits must not hold anybody up. */
const looksAtMost = 200
const shortenedAtMost = 4

/** Whole telephone numbers. What follows one, such as a house number, is left off. */
export function* numbersIn({ folded }: AsWritten): Sliced<Span[]> {
  const found: Span[] = []
  const pattern = new RegExp(number)
  for (let looks = 0; looks < looksAtMost; looks += 1) {
    const match = pattern.exec(folded)
    if (match === null) break
    const start = match.index
    const end = yield* wholeNumberEnd(folded, start, start + match[0].length)
    if (end === undefined) continue
    found.push({ start, end })
    pattern.lastIndex = end
  }
  return found
}

function* wholeNumberEnd(folded: string, start: number, end: number): Sliced<number | undefined> {
  let to = end
  for (let times = 0; times <= shortenedAtMost && to - start >= 9; times += 1) {
    yield
    if (phone(folded.slice(start, to)) !== undefined) return to
    to = lastBreak(folded, start, to)
  }
  return undefined
}

/** Where the last group of digits before `to` begins, without what parts it. */
function lastBreak(folded: string, start: number, to: number): number {
  return start + folded.slice(start, to).replace(/[^\d]*\d+$/, '').length
}

const code = new RegExp(`${before}[a-z]{1,2}\\d[a-z\\d]? ?\\d[a-z]{2}${after}`, 'gu')
const houseBefore =
  /(?<![\p{L}\p{N}.:])\d{1,5} ?[a-z]?(?:-\d{1,5}[a-z]?)?,? (?!(?:am|pm|o'clock|men|people|of)\b)(?:[\p{L}'.-]{2,}[ ,]{1,2}){1,7}$/u

/** Postcodes, from the number of the house on where that stands before. */
export function* postcodesIn({ folded }: AsWritten): Sliced<Span[]> {
  const found: Span[] = []
  for (const { start, end } of yield* spansOf(code, folded)) {
    yield
    const written = folded.slice(start, end)
    // Before one in the morning is no place.
    if (postcode(written)?.slips !== 0 || /[ap]m$/.test(written)) continue
    const house = houseBefore.exec(folded.slice(Math.max(0, start - 100), start))
    found.push({ start: start - (house?.[0].length ?? 0), end })
  }
  return found
}

function* spansOf(pattern: RegExp, folded: string): Sliced<Span[]> {
  const spans: Span[] = []
  for (const { index, 0: whole } of folded.matchAll(pattern)) {
    spans.push({ start: index, end: index + whole.length })
    yield
  }
  return spans
}

function withoutOverlaps(spans: readonly Span[]): Span[] {
  const kept: Span[] = []
  for (const span of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (span.start >= (kept.at(-1)?.end ?? 0)) kept.push(span)
  }
  return kept
}
