/** Knows the words of a phrasebook and what is nearly one of them. */
export type Spelling = {
  /** The words of the phrasebook that `word` may have been meant as: itself, or those it is a slip away from. */
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
  const signs = new Uint8Array(signCount)
  for (const word of vocabulary) {
    if (word.length < shortest || !isCorrectable(word)) continue
    for (let at = 0; at < word.length; at += 1) {
      const form = slip(word, at)
      signs[indexOf(signOf(form))] = 1
      const known = near.get(form)
      if (known === undefined) near.set(form, [word])
      else if (!known.includes(word)) known.push(word)
    }
  }
  return {
    meant(word) {
      if (vocabulary.has(word)) return [word]
      if (!isCorrectable(word)) return none
      const found = formsOf(word, signs).flatMap((form) => near.get(form) ?? none)
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

/*
 * Nearly all words of a text are no slip of anything, and to make and look up each of their forms took a fifth of the
 * time. So a number is looked up first: the sum of a weight for each letter, from which a letter can be taken.
 */
const signCount = 1 << 17

/** The forms of a word whose sign is known. */
function formsOf(word: string, signs: Uint8Array): string[] {
  const forms: string[] = []
  const sign = signOf(word)
  for (let at = 0; at < word.length; at += 1) {
    const without = at === 0 ? sign : sign - weight(word.charCodeAt(at))
    if (signs[indexOf(without)] === 1) forms.push(slip(word, at))
  }
  return forms
}

function signOf(form: string): number {
  let sum = 0
  for (let at = 0; at < form.length; at += 1) sum += weight(form.charCodeAt(at))
  return sum
}

function weight(letter: number): number {
  const mixed = Math.imul(letter + 1, 0x9e37_79b1)
  return Math.imul(mixed ^ (mixed >>> 15), 0x85eb_ca6b) >>> 8
}

function indexOf(sign: number): number {
  return sign & (signCount - 1)
}
