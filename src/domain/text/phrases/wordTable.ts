/** The letters of one word at a time, with what they are looked up by; kept up while the word is read. */
export interface Letters {
  readonly codes: Uint16Array
  length: number
  hash: number
  /** The sum of its letters' weights, from which a letter can be taken. */
  sum: number
  hasDigit: boolean
}

/** Words by number, found by their letters without making a string. */
export interface WordTable {
  readonly words: readonly string[]
  /** The number of this word; 0 if there is none. */
  readonly numberOf: (letters: Letters) => number
  /** Whether it is of the length, and the letters, that a slip of one of the words may have. */
  readonly mayBeSlip: (letters: Letters) => boolean
}

const shortestSlip = 5
const longestSlip = 24

export function newLetters(longest: number): Letters {
  return { codes: new Uint16Array(longest), length: 0, hash: 0, sum: 0, hasDigit: false }
}

export function clearLetters(letters: Letters): void {
  letters.length = 0
  letters.hash = 0
  letters.sum = 0
  letters.hasDigit = false
}

/** Adds a letter; one too many is counted and not kept. */
export function addLetter(letters: Letters, code: number): void {
  letters.codes[letters.length] = code
  letters.length += 1
  letters.hash = Math.imul(letters.hash ^ code, 0x0100_0193)
  letters.sum = (letters.sum + weightOf(code)) | 0
  if (code >= 48 && code <= 57) letters.hasDigit = true
}

/** Numbers `words` from 1 on. `forms` are the words without one of their letters: what a slip may leave of them. */
export function buildWordTable(words: ReadonlySet<string>, forms: Iterable<string>): WordTable {
  const list = ['', ...words]
  const numbers = buildHash(list)
  const sums = sumsOf([...forms])
  return {
    words: list,
    numberOf({ codes, length, hash }) {
      if (length === 0 || length > codes.length) return 0
      for (let slot = scattered(hash) & numbers.mask; ; slot = (slot + 1) & numbers.mask) {
        const number = numbers.slots[slot] ?? 0
        if (number === 0 || isWritten(list[number] ?? '', codes, length)) return number
      }
    },
    mayBeSlip({ codes, length, sum, hasDigit }) {
      if (length < shortestSlip || length > longestSlip || hasDigit) return false
      // No slip is looked for in the first letter; the word may have a letter too few.
      if (sums.has(sum)) return true
      for (let at = 1; at < length; at += 1) {
        if (sums.has((sum - weightOf(codes[at] ?? 0)) | 0)) return true
      }
      return false
    },
  }
}

function isWritten(word: string, codes: Uint16Array, length: number): boolean {
  if (word.length !== length) return false
  for (let at = 0; at < length; at += 1) if (word.charCodeAt(at) !== codes[at]) return false
  return true
}

function buildHash(list: readonly string[]): { slots: Uint16Array; mask: number } {
  const slots = new Uint16Array(sizeFor(list.length))
  const mask = slots.length - 1
  const letters = newLetters(0)
  for (let number = 1; number < list.length; number += 1) {
    clearLetters(letters)
    for (const letter of (list[number] ?? '').split('')) addLetter(letters, letter.charCodeAt(0))
    let slot = scattered(letters.hash) & mask
    while (slots[slot] !== 0) slot = (slot + 1) & mask
    slots[slot] = number
  }
  return { slots, mask }
}

/** The sums of the weights of their letters, as a set of 32-bit numbers. */
export function sumsOf(forms: readonly string[]) {
  const slots = new Int32Array(sizeFor(forms.length))
  const mask = slots.length - 1
  const kept = (sum: number) => (sum === 0 ? 1 : sum)
  const slotOf = (sum: number) => {
    let slot = scattered(sum) & mask
    while (slots[slot] !== 0 && slots[slot] !== sum) slot = (slot + 1) & mask
    return slot
  }
  const sumOf = (form: string) => {
    let sum = 0
    for (let at = 0; at < form.length; at += 1) sum = (sum + weightOf(form.charCodeAt(at))) | 0
    return sum
  }
  for (const form of forms) {
    const sum = kept(sumOf(form))
    slots[slotOf(sum)] = sum
  }
  return { has: (sum: number) => slots[slotOf(kept(sum))] !== 0, of: sumOf }
}

/** A power of two of which less than a third is taken. */
function sizeFor(count: number): number {
  return 2 ** Math.ceil(Math.log2(3 * count + 8))
}

function scattered(hash: number): number {
  return hash ^ (hash >>> 15)
}

const weights = Int32Array.from({ length: 128 }, (_, code) => weighed(code))

/** What a letter adds to the sum of a word. */
export function weightOf(code: number): number {
  return code < 128 ? (weights[code] ?? 0) : weighed(code)
}

function weighed(code: number): number {
  const mixed = Math.imul(code + 1, 0x9e37_79b1)
  return Math.imul(mixed ^ (mixed >>> 15), 0x85eb_ca6b)
}
