import { type Force, parsePhrases } from './parse.ts'
import { buildSpelling, type Spelling } from './spelling.ts'
import { type Choices, type Phrase, readPhrases, type Step } from './steps.ts'

/**
 * A state of the automaton, which is where a text may be within phrases: the words that lead on from it, the states
 * reached from it without a word (past what may be left out), and the phrases that are complete here. Phrases that begin
 * alike share their states.
 */
export type State = {
  readonly next: ReadonlyMap<string, readonly State[]>
  readonly skips: readonly State[]
  readonly complete: readonly Ending[]
}

export type Ending = { readonly code: string; readonly force: Force; readonly atEnd: boolean }

/** Phrases ready to be found. */
export type Phrasebook = {
  readonly codes: ReadonlySet<string>
  /** Where phrases begin: any of them at the start of a sentence, most of them anywhere. */
  readonly atStart: State
  readonly anywhere: State
  readonly vocabulary: ReadonlySet<string>
  readonly spelling: Spelling
}

type Draft = {
  readonly next: Map<string, Draft[]>
  readonly skips: Draft[]
  readonly complete: Ending[]
  /** The state after each step taken from here so far, by how the step is written. */
  readonly after: Map<string, Draft>
}

/** How many words `...` may stand for at most. */
const widestGap = 4
/** Over so many first words the states are made one beforehand: hundreds of phrases begin with "I". */
const settledWords = 1

/** Compiles a phrase list once, for many texts. Throws on a mistake in the list, naming its line. */
export function compilePhrases(source: string): Phrasebook {
  const phrases = readPhrases(parsePhrases(source))
  const anywhere = newState()
  const atStart = newState()
  for (const { code, force, atEnd, steps, atStart: isOpening } of phrases) {
    const last = steps.reduce(stateAfter, isOpening ? atStart : anywhere)
    last.complete.push({ code, force, atEnd })
  }
  const words = vocabularyOf(phrases)
  return {
    codes: new Set(phrases.map((phrase) => phrase.code)),
    atStart: settle([anywhere, atStart], settledWords),
    anywhere: settle([anywhere], settledWords),
    vocabulary: words,
    spelling: buildSpelling(words),
  }
}

/** The states, and all that can be reached from them without a word. */
export function reachedFrom(states: Iterable<State>): State[] {
  const reached = new Set(states)
  // A set is walked in order of insertion, what is added on the way included.
  for (const state of reached) for (const skipped of state.skips) reached.add(skipped)
  return [...reached]
}

/** One state that stands for several and all that they reach, `depth` words on likewise. */
function settle(states: Iterable<State>, depth: number): State {
  const reached = reachedFrom(states)
  const next = new Map<string, State[]>()
  for (const state of reached) {
    for (const [word, to] of state.next) for (const one of to) lead(next, word, one)
  }
  if (depth > 0) for (const [word, to] of next) next.set(word, [settle(to, depth - 1)])
  return { next, skips: [], complete: reached.flatMap((state) => state.complete) }
}

function newState(): Draft {
  return { next: new Map(), skips: [], complete: [], after: new Map() }
}

function stateAfter(state: Draft, step: Step): Draft {
  const known = state.after.get(step.written)
  if (known !== undefined) return known
  const after = newState()
  state.after.set(step.written, after)
  if (step.is === 'words') addChoices(state, step.choices, after)
  else addGap(state, after)
  if (step.is === 'gap' || step.optional) state.skips.push(after)
  return after
}

function addChoices(state: Draft, choices: Choices, after: Draft): void {
  for (const words of choices) {
    let here = state
    for (const [index, word] of words.entries()) {
      const to = index === words.length - 1 ? after : newState()
      lead(here.next, word, to)
      here = to
    }
  }
}

function addGap(state: Draft, after: Draft): void {
  let here = state
  for (let width = 1; width <= widestGap; width += 1) {
    const wider = newState()
    lead(here.next, '{word}', wider)
    wider.skips.push(after)
    here = wider
  }
}

function lead<To>(next: Map<string, To[]>, word: string, to: To): void {
  const known = next.get(word)
  if (known === undefined) next.set(word, [to])
  else known.push(to)
}

function vocabularyOf(phrases: readonly Phrase[]): Set<string> {
  const steps = phrases.flatMap((phrase) => phrase.steps)
  return new Set(steps.flatMap((step) => (step.is === 'words' ? step.choices.flat() : [])))
}
