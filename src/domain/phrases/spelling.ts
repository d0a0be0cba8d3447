/** Knows the words of a phrasebook and what is nearly one of them. */
export type Spelling = {
  /** The words that `word` may have been meant as: itself, or those it is a slip away from. */
  readonly meant: (word: string) => readonly string[]
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
    for (const form of slips(word)) {
      const known = near.get(form)
      if (known === undefined) near.set(form, [word])
      else if (!known.includes(word)) known.push(word)
    }
  }
  return {
    meant(word) {
      if (vocabulary.has(word) || !isCorrectable(word)) return [word]
      const found = new Set(slips(word).flatMap((form) => near.get(form) ?? []))
      return found.size === 0 ? [word] : [...found]
    },
  }
}

function isCorrectable(word: string): boolean {
  return word.length >= shortest - 1 && word.length <= longest && !/[\d{]/.test(word)
}

/** The word, and the word without each of its letters but the first. */
function slips(word: string): string[] {
  const forms = [word]
  for (let at = 1; at < word.length; at += 1) forms.push(word.slice(0, at) + word.slice(at + 1))
  return forms
}
