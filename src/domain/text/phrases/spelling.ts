import { sumsOf, weightOf } from './wordTable.ts'

/** Knows the words of a phrasebook and what is nearly one of them. */
export type Spelling = {
  /** The words of the phrasebook that `word` may have been meant as: itself, or those it is a slip away from. */
  readonly meant: (word: string) => readonly string[]
  /** The words that slips are looked for in, whole and without one of their letters each. */
  readonly forms: readonly string[]
}

const shortest = 6
const longest = 24

/**
 * Takes one slip in a word of the phrasebook of six letters or more: a letter too many, too few, another, or two swapped;
 * never the first letter, where slips are rare and other words many (mother, bother). A word that the
 * phrasebook knows is never taken for another.
 */
export function buildSpelling(vocabulary: ReadonlySet<string>): Spelling {
  const near = new Map<string, string[]>()
  for (const word of vocabulary) {
    if (word.length < shortest || !isCorrectable(word)) continue
    for (let at = 0; at < word.length; at += 1) {
      const form = slip(word, at)
      const known = near.get(form)
      if (known === undefined) near.set(form, [word])
      else if (!known.includes(word)) known.push(word)
    }
  }
  const forms = [...near.keys()]
  const sums = sumsOf(forms)
  /** A string is made only where its sum is one of theirs. */
  function nearTo(word: string): readonly string[] {
    const whole = sums.of(word)
    let found = none
    for (let at = 0; at < word.length; at += 1) {
      const sum = at === 0 ? whole : (whole - weightOf(word.charCodeAt(at))) | 0
      if (sums.has(sum)) found = found.concat(near.get(slip(word, at)) ?? none)
    }
    return found
  }
  return {
    forms,
    meant(word) {
      if (vocabulary.has(word)) return [word]
      if (!isCorrectable(word)) return none
      const found = nearTo(word)
      return found.length < 2 ? found : [...new Set(found)]
    },
  }
}

function isCorrectable(word: string): boolean {
  return word.length >= shortest - 1 && word.length <= longest && !/[\d{]/.test(word)
}

const none: readonly string[] = []

/** The word without one of its letters; without none for the first, in which no slip is looked for. */
function slip(word: string, at: number): string {
  return at === 0 ? word : word.slice(0, at) + word.slice(at + 1)
}
