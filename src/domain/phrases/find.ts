import { type Phrasebook, type Place, reachedFrom } from './compile.ts'
import { sentences, type Token } from './tokens.ts'

/** Where a phrase of `code` stands in a text: UTF-16 offsets, `end` exclusive. */
export type Found = { readonly code: string; readonly start: number; readonly end: number }

/** A token as the words and kinds that a phrasebook may ask for. */
type Readings = readonly string[]
type Hit = Found & { readonly innocent: boolean }

/**
 * Every phrase of the books that stands in the text, sorted by place; those of one code that overlap are one.
 * Never throws. All phrases are followed at once, word by word, so time grows with the length of the text
 * alone: nothing backtracks.
 */
export function findPhrases(books: readonly Phrasebook[], text: string): Found[] {
  const parts = sentences(text)
  return mergeOverlaps(books.flatMap((book) => parts.flatMap((part) => findInSentence(book, part))))
}

function findInSentence(book: Phrasebook, tokens: readonly Token[]): Found[] {
  const words = tokens.map((token) => readingsOf(token, book))
  const hits: Hit[] = []
  for (const from of words.keys()) {
    follow(from === 0 ? book.atStart : book.anywhere, words, from, tokens, hits)
  }
  if (hits.length === 0) return hits
  const innocent = hits.filter((hit) => hit.innocent)
  const suspect = mergeOverlaps(hits.filter((hit) => !hit.innocent))
  return innocent.length === 0 ? suspect : suspect.filter((hit) => !isWithin(hit, innocent))
}

function readingsOf(token: Token, book: Phrasebook): Readings {
  if (token.kind !== 'word') return [token.word, `{${token.kind}}`, '{word}']
  return [...book.spelling.meant(token.word), '{word}']
}

/** Adds the phrases that begin at `from` to `hits`. */
function follow(
  begun: readonly Place[],
  words: readonly Readings[],
  from: number,
  tokens: readonly Token[],
  hits: Hit[],
): void {
  const start = tokens[from]?.start ?? 0
  let places = begun
  for (let at = from; at < words.length && places.length > 0; at += 1) {
    places = placesAfter(places, words[at] ?? [])
    const end = tokens[at]?.end ?? start
    for (const place of places) {
      for (const { code, innocent, atEnd } of place.complete) {
        if (!atEnd || at === words.length - 1) hits.push({ code, innocent, start, end })
      }
    }
  }
}

/** Where one more word leads. */
function placesAfter(places: readonly Place[], readings: Readings): readonly Place[] {
  const next: Place[] = []
  for (const place of places) {
    for (const reading of readings) {
      const led = place.next.get(reading)
      if (led !== undefined) next.push(...led)
    }
  }
  return next.length === 0 ? next : reachedFrom(next)
}

function isWithin(hit: Found, spans: readonly Found[]): boolean {
  return spans.some((span) => span.code === hit.code && span.start <= hit.start && hit.end <= span.end)
}

function mergeOverlaps(found: readonly Found[]): Found[] {
  const merged: Found[] = []
  const lastOf = new Map<string, number>()
  for (const { code, start, end } of found.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const index = lastOf.get(code)
    const last = index === undefined ? undefined : merged[index]
    if (index !== undefined && last !== undefined && start < last.end) {
      merged[index] = { ...last, end: Math.max(last.end, end) }
    } else {
      lastOf.set(code, merged.length)
      merged.push({ code, start, end })
    }
  }
  return merged
}
