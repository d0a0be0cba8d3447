import { caseOf, comparedAs, sign, signOf } from './letters.ts'
import { endOfEmptyLine, longestWord, type TokenKind, tokenAt } from './tokens.ts'
import { addLetter, clearLetters, type Letters, newLetters, type WordTable } from './wordTable.ts'

/** A text that is being read, up to `at`. */
export interface Walk {
  readonly text: string
  at: number
  /** Where the next `@` stands, its end if there is none. */
  nextAt: number
}

/** The words of one sentence, as numbers. */
export interface Sentence {
  count: number
  starts: Int32Array
  ends: Int32Array
  /** Of each word in the table; 0 if it is unknown. */
  words: Int32Array
  /** Index into `tokenKinds`. */
  kinds: Int32Array
  /** What each word means to the phrases that are followed. */
  symbols: Int32Array
  /** Unknown words that may be slips of known ones, by their index: the only words that become strings. */
  readonly slips: Map<number, string>
  readonly letters: Letters
}

const kindNumber: Readonly<Record<TokenKind, number>> = { word: 0, name: 1, number: 2, email: 3, phone: 4 }
const abbreviations = ['no', 'nos', 'mr', 'mrs', 'ms', 'dr', 'st', 'rd', 'ave', 'apt']
/** Words that reading itself must know. */
export const wordsOfReading: readonly string[] = ['at', ...abbreviations]
const isAbbreviation: ReadonlySet<string> = new Set(abbreviations)
/** Characters within which an e-mail address has its `@`, pairs of units counted twice. */
const emailWithin = 130
const zero = 48
const fullStop = 46
const apostrophe = 39
/** Steps that take well under a millisecond. */
const stepsAtOnce = 2_000

export function beginWalk(text: string): Walk {
  return { text, at: 0, nextAt: -1 }
}

export function newSentence(): Sentence {
  const size = 256
  return {
    count: 0,
    starts: new Int32Array(size),
    ends: new Int32Array(size),
    words: new Int32Array(size),
    kinds: new Int32Array(size),
    symbols: new Int32Array(size),
    slips: new Map(),
    letters: newLetters(longestWord),
  }
}

export function clearSentence(sentence: Sentence): void {
  sentence.count = 0
  if (sentence.slips.size > 0) sentence.slips.clear()
}

/** Wipes what is left of a text. */
export function wipeSentence(sentence: Sentence): void {
  clearSentence(sentence)
  const { starts, ends, words, kinds, symbols } = sentence
  for (const numbers of [starts, ends, words, kinds, symbols]) numbers.fill(0)
  sentence.letters.codes.fill(0)
}

/**
 * Reads on, some steps at most, and adds the words it meets. Tells whether the sentence is whole. Takes any string, whatever
 * it holds, in linear time, and makes no string of what it reads: what is rare goes by the patterns of tokens.ts.
 */
export function readOn(walk: Walk, sentence: Sentence, table: WordTable): boolean {
  const { text } = walk
  for (let steps = 0; walk.at < text.length && steps < stepsAtOnce; steps += 1) {
    const code = text.charCodeAt(walk.at)
    const kind = signOf(code)
    if (kind === sign.gap || kind === sign.apostrophe) walk.at += 1
    else if (kind === sign.letter) readWord(walk, sentence, table, code)
    else if (readOther(walk, sentence, table, kind)) return true
  }
  return walk.at >= text.length && sentence.count > 0
}

/** What is no usual letter. Tells whether it ends the sentence. */
function readOther(walk: Walk, sentence: Sentence, table: WordTable, kind: number): boolean {
  const { text, at } = walk
  if (kind === sign.stop) return readStop(walk, sentence, table) && sentence.count > 0
  if (kind === sign.lineEnd) {
    const next = text.charCodeAt(at + 1)
    const end = next <= 32 || next >= 128 ? endOfEmptyLine(text, at) : -1
    walk.at = Math.max(end, at + 1)
    return end >= 0 && sentence.count > 0
  }
  if (kind !== sign.opening || isDigit(text.charCodeAt(at + 1))) readRare(walk, sentence, table)
  else walk.at += 1
  return false
}

