import type { Force, PhraseLine, PhraseSource } from './parse.ts'
import { tokenAt } from './tokens.ts'

/** One element of a phrase. `written` is how the list has it, so that equal elements can be shared. */
export type Step =
  | { readonly is: 'words'; readonly written: string; readonly choices: Choices; readonly optional: boolean }
  | { readonly is: 'gap'; readonly written: string }

/** Sequences of words, any of which will do. */
export type Choices = readonly (readonly string[])[]

export type Phrase = {
  readonly code: string
  readonly force: Force
  readonly steps: readonly Step[]
  /** Only at the start, only at the end, of a sentence. */
  readonly atStart: boolean
  readonly atEnd: boolean
}

/** What a phrase may ask for by kind; `{word}` is any one word, `{name}` one written Like this. */
const kinds: ReadonlySet<string> = new Set(['number', 'email', 'phone', 'name', 'word'])
/** Holds the words that mean something else without their apostrophe (we're, were). */
const strictList = 'apostrophe needed'
const element = /\([^()]*\)\??|(?:\{[^{}]*\}|[^\s{}()])+/g

/** Turns the lines of a phrase list into steps. Throws on a mistake in the list, naming its line. */
export function readPhrases({ lists, phrases }: PhraseSource): Phrase[] {
  const strict = new Set((lists.get(strictList) ?? []).flatMap(wordsOf))
  const known = new Map<string, Choices>()
  const choicesOf = (written: string): Choices => {
    const choices = known.get(written) ?? split(written).flatMap((one) => sequences(one, lists, strict, 0))
    known.set(written, choices)
    return choices
  }
  return phrases.map((line) => readLine(line, choicesOf))
}

function readLine({ code, force, text, line }: PhraseLine, choicesOf: (written: string) => Choices): Phrase {
  try {
    if (text.replace(element, '').trim() !== '') throw new Error('a bracket without its other half')
    const elements = text.match(element) ?? []
    const atStart = elements[0] === '^'
    const atEnd = elements.at(-1) === '$'
    const inner = elements.slice(atStart ? 1 : 0, atEnd ? -1 : undefined)
    const steps = inner.map((written) => readStep(written, choicesOf))
    if (steps[0]?.is === 'gap' || steps.at(-1)?.is === 'gap') throw new Error('... begins or ends a phrase')
    if (!steps.some(isOwnWord)) throw new Error('a phrase without a word that must be there')
    return { code, force, steps, atStart, atEnd }
  } catch (fault) {
    throw new Error(`phrases, line ${line}: ${fault instanceof Error ? fault.message : 'unreadable'}`)
  }
}

function readStep(written: string, choicesOf: (written: string) => Choices): Step {
  if (written === '...') return { is: 'gap', written }
  const choices = choicesOf(written.replace(/^\(|\)\??$/g, ''))
  return { is: 'words', written, choices, optional: written.endsWith(')?') }
}

function isOwnWord(step: Step): boolean {
  return (
    step.is === 'words' &&
    !step.optional &&
    !step.choices.some(([first]) => first === '{word}' || first === '{name}')
  )
}

function split(written: string): string[] {
  return written.split('|').map((choice) => choice.trim())
}

/** The word sequences that an alternative stands for, its `{lists}` written out. */
function sequences(
  choice: string,
  lists: PhraseSource['lists'],
  strict: ReadonlySet<string>,
  depth: number,
): string[][] {
  const parts = choice.match(/\{[^{}]*\}|[^{}]+/g) ?? []
  if (wordsOf(choice).length === 0) throw new Error('an alternative without a word')
  return parts.reduce<string[][]>(
    (heads, part) => {
      const name = part.startsWith('{') ? part.slice(1, -1) : undefined
      const tails = name === undefined ? spellings(wordsOf(part), strict) : listed(name, lists, strict, depth)
      return heads.flatMap((head) => tails.map((tail) => [...head, ...tail]))
    },
    [[]],
  )
}

function listed(
  name: string,
  lists: PhraseSource['lists'],
  strict: ReadonlySet<string>,
  depth: number,
): string[][] {
  if (kinds.has(name)) return [[`{${name}}`]]
  const entries = lists.get(name)
  if (entries === undefined || depth > 8) throw new Error(`no list {${name}}, or one that holds itself`)
  return entries.flatMap((entry) => sequences(entry, lists, strict, depth + 1))
}

/** The words of a choice, read as those of a text are. */
function wordsOf(text: string): string[] {
  const words: string[] = []
  for (let at = 0; at < text.length; ) {
    const token = tokenAt(text, at)
    if (token !== undefined) words.push(token.word)
    at = token?.end ?? at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1)
  }
  return words
}

/** People leave apostrophes out: each sequence, and the same without them where that is no other word. */
function spellings(words: string[], strict: ReadonlySet<string>): string[][] {
  return words.reduce<string[][]>(
    (heads, word) => {
      const bare = word.replaceAll("'", '')
      const forms = bare === word || strict.has(word) ? [word] : [word, bare]
      return heads.flatMap((head) => forms.map((form) => [...head, form]))
    },
    [[]],
  )
}
