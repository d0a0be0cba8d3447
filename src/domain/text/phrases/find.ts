import { type Sliced, unsliced } from '../../../concurrency/slicing.ts'
import type { Automaton } from './automaton.ts'
import type { Books } from './books.ts'
import type { Ending } from './compile.ts'
import type { Force } from './parse.ts'
import { beginWalk, clearSentence, readOn, type Sentence } from './walk.ts'

/** Where a phrase of `code` stands in a text: UTF-16 offsets, `end` exclusive. */
export type Found = { readonly code: string; readonly start: number; readonly end: number }

type Hit = Found & { readonly force: Force }

/** Words that take well under a millisecond. */
const betweenPauses = 100
/** Characters that take as long. */
const readBetweenPauses = 500
const none: readonly never[] = []

/**
 * Every phrase of the books that stands in the text, sorted by place; those of one code that overlap are one.
 * Never throws. All phrases are followed at once, word by word, so time grows with the length of the text
 * alone: nothing backtracks.
 */
export function findPhrases(books: Books, text: string): Found[] {
  if (!isSoonRead(text)) return unsliced(findPhrasesInSlices(books, text))
  const hits: Hit[] = []
  const automata = books.automata()
  const walk = beginWalk(text)
  const sentence = books.takeSentence()
  while (walk.at < text.length) {
    if (!readOn(walk, sentence, books.words)) continue
    addChosen(hits, books, sentence, followAtOnce(automata, sentence))
    clearSentence(sentence)
  }
  books.giveBack(sentence)
  return joined(hits)
}

/** Whether it takes well under a millisecond, so that no pause is needed. */
export function isSoonRead(text: string): boolean {
  return text.length <= readBetweenPauses
}

/** The same, with a pause now and then. */
export function* findPhrasesInSlices(books: Books, text: string): Sliced<Found[]> {
  const hits: Hit[] = []
  const automata = books.automata()
  const walk = beginWalk(text)
  const sentence = books.takeSentence()
  let pausedAt = 0
  while (walk.at < text.length) {
    if (readOn(walk, sentence, books.words)) {
      const found =
        sentence.count < betweenPauses
          ? followAtOnce(automata, sentence)
          : yield* followInSlices(automata, sentence)
      addChosen(hits, books, sentence, found)
      clearSentence(sentence)
    }
    if (walk.at - pausedAt > readBetweenPauses) {
      pausedAt = walk.at
      yield
    }
  }
  books.giveBack(sentence)
  return joined(hits)
}

function joined(hits: readonly Hit[]): Found[] {
  if (hits.length === 0) return []
  const sure = hits.filter((hit) => hit.force === 'finds')
  const spare = hits.filter((hit) => hit.force === 'otherwise')
  return mergeOverlaps([...sure, ...clearOf(sure, spare)])
}

function addChosen(hits: Hit[], books: Books, sentence: Sentence, found: Followed): void {
  // Most sentences hold none, and make nothing.
  if (found === undefined) return
  for (const hit of chosen(books, sentence, found)) hits.push(hit)
}

/** What is found only otherwise counts from the book whose language this seems to be: `i` is Welsh too. */
function chosen(books: Books, sentence: Sentence, found: readonly (readonly Hit[])[]): readonly Hit[] {
  if (!found.some((hits) => hits.some((hit) => hit.force === 'otherwise'))) return found.flat()
  const known = books.books.map(({ vocabulary }) => countKnown(books, sentence, vocabulary))
  const most = Math.max(...known)
  return found.flatMap((hits, index) =>
    known[index] === most ? hits : hits.filter((hit) => hit.force !== 'otherwise'),
  )
}

function countKnown({ words }: Books, sentence: Sentence, vocabulary: ReadonlySet<string>): number {
  const numbers = sentence.words.subarray(0, sentence.count)
  return numbers.reduce((count, number) => count + Number(vocabulary.has(words.words[number] ?? '')), 0)
}

/** The phrases of each book in a sentence; undefined if there are none. */
type Followed = (readonly Hit[])[] | undefined

function followAtOnce(automata: readonly Automaton[], sentence: Sentence): Followed {
  let found: (readonly Hit[])[] | undefined
  for (let index = 0; index < automata.length; index += 1) {
    const automaton = automata[index]
    if (automaton === undefined) continue
    readSymbols(automaton, sentence, 0, sentence.count)
    const hits = follow(automaton, sentence, 0, sentence.count)
    if (hits === undefined) continue
    found ??= automata.map(() => none)
    found[index] = withoutInnocent(hits)
  }
  return found
}

/** The same of a long one, with pauses. */
function* followInSlices(automata: readonly Automaton[], sentence: Sentence): Sliced<Followed> {
  const { count } = sentence
  const found: (readonly Hit[])[] = []
  for (const automaton of automata) {
    let hits: Hit[] | undefined
    for (let from = 0; from < count; from += betweenPauses) {
      readSymbols(automaton, sentence, from, Math.min(from + betweenPauses, count))
      yield
    }
    for (let from = 0; from < count; from += betweenPauses) {
      hits = follow(automaton, sentence, from, Math.min(from + betweenPauses, count), hits)
      yield
    }
    found.push(hits === undefined ? none : withoutInnocent(hits))
  }
  return found
}

/** What the words from `from` to `end` mean to one book. */
function readSymbols(automaton: Automaton, sentence: Sentence, from: number, end: number): void {
  const { words, kinds, slips, symbols } = sentence
  for (let at = from; at < end; at += 1) {
    const slip = slips.size > 0 ? slips.get(at) : undefined
    const kind = kinds[at] ?? 0
    symbols[at] =
      slip === undefined ? automaton.symbolOf(words[at] ?? 0, kind) : automaton.symbolOfSlip(slip, kind)
  }
}

/** The phrases that begin at the words from `first` to `end`, after those of before; undefined as long as there are none. */
function follow(
  automaton: Automaton,
  sentence: Sentence,
  first: number,
  end: number,
  before?: Hit[],
): Hit[] | undefined {
  const { count, symbols } = sentence
  let hits = before
  for (let from = first; from < end; from += 1) {
    const symbol = symbols[from] ?? 0
    let set = from === 0 ? automaton.next(automaton.atStart, symbol) : automaton.begin(symbol)
    for (let at = from; set !== 0; at += 1) {
      const complete = automaton.complete[set] ?? none
      if (complete.length > 0) {
        hits ??= []
        addHits(complete, sentence, from, at, hits)
      }
      set = at + 1 < count ? automaton.next(set, symbols[at + 1] ?? 0) : 0
    }
  }
  return hits
}

function addHits(
  complete: readonly Ending[],
  { count, starts, ends }: Sentence,
  from: number,
  at: number,
  hits: Hit[],
): void {
  const start = starts[from] ?? 0
  const end = ends[at] ?? start
  for (const { code, force, atEnd } of complete) {
    if (!atEnd || at === count - 1) hits.push({ code, force, start, end })
  }
}

/** The hits that no innocent phrase of their code covers. */
function withoutInnocent(hits: readonly Hit[]): readonly Hit[] {
  if (hits.length === 1) return hits[0]?.force === 'not' ? none : hits
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

/** Those of one code that overlap become one; sorted by place. */
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
