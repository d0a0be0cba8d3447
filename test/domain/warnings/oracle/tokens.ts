import { type Sliced, unsliced } from '../../../../src/concurrency/slicing.ts'
import { fold } from '../../../../src/domain/text/fold.ts'

/** One word of a text, folded for comparison, with where it stands in the text (UTF-16 code units). */
export type Token = {
  /** Lower case, without accents or invisible characters, every apostrophe as `'`. */
  readonly word: string
  readonly kind: 'word' | 'name' | 'number' | 'email' | 'phone'
  readonly start: number
  readonly end: number
}

const apostrophe = `['’‘ʼ′´\`＇]`
const email = String.raw`[\p{L}\p{N}][\p{L}\p{N}._%+\-]{0,63}@[\p{L}\p{N}\-]{1,63}(?:\.[\p{L}\p{N}\-]{1,63}){1,8}`
const phone = String.raw`(?:\+\d|\(?0\d)[\d ().\-]{6,18}\d`
const word = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}\p{Cf}]|${apostrophe}(?=[\p{L}\p{N}]))*`
const stop = String.raw`[.!?;]+|\n[^\S\n]*\n`

/** Every repetition is bounded or cannot be split two ways, so the scan is linear. */
const scan = new RegExp(`(${email})|(${phone})|(${word}|@)|(${stop})`, 'gu')
const apostrophes = new RegExp(apostrophe, 'gu')
const abbreviation = /^(?:no|nos|mr|mrs|ms|dr|st|rd|ave|apt)$/
const plain = /^[a-z0-9']*$/
const longestWord = 64
/** Words that take well under a millisecond. */
export const betweenPauses = 100

/**
 * The words of a text, sentence by sentence. E-mail addresses and telephone numbers are one token each, a lone
 * `@` reads as "at", hyphens part words. Takes any string, whatever it holds, in linear time.
 */
export function sentences(text: string): Token[][] {
  return unsliced(sentencesInSlices(text))
}

/** The same, with a pause now and then. */
export function* sentencesInSlices(text: string): Sliced<Token[][]> {
  const found: Token[][] = []
  let current: Token[] = []
  let matches = 0
  for (const match of text.matchAll(scan)) {
    matches += 1
    if (matches % betweenPauses === 0) yield
    const token = tokenOf(match)
    if (token !== undefined) {
      current.push(token)
    } else if (endsSentence(match[0], text[match.index + match[0].length], current.at(-1))) {
      found.push(current)
      current = []
    }
  }
  found.push(current)
  return found.filter((sentence) => sentence.length > 0)
}

function tokenOf(match: RegExpExecArray): Token | undefined {
  const [whole, anEmail, aPhone, aWord] = match
  if (anEmail === undefined && aPhone === undefined && aWord === undefined) return undefined
  const word = folded(whole)
  return { word, kind: kindOf(match, word), start: match.index, end: match.index + whole.length }
}

function kindOf([whole, anEmail, aPhone]: RegExpExecArray, bare: string): Token['kind'] {
  if (anEmail !== undefined) return 'email'
  if (aPhone !== undefined) return isPhone(aPhone) ? 'phone' : 'word'
  return kindOfWord(whole, bare)
}

/** A word written like Name may be one. */
function kindOfWord(written: string, bare: string): Token['kind'] {
  if (/^\d{1,4}[a-z]?$/.test(bare)) return 'number'
  return /^\p{Lu}\p{Ll}/u.test(written) ? 'name' : 'word'
}

/** "No. 6", "6.30" and trailing dots… go on; anything else that looks like an end is one. */
function endsSentence(stopped: string, next: string | undefined, before: Token | undefined): boolean {
  if (!stopped.startsWith('.')) return true
  if (stopped.length > 1) return !/^\.+$/.test(stopped)
  return !(/\d/.test(next ?? '') || (before !== undefined && abbreviation.test(before.word)))
}

function isPhone(text: string): boolean {
  const digits = text.replace(/\D/g, '').length
  return digits >= 9 && digits <= 15
}

function folded(text: string): string {
  if (text === '@') return 'at'
  const lower = text.toLowerCase()
  if (lower.length <= longestWord && plain.test(lower)) return lower
  const bare = fold(text)
  return bare.length > longestWord ? '' : bare.replace(apostrophes, "'")
}
