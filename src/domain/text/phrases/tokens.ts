import { fold } from '../fold.ts'

/** One word of a text, folded for comparison, with where it stands in the text (UTF-16 code units). */
export type Token = {
  /** Lower case, without accents or invisible characters, every apostrophe as `'`. */
  readonly word: string
  readonly kind: TokenKind
  readonly start: number
  readonly end: number
}

export const tokenKinds = ['word', 'name', 'number', 'email', 'phone'] as const
export type TokenKind = (typeof tokenKinds)[number]

const apostrophe = `['’‘ʼ′´\`＇]`
const email = String.raw`[\p{L}\p{N}][\p{L}\p{N}._%+\-]{0,63}@[\p{L}\p{N}\-]{1,63}(?:\.[\p{L}\p{N}\-]{1,63}){1,8}`
const phone = String.raw`(?:\+\d|\(?0\d)[\d ().\-]{6,18}\d`
const word = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}\p{Cf}]|${apostrophe}(?=[\p{L}\p{N}]))*`

/** Every repetition is bounded or cannot be split two ways, so reading is linear. */
const one = new RegExp(`(${email})|(${phone})|(${word}|@)`, 'uy')
const emptyLine = /\n[^\S\n]*\n/y
const apostrophes = new RegExp(apostrophe, 'gu')
const plain = /^[a-z0-9']*$/
export const longestWord = 64

/** The word that begins at `at`: e-mail addresses and telephone numbers are one each, a lone `@` reads as "at". */
export function tokenAt(text: string, at: number): Token | undefined {
  one.lastIndex = at
  const match = one.exec(text)
  if (match === null) return undefined
  const word = folded(match[0])
  return { word, kind: kindOf(match, word), start: at, end: at + match[0].length }
}

/** Where the empty line ends that begins at `at`; -1 if none does. */
export function endOfEmptyLine(text: string, at: number): number {
  emptyLine.lastIndex = at
  return emptyLine.test(text) ? emptyLine.lastIndex : -1
}

function kindOf([whole, anEmail, aPhone]: RegExpExecArray, bare: string): TokenKind {
  if (anEmail !== undefined) return 'email'
  if (aPhone !== undefined) return isPhone(aPhone) ? 'phone' : 'word'
  if (/^\d{1,4}[a-z]?$/.test(bare)) return 'number'
  // A word written like Name may be one.
  return /^\p{Lu}\p{Ll}/u.test(whole) ? 'name' : 'word'
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
