import type { Report } from '../../schemas/report.ts'
import type { Match } from '../../schemas/search.ts'
import { foldWithPlaces } from '../text/fold.ts'
import { type Pattern, patternOf } from './pattern.ts'
import { type SoughtText, soughtTexts } from './texts.ts'

/** A search with its terms prepared: every one must stand somewhere. */
export type Search = readonly Pattern[]

/** An answer has no more of one report. */
const matchesAtMost = 100

export function searchFor(terms: readonly string[]): Search {
  return terms.map(patternOf)
}

/** Tells of searches whether this report holds every term of them, and where. */
export function matcherOf(report: Report) {
  const texts = soughtTexts(report)
  return {
    holds: (search: Search): boolean =>
      search.every((pattern) => texts.some((text) => stands(pattern, text))),

    /** Where each term stands, in the order of the texts; what overlaps is one. At most 100. */
    placesOf: (search: Search): Match[] =>
      texts.flatMap((text) => placesIn(text, search)).slice(0, matchesAtMost),
  }
}

/** As much of a text as tells whether something stands in it. */
type Text = Pick<SoughtText, 'folded' | 'isShort' | 'isHyphened'>

export function stands(pattern: Pattern, text: Text): boolean {
  return (
    text.folded.includes(pattern.term) ||
    patternsFor(pattern, text).some((one) => text.folded.search(one) >= 0)
  )
}

/** How else than as it stands a term may be written in this text. */
function patternsFor(pattern: Pattern, { isShort, isHyphened }: Text): RegExp[] {
  const { term, loose, hyphened, isAnywhere } = pattern
  const mayBeHyphened = hyphened !== undefined && (isHyphened || term.includes('-'))
  return [
    ...(loose !== undefined && (isAnywhere || isShort) ? [loose] : []),
    ...(mayBeHyphened ? [hyphened] : []),
  ]
}

function placesIn(text: SoughtText, search: Search): Match[] {
  const spans = search
    .flatMap((pattern) => spansOf(pattern, text))
    .sort((a, b) => a.start - b.start || b.end - a.end)
  if (spans.length === 0) return []
  const { starts, ends } = foldWithPlaces(text.text)
  const places: Match[] = []
  for (const span of spans) {
    const start = starts[span.start] ?? 0
    const end = ends[span.end - 1] ?? text.text.length
    const last = places.at(-1)
    if (last !== undefined && start < last.end) last.end = Math.max(last.end, end)
    else places.push({ pointer: text.pointer, start, end })
  }
  return places
}

/** In the folded text. */
function spansOf(pattern: Pattern, text: SoughtText): { start: number; end: number }[] {
  const { term } = pattern
  const { folded } = text
  const found: { start: number; end: number }[] = []
  for (let at = folded.indexOf(term); at >= 0 && found.length < matchesAtMost; ) {
    found.push({ start: at, end: at + term.length })
    at = folded.indexOf(term, at + term.length)
  }
  for (const match of patternsFor(pattern, text).flatMap((one) => [...folded.matchAll(one)])) {
    if (found.length >= 2 * matchesAtMost) break
    found.push({ start: match.index, end: match.index + match[0].length })
  }
  return found
}
