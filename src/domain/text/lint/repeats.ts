import { type Sliced, unsliced } from '../../../concurrency/slicing.ts'
import type { MessageWarning } from '../../../schemas/conversation.ts'
import type { Report } from '../../../schemas/report.ts'
import { isCommon } from './commonWords.ts'
import { type Facts, factsInSlices, numberIn } from './facts.ts'
import { squeeze, stem, unmutated, type Word, wordsOf } from './words.ts'

type Code = Extract<MessageWarning['code'], `repeats-${string}`>
type Repeat = MessageWarning & { code: Code }

/**
 * What a text repeats of a report: names, identifiers, its category, and words and numbers of its own. Without regard
 * to case, accents, spaces, hyphens, the form of a telephone number, or Welsh mutation. Sorted by place.
 */
export function repeatsOf(text: string, report: Report): Repeat[] {
  return unsliced(repeatsInSlices(text, report))
}

/** The same, with a pause now and then. */
export function* repeatsInSlices(text: string, report: Report): Sliced<Repeat[]> {
  const facts = yield* factsInSlices(report)
  const words = wordsOf(text)
  const welsh = report.language?.toLowerCase().startsWith('cy') ?? false
  const found = [
    ...identifiersIn(words, facts),
    ...sequencesIn(words, facts),
    ...words.flatMap((word, index): Repeat[] => {
      const code = codeOf(word, words[index - 1], facts, welsh)
      return code === undefined ? [] : [{ code, start: word.start, end: word.end }]
    }),
  ]
  return withoutOverlaps(found)
}

function codeOf(word: Word, before: Word | undefined, facts: Facts, welsh: boolean): Code | undefined {
  const { folded, capitalised } = word
  if (/\d/.test(folded)) return codeOfNumber(folded, before, facts)
  const forms = [stem(folded), ...(welsh || capitalised ? unmutated(folded).map(stem) : [])]
  const [plain = ''] = forms
  if (forms.some((form) => facts.names.has(form)) && !isCommon(folded)) return 'repeats-name'
  if (capitalised && facts.everydayNames.has(folded)) return 'repeats-name'
  if (facts.category.has(plain)) return 'repeats-category'
  const number = numberIn(folded)
  if (number !== undefined && facts.numbers.has(number)) return 'repeats-narrative'
  return !isCommon(folded) && forms.some((form) => facts.narrative.has(form))
    ? 'repeats-narrative'
    : undefined
}

const beforeHouse = /^(number|no|nos|flat|unit|house|plot|apartment|room|rhif|fflat|ty|ystafell)$/

function codeOfNumber(folded: string, before: Word | undefined, facts: Facts): Code | undefined {
  const digits = folded.replace(/\D/g, '')
  if (digits.length >= 4 && facts.digits.some((one) => one.includes(digits))) return 'repeats-identifier'
  const number = numberIn(folded)
  if (number !== undefined && facts.numbers.has(number)) return 'repeats-narrative'
  return facts.houseNumbers.has(folded) && beforeHouse.test(before?.folded ?? '') ? 'repeats-name' : undefined
}

/** Scripts that put no spaces between words: there a name is looked for anywhere. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** Identifiers, from the beginning of a word to the end of one, whatever stands between their parts. */
function identifiersIn(words: readonly Word[], facts: Facts): Repeat[] {
  const begins = new Map<number, Word>()
  const ends = new Map<number, Word>()
  const within: Word[] = []
  let whole = ''
  for (const word of words) {
    const squeezed = squeeze(word.folded)
    begins.set(whole.length, word)
    for (let at = 0; at < squeezed.length; at += 1) within.push(word)
    whole += squeezed
    ends.set(whole.length, word)
  }
  const looseNames = [...facts.names].filter((name) => name.length > 1 && unspaced.test(name))
  return [
    ...facts.identifiers.flatMap((one) =>
      placesOf(whole, one).flatMap((at): Repeat[] => {
        const [first, last] = [begins.get(at), ends.get(at + one.length)]
        return first && last ? [{ code: 'repeats-identifier', start: first.start, end: last.end }] : []
      }),
    ),
    ...looseNames.flatMap((one) =>
      placesOf(whole, one).flatMap((at): Repeat[] => {
        const [first, last] = [within[at], within[at + one.length - 1]]
        return first && last ? [{ code: 'repeats-name', start: first.start, end: last.end }] : []
      }),
    ),
  ]
}

function placesOf(whole: string, part: string): number[] {
  const places: number[] = []
  for (let at = whole.indexOf(part); at >= 0; at = whole.indexOf(part, at + 1)) places.push(at)
  return places
}

/** Names of category and sub-types that are made of everyday words. */
function sequencesIn(words: readonly Word[], { categoryNames }: Facts): Repeat[] {
  const stems = words.map(({ folded }) => stem(folded))
  return categoryNames.flatMap((name) =>
    stems.flatMap((_, from): Repeat[] => {
      const [first, last] = [words[from], words[from + name.length - 1]]
      const isHere = name.every((one, index) => stems[from + index] === one)
      return isHere && first && last ? [{ code: 'repeats-category', start: first.start, end: last.end }] : []
    }),
  )
}

/** Of what overlaps, the widest; sorted by place. */
function withoutOverlaps(found: readonly Repeat[]): Repeat[] {
  const kept: Repeat[] = []
  for (const one of found.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (one.start >= (kept.at(-1)?.end ?? 0)) kept.push(one)
  }
  return kept
}
