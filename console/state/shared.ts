/** A stretch of a text that stands in another as well. */
export interface Stretch {
  start: number
  end: number
}

interface Token {
  word: string
  start: number
  end: number
}

/** Words in a row that make a phrase. Fewer are how everybody speaks. */
const together = 3
/** Words that nobody shares by chance: a name of a place with a number, a telephone number, a plate. */
const tellsAlone = /^(?=.*\d).{4,}$/

function tokensOf(text: string): Token[] {
  return [...text.matchAll(/[\p{L}\p{N}'’]+/gu)].map(({ 0: word, index }) => ({
    word: word.toLowerCase().replaceAll(/['’]/g, ''),
    start: index,
    end: index + word.length,
  }))
}

/**
 * The phrases of `text` that stand in one of `sources` too, whatever their case and punctuation: what was copied is most
 * likely to give a reporter away, and must be chosen, not left over.
 */
export function sharedWith(text: string, sources: readonly string[]): Stretch[] {
  const tokens = tokensOf(text)
  const said = sources.map((source) => tokensOf(source).map(({ word }) => word))
  const phrases = new Set(said.flatMap((words) => rowsOf(words)))
  const alone = new Set(said.flat().filter((word) => tellsAlone.test(word)))
  const isShared = tokens.map(({ word }) => alone.has(word))
  for (let at = 0; at + together <= tokens.length; at++) {
    const row = tokens.slice(at, at + together).map(({ word }) => word)
    if (phrases.has(row.join(' '))) isShared.fill(true, at, at + together)
  }
  const stretches: Stretch[] = []
  for (const [index, { start, end }] of tokens.entries()) {
    if (!isShared[index]) continue
    const last = stretches.at(-1)
    if (last !== undefined && isShared[index - 1]) last.end = end
    else stretches.push({ start, end })
  }
  return stretches
}

function rowsOf(words: readonly string[]): string[] {
  return words
    .slice(0, Math.max(0, words.length - together + 1))
    .map((_, at) => words.slice(at, at + together).join(' '))
}

/** Every text in what was sent, wherever it stands. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
}