function readWord(walk: Walk, sentence: Sentence, table: WordTable, first: number): void {
  const { text, at } = walk
  const { letters } = sentence
  const second = text.charCodeAt(at + 1)
  if (walk.nextAt < at) walk.nextAt = placeOfNext('@', text, at)
  const isMoreThanWord = walk.nextAt - at < emailWithin || (first === zero && isDigit(second))
  const end = isMoreThanWord ? -1 : readLetters(text, at, letters)
  if (end < 0) readRare(walk, sentence, table)
  else {
    walk.at = end
    addToken(sentence, table, at, end, kindOfLetters(letters, first, second))
  }
}

/** Where the word ends that begins at `start`; -1 if something rare is in it. */
function readLetters(text: string, start: number, letters: Letters): number {
  clearLetters(letters)
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    const kind = signOf(code)
    if (kind === sign.letter) addLetter(letters, comparedAs[code] ?? 0)
    else {
      // An apostrophe is what the sign after it is.
      const joined = kind === sign.apostrophe && at + 1 < text.length ? signOf(text.charCodeAt(at + 1)) : kind
      if (joined === sign.rare) return -1
      if (joined !== sign.letter) return at
      addLetter(letters, apostrophe)
    }
  }
  return text.length
}

function readRare(walk: Walk, sentence: Sentence, table: WordTable): void {
  const { text, at } = walk
  const token = tokenAt(text, at)
  if (token === undefined) {
    walk.at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
    return
  }
  const { letters } = sentence
  clearLetters(letters)
  for (let index = 0; index < token.word.length; index += 1) addLetter(letters, token.word.charCodeAt(index))
  walk.at = token.end
  addToken(sentence, table, token.start, token.end, kindNumber[token.kind])
}

function kindOfLetters({ codes, length, hasDigit }: Letters, first: number, second: number): number {
  if (hasDigit && length <= 5) {
    let digits = 0
    while (digits < length && isDigit(codes[digits] ?? 0)) digits += 1
    // 12, or 12b.
    const isOne = digits === length || (digits === length - 1 && codes[digits] !== apostrophe)
    if (isOne && digits > 0 && digits < 5) return kindNumber.number
  }
  return length > 1 && caseOf[first] === 1 && caseOf[second] === 2 ? kindNumber.name : kindNumber.word
}

function addToken(sentence: Sentence, table: WordTable, start: number, end: number, kind: number): void {
  const index = sentence.count
  if (index === sentence.starts.length) grow(sentence)
  const { letters } = sentence
  const number = table.numberOf(letters)
  if (number === 0 && table.mayBeSlip(letters)) {
    sentence.slips.set(index, String.fromCharCode(...letters.codes.subarray(0, letters.length)))
  }
  sentence.starts[index] = start
  sentence.ends[index] = end
  sentence.words[index] = number
  sentence.kinds[index] = kind
  sentence.count += 1
}

function grow(sentence: Sentence): void {
  const larger = (numbers: Int32Array) => {
    const grown = new Int32Array(numbers.length * 2)
    grown.set(numbers)
    return grown
  }
  sentence.starts = larger(sentence.starts)
  sentence.ends = larger(sentence.ends)
  sentence.words = larger(sentence.words)
  sentence.kinds = larger(sentence.kinds)
  sentence.symbols = larger(sentence.symbols)
}

/** Reads over full stops and the like: "No. 6", "6.30" and trailing dots… go on; anything else is an end. */
function readStop(walk: Walk, sentence: Sentence, table: WordTable): boolean {
  const { text, at: start } = walk
  let isDots = true
  let at = start
  for (; at < text.length && signOf(text.charCodeAt(at)) === sign.stop; at += 1) {
    if (text.charCodeAt(at) !== fullStop) isDots = false
  }
  walk.at = at
  if (text.charCodeAt(start) !== fullStop) return true
  if (at > start + 1) return !isDots
  const before = sentence.count > 0 ? (table.words[sentence.words[sentence.count - 1] ?? 0] ?? '') : ''
  return !(isDigit(text.charCodeAt(at)) || isAbbreviation.has(before))
}

function placeOfNext(sought: string, text: string, from: number): number {
  const found = text.indexOf(sought, from)
  return found < 0 ? Number.MAX_SAFE_INTEGER : found
}

function isDigit(code: number): boolean {
  return code >= zero && code <= 57
}
