import { fold } from '../fold.ts'

/** The words of a text as they are compared: a report's with a message's. */

export interface Word {
  /** Lower case, without accents, invisible characters or a possessive ending. */
  folded: string
  /** Whether it is written Like this, elsewhere than at the beginning of a sentence. */
  capitalised: boolean
  start: number
  end: number
}

const word = /[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}\p{Cf}]|['’ʼ](?=\p{L}))*/gu
const sentenceEnd = /[.!?:;\n]\s*["'“‘(]*$/u
const wordsAtMost = 20_000
const longest = 512

export function wordsOf(text: string): Word[] {
  const words: Word[] = []
  let after = 0
  for (const match of text.matchAll(word)) {
    if (words.length >= wordsAtMost) break
    const written = match[0].slice(0, longest)
    const { index: start } = match
    const begins = words.length === 0 || sentenceEnd.test(text.slice(after, start))
    after = start + match[0].length
    words.push({
      folded: foldWord(written),
      capitalised: !begins && /^\p{Lu}/u.test(written),
      start,
      end: after,
    })
  }
  return words
}

/** A word as it is compared, without a possessive ending. */
export function foldWord(text: string): string {
  return fold(text).replace(/'s?$/u, '')
}

/** Letters and digits alone: `AB12 CDE`, `ab12-cde` and `AB12CDE` are one. */
export function squeeze(text: string): string {
  return foldWord(text).replace(/[^\p{L}\p{N}]/gu, '')
}

/** An English word without its commonest endings, so that plural and past are found too. Others are left alone. */
export function stem(folded: string): string {
  if (folded.length < 4 || !/^[a-z]+$/.test(folded)) return folded
  const singular = folded
    .replace(/ie[sd]$/, 'y')
    .replace(/(ss|ch|sh|x|z)es$/, '$1')
    .replace(/([^s])s$/, '$1')
  const bare = singular.replace(/(?:ing|ed)$/, '')
  const whole = bare.length >= 3 && /[aeiouy]/.test(bare) ? bare : singular
  const undoubled = whole === singular ? whole : whole.replace(/([b-df-hj-np-tv-z])\1$/, '$1')
  return undoubled.length > 3 ? undoubled.replace(/e$/, '') : undoubled
}

const radicals: readonly (readonly [string, readonly string[]])[] = [
  ['ngh', ['c']],
  ['mh', ['p']],
  ['nh', ['t']],
  ['ng', ['g']],
  ['ph', ['p']],
  ['th', ['t']],
  ['ch', ['c']],
  ['dd', ['d']],
  ['b', ['p']],
  ['d', ['t']],
  ['g', ['c']],
  ['f', ['b', 'm']],
  ['m', ['b']],
  ['n', ['d']],
  ['l', ['ll', 'gl']],
  ['r', ['rh', 'gr']],
  ['h', ['']],
]

/** What a word may be without the mutation of its first letters: in Welsh, Cwm is also Gwm, Nghwm and Chwm. */
export function unmutated(folded: string): string[] {
  if (folded.length < 3) return []
  const found = radicals.flatMap(([mutated, plain]) =>
    folded.startsWith(mutated) ? plain.map((letters) => letters + folded.slice(mutated.length)) : [],
  )
  return /^[aeiouwy]/.test(folded) ? [...found, `g${folded}`] : found
}
