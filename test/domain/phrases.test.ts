import { openBooks } from '../../src/domain/text/phrases/books.ts'
import { compilePhrases } from '../../src/domain/text/phrases/compile.ts'
import { findPhrases } from '../../src/domain/text/phrases/find.ts'
import { welsh } from '../../src/domain/text/warnings/phrases.cy.ts'
import { english } from '../../src/domain/text/warnings/phrases.en.ts'
import { t } from '../support/suite.ts'
import { blind, development, heldOut } from './warnings/labelled.ts'
import { findPhrases as findAsBefore } from './warnings/oracle/find.ts'

const books = openBooks(english, welsh)()
const booksBefore = [compilePhrases(english), compilePhrases(welsh)]
const words = booksBefore.flatMap((book) => [...book.vocabulary]).filter((word) => !word.includes('{'))
const sentences = [...development, ...heldOut, ...blind].map(({ text }) => text)

/** Numbers from 0 to 1 that look random and are the same for a seed. */
function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
    return (state >>> 8) / 2 ** 24
  }
}

const between = [' ', ' ', ' ', ' ', ' ', ', ', '. ', '! ', '? ', '\n', '\n \n', '\n\n', '-', '…', ' – ', '@']
const odd = [
  '07700 900123',
  '+44 (0)7700 900417',
  '(01632) 960742',
  'ann@mail.example.org',
  'a.b@c',
  '6.30',
  'No. 6',
  'flat 12b',
  '٢',
  '12345',
  '😡',
  '👩‍👩‍👧',
  'brat',
  'łódź',
  'брат',
  'ß',
  'ﬁeld',
  'ǆ',
  'İ',
  'Ａnn',
  '\ud83d',
  '\udc00',
  'x'.repeat(70),
  '²',
  'ª',
  '(0',
  '+',
  "'",
  '’’',
  '\u00ad',
  '\u200d',
]
const marks: readonly ((word: string, at: number) => string)[] = [
  (word, at) => `${word.slice(0, at)}\u0301${word.slice(at)}`,
  (word, at) => `${word.slice(0, at)}\u00ad${word.slice(at)}`,
  (word, at) => `${word.slice(0, at)}${word.slice(at + 1)}`,
  (word, at) => `${word.slice(0, at)}e${word.slice(at)}`,
  (word, at) => `${word.slice(0, at)}${word[at + 1] ?? ''}${word[at] ?? ''}${word.slice(at + 2)}`,
  (word) => word.replaceAll("'", '’'),
  (word) => word.replaceAll("'", '`'),
  (word) => word.replaceAll('a', 'á').replaceAll('y', 'ŷ').replaceAll('w', 'Ŵ'),
  (word) => word.toUpperCase(),
  (word) => word.slice(0, 1).toUpperCase() + word.slice(1),
]

function randomText(random: () => number): string {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  const spoken = () => {
    const kind = random()
    if (kind < 0.35) return pick(sentences)
    if (kind < 0.4) return pick(odd)
    const word = pick(words)
    return kind < 0.75 ? word : pick(marks)(word, Math.floor(random() * word.length))
  }
  return Array.from({ length: 1 + Math.floor(random() * 14) }, () => spoken() + pick(between)).join('')
}

t.test('ten thousand random texts, in English and Welsh, are read as by the simple matcher', async (t) => {
  const random = sequence(20_261_129)
  let found = 0
  for (let made = 0; made < 10_000; made += 1) {
    const text = randomText(random)
    const expected = findAsBefore(booksBefore, text)
    const got = findPhrases(books, text)
    found += got.length
    if (JSON.stringify(got) !== JSON.stringify(expected)) t.strictSame(got, expected, JSON.stringify(text))
  }
  t.ok(found > 5_000, 'the texts hold many phrases')
})

t.test('so are all units of Unicode, alone, in a word and between words', async (t) => {
  for (let code = 0; code < 0x3_0000; code += code < 0x3000 ? 1 : 61) {
    const sign = String.fromCodePoint(code)
    const text = `${sign} my${sign}brother, my ${sign}ex my brother${sign} at number 6${sign}my mum`
    const expected = JSON.stringify(findAsBefore(booksBefore, text))
    if (JSON.stringify(findPhrases(books, text)) !== expected) t.fail(`differs at ${code.toString(16)}`)
  }
})

t.end()
