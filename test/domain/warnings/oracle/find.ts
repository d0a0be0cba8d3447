import { type Sliced, unsliced } from '../../../../src/concurrency/slicing.ts'
import { type Phrasebook, reachedFrom, type State } from '../../../../src/domain/text/phrases/compile.ts'
import type { Force } from '../../../../src/domain/text/phrases/parse.ts'
import { betweenPauses, sentencesInSlices, type Token } from './tokens.ts'

/** Where a phrase of `code` stands in a text: UTF-16 offsets, `end` exclusive. */
export type Found = { readonly code: string; readonly start: number; readonly end: number }

/*
 * The matcher as it was before the one in src/: slower, and simple enough to be believed. Tests hold the other against it.
 */

/** A token as the words and kinds that a phrasebook may ask for. */
type Readings = readonly string[]
const nowhere: readonly State[] = []
type Hit = Found & { readonly force: Force }

/**
 * Every phrase of the books that stands in the text, sorted by place; those of one code that overlap are one.
 * Never throws. All phrases are followed at once, word by word, so time grows with the length of the text
 * alone: nothing backtracks.
 */
export function findPhrases(books: readonly Phrasebook[], text: string): Found[] {
  return unsliced(findPhrasesInSlices(books, text))
}

/** The same, with a pause now and then. */
export function* findPhrasesInSlices(books: readonly Phrasebook[], text: string): Sliced<Found[]> {
  const hits: Hit[] = []
  for (const sentence of yield* sentencesInSlices(text)) {
    hits.push(...(yield* findInSentence(books, sentence)))
    yield
  }
  const sure = hits.filter((hit) => hit.force === 'finds')
  const spare = hits.filter((hit) => hit.force === 'otherwise')
  return mergeOverlaps([...sure, ...clearOf(sure, spare)])
}

/** What is found only otherwise counts from the book whose language this seems to be: `i` is Welsh too. */
function* findInSentence(books: readonly Phrasebook[], tokens: readonly Token[]): Sliced<Hit[]> {
  const found: Hit[][] = []
  for (const book of books) found.push(yield* followAll(book, tokens))
  if (!found.some((hits) => hits.some((hit) => hit.force === 'otherwise'))) return found.flat()
  const known = books.map((book) => tokens.filter((token) => book.vocabulary.has(token.word)).length)
  const most = Math.max(...known)
  return found.flatMap((hits, index) =>
    known[index] === most ? hits : hits.filter((hit) => hit.force !== 'otherwise'),
  )
}

function* followAll(book: Phrasebook, tokens: readonly Token[]): Sliced<Hit[]> {
  const words: Readings[] = []
  for (const token of tokens) {
    words.push(readingsOf(token, book))
    if (words.length % betweenPauses === 0) yield
  }
  const hits: Hit[] = []
  for (const from of words.keys()) {
    if (from % betweenPauses === 0) yield
    follow(from === 0 ? book.atStart : book.anywhere, words, from, tokens, hits)
  }
  return hits.length === 0 ? hits : withoutInnocent(hits)
}

const kinds: Readonly<Record<Token['kind'], Readings>> = {
  word: ['{word}'],
  name: ['{name}', '{word}'],
  number: ['{number}', '{word}'],
  email: ['{email}', '{word}'],
  phone: ['{phone}', '{word}'],
}

function readingsOf({ word, kind }: Token, book: Phrasebook): Readings {
  const meant = book.spelling.meant(word)
  return meant.length === 0 ? kinds[kind] : meant.concat(kinds[kind])
}

/** Adds the phrases that begin at `from` to `hits`. */
function follow(
  begin: State,
  words: readonly Readings[],
  from: number,
  tokens: readonly Token[],
  hits: Hit[],
): void {
  const start = tokens[from]?.start ?? 0
  let states: readonly State[] = [begin]
  for (let at = from; at < words.length && states.length > 0; at += 1) {
    states = statesAfter(states, words[at] ?? [])
    const end = tokens[at]?.end ?? start
    for (const state of states) {
      for (const { code, force, atEnd } of state.complete) {
        if (!atEnd || at === words.length - 1) hits.push({ code, force, start, end })
      }
    }
  }
}

/** Where one more word leads. */
function statesAfter(states: readonly State[], readings: Readings): readonly State[] {
  let next: readonly State[] = nowhere
  for (const state of states) {
    for (const reading of readings) {
      const led = state.next.get(reading)
      if (led !== undefined) next = next === nowhere ? led : [...next, ...led]
    }
  }
  return next === nowhere || isClosed(next) ? next : reachedFrom(next)
}

function isClosed(states: readonly State[]): boolean {
  return states.length === 1 && states[0]?.skips.length === 0
}

/** The hits that no innocent phrase of their code covers. */
function withoutInnocent(hits: readonly Hit[]): Hit[] {
  const furthest = new Map<string, number>()
  const left: Hit[] = []
  for (const hit of hits.toSorted(
    (a, b) => a.start - b.start || Number(b.force === 'not') - Number(a.force === 'not'),
  )) {
    const covered = furthest.get(hit.code) ?? 0
    if (hit.force === 'not') furthest.set(hit.code, Math.max(covered, hit.end))
    else if (hit.end > covered) left.push(hit)
  }
  return left
}

/** Those of `spare` that overlap none of `sure`, whatever the code. */
function clearOf(sure: readonly Found[], spare: readonly Found[]): Found[] {
  const taken = mergeOverlaps(sure.map((hit) => ({ ...hit, code: '' })))
  let index = 0
  return spare.toSorted(byPlace).filter((hit) => {
    while ((taken[index]?.end ?? Number.POSITIVE_INFINITY) <= hit.start) index += 1
    return hit.end <= (taken[index]?.start ?? Number.POSITIVE_INFINITY)
  })
}

function byPlace(a: Found, b: Found): number {
  return a.start - b.start || a.end - b.end || (a.code < b.code ? -1 : Number(a.code > b.code))
}

/** Those of one code that overlap become one; sorted by state. */
function mergeOverlaps(found: readonly Found[]): Found[] {
  const merged: Found[] = []
  const lastOf = new Map<string, number>()
  for (const { code, start, end } of found.toSorted(byPlace)) {
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
