import { type Ending, type Phrasebook, reachedFrom, type State } from './compile.ts'
import { type TokenKind, tokenKinds } from './tokens.ts'
import { createTransitions } from './transitions.ts'

/*
 * Where a text may be within the phrases is a set of states. Sets get numbers, and where a word leads from a set is
 * remembered: it is worked out once, for all texts. What words mean to the phrases are symbols, numbered too.
 */
export interface Automaton {
  /** The set where the phrases of a sentence's first word begin. */
  readonly atStart: number
  /** The phrases that are complete in a set. */
  readonly complete: readonly (readonly Ending[])[]
  readonly symbolOf: (word: number, kind: number) => number
  /** What a word means that is a slip of others. */
  readonly symbolOfSlip: (word: string, kind: number) => number
  /** Where a symbol leads from a set; 0 if nowhere. */
  readonly next: (set: number, symbol: number) => number
  /** Where a symbol leads that is not the first of its sentence; 0 if no phrase begins with it. */
  readonly begin: (symbol: number) => number
}

const kinds: Readonly<Record<TokenKind, readonly string[]>> = {
  word: ['{word}'],
  name: ['{name}', '{word}'],
  number: ['{number}', '{word}'],
  email: ['{email}', '{word}'],
  phone: ['{phone}', '{word}'],
}
const readingsOfKind = tokenKinds.map((kind) => kinds[kind])
/** Texts made for it could fill the memory; a new automaton then takes this one's place. */
const setsAtMost = 20_000
/** In place of what was not worked out yet. */
const notYet = -1

/** Follows the phrases of one book; words are told by their number in `words`. */
export function createAutomaton(book: Phrasebook, words: readonly string[]): Automaton {
  const symbols = new Map<string, number>()
  const readings: (readonly string[])[] = []
  const known = new Int32Array(words.length * readingsOfKind.length).fill(notYet)
  const sets = new Map<string, number>([['', 0]])
  const states: (readonly State[])[] = [[]]
  const complete: (readonly Ending[])[] = [[]]
  const stateNumbers = new Map<State, number>()
  const transitions = createTransitions()
  const beginnings: number[] = []

  function symbolOfReadings(meant: readonly string[]): number {
    const name = meant.join(' ')
    const known = symbols.get(name)
    if (known !== undefined) return known
    const symbol = readings.push(meant) - 1
    symbols.set(name, symbol)
    beginnings.push(notYet)
    return symbol
  }

  function symbolFor(word: string, kind: number): number {
    const meant = book.spelling.meant(word)
    if (meant.length === 0) return symbolsOfKinds[kind] ?? 0
    return symbolOfReadings([...meant, ...(readingsOfKind[kind] ?? [])])
  }

  function numberOf(state: State): number {
    const number = stateNumbers.get(state) ?? stateNumbers.size
    stateNumbers.set(state, number)
    return number
  }

  function setOf(reached: readonly State[]): number {
    const name = reached
      .map(numberOf)
      .sort((a, b) => a - b)
      .join(' ')
    const set = sets.get(name) ?? states.push(reached) - 1
    sets.set(name, set)
    complete[set] ??= reached.flatMap((state) => state.complete)
    return set
  }

  function workOut(set: number, symbol: number): number {
    const led = (states[set] ?? []).flatMap((state) =>
      (readings[symbol] ?? []).flatMap((reading) => state.next.get(reading) ?? []),
    )
    return setOf(reachedFrom(led))
  }

  function next(set: number, symbol: number): number {
    const remembered = transitions.get(set, symbol)
    if (remembered >= 0) return remembered
    const led = workOut(set, symbol)
    transitions.set(set, symbol, led)
    return led
  }

  /** Of words that mean nothing to this book. */
  const symbolsOfKinds = readingsOfKind.map(symbolOfReadings)
  const atStart = setOf([book.atStart])
  const anywhere = setOf([book.anywhere])
  return {
    atStart,
    complete,
    symbolOf(word, kind) {
      const index = word * readingsOfKind.length + kind
      const remembered = known[index] ?? notYet
      if (remembered >= 0) return remembered
      const symbol = symbolFor(words[word] ?? '', kind)
      known[index] = symbol
      return symbol
    },
    symbolOfSlip: symbolFor,
    next,
    begin(symbol) {
      const remembered = beginnings[symbol] ?? notYet
      if (remembered >= 0) return remembered
      const led = next(anywhere, symbol)
      beginnings[symbol] = led
      return led
    },
  }
}

export function isFull({ complete }: Automaton): boolean {
  return complete.length > setsAtMost
}
