import { once } from '../../../concurrency/once.ts'
import { type Automaton, createAutomaton, isFull } from './automaton.ts'
import { compilePhrases, type Phrasebook } from './compile.ts'
import { newSentence, type Sentence, wipeSentence, wordsOfReading } from './walk.ts'
import { buildWordTable, type WordTable } from './wordTable.ts'

/** Phrase lists of several languages, ready to be found in one reading. */
export interface Books {
  readonly words: WordTable
  readonly books: readonly Phrasebook[]
  /** One for each book. */
  readonly automata: () => readonly Automaton[]
  /** Room for the words of a sentence; what has been taken is given back at the end of the text, and wiped. */
  readonly takeSentence: () => Sentence
  readonly giveBack: (sentence: Sentence) => void
}

/** Compiles phrase lists when they are first asked for, once, for many texts: it takes some tenths of a second. */
export function openBooks(...sources: readonly string[]): () => Books {
  return once(() => compileBooks(sources))
}

/** Throws on a mistake in a list, naming its line. */
function compileBooks(sources: readonly string[]): Books {
  const books = sources.map(compilePhrases)
  const vocabulary = new Set([...wordsOfReading, ...books.flatMap((book) => [...book.vocabulary])])
  const words = buildWordTable(
    vocabulary,
    books.flatMap((book) => book.spelling.forms),
  )
  const begin = (book: Phrasebook) => createAutomaton(book, words.words)
  let automata = books.map(begin)
  let spare: Sentence | undefined
  return {
    words,
    books,
    automata() {
      if (automata.some(isFull)) automata = books.map(begin)
      return automata
    },
    takeSentence() {
      const sentence = spare ?? newSentence()
      spare = undefined
      return sentence
    },
    giveBack(sentence) {
      wipeSentence(sentence)
      if (sentence.starts.length <= longestKept) spare = sentence
    },
  }
}

/** Words of the longest sentence for which room is kept. */
const longestKept = 4_096
