import { openBooks } from '../../src/domain/text/phrases/books.ts'
import { compilePhrases } from '../../src/domain/text/phrases/compile.ts'
import { findPhrases } from '../../src/domain/text/phrases/find.ts'
import { findWarnings, warningCodes } from '../../src/domain/text/warnings/find.ts'
import { t } from '../support/suite.ts'
import { blind, development, heldOut, type Labelled } from './warnings/labelled.ts'

function read(narrative: string, language?: string): string[] {
  return findWarnings({ category: 'antisocial-behaviour', narrative, language }).map(
    ({ code, start, end }) => `${code}: ${narrative.slice(start, end)}`,
  )
}

/** Recall and precision over sentences: is one that gives its writer away flagged, and only such a one? */
function measure(rows: readonly Labelled[]): { recall: number; precision: number } {
  const flagged = rows.filter(({ text, language }) => read(text, language).length > 0)
  const right = flagged.filter((row) => row.required.length > 0).length
  const telling = rows.filter((row) => row.required.length > 0).length
  return { recall: right / telling, precision: right / flagged.length }
}

t.test('the reporter opposite, at number 6, is warned of where and of being the only one', async (t) => {
  const narrative =
    "I live opposite, at number 6, and I'm the only one who complains. A group threatens people on Sedge Walk."
  t.strictSame(read(narrative, 'en'), [
    'position: I live opposite, at number 6',
    "uniqueness: I'm the only one who complains",
  ])
})

t.test('each code has a plain example in English and Welsh', async (t) => {
  const examples: Record<string, readonly string[]> = {
    kinship: ['my brother', 'My ex', 'fy mrawd', 'fy nghefnder'],
    position: [
      'I live opposite',
      'at number 6',
      'from my window',
      'next door to me',
      "dw i'n byw gyferbyn",
      'yn rhif 6',
    ],
    uniqueness: ['only I know', "I'm the only one who complains", 'nobody else saw', "fi yw'r unig un"],
    'own-contact': ['call me on 07700 900123', 'contact me on', 'my email is a@example.org', 'ffoniwch fi'],
    proximity: [
      'I work with him',
      'I was there when',
      'he told me',
      'I bought from him',
      'at my school',
      'my shift',
    ],
    'own-name': ['my name is', 'this is Alex speaking', 'I am called', 'fy enw i yw'],
    'own-role': ['I am his carer', 'as a nurse I', "I'm 14", "dw i'n 14 oed"],
    'prior-report': ['I have already complained to the council', "dw i wedi cwyno i'r cyngor"],
  }
  t.strictSame(Object.keys(examples).sort(), [...warningCodes].sort())
  for (const [code, phrases] of Object.entries(examples)) {
    for (const phrase of phrases) {
      t.ok(
        read(`${phrase}.`).some((found) => found.startsWith(code)),
        `${code}: ${phrase}`,
      )
    }
  }
})

t.test('innocent look-alikes pass without a warning', async (t) => {
  const innocent = [
    'My phone was not involved.',
    'They got off the number 6 bus.',
    'He lives opposite the school.',
    'It is the only shop that sells them.',
    'People text 07700 900417 to order.',
    "Dyma'r unig siop.",
    'Daethon nhw oddi ar y bws rhif 6.',
  ]
  for (const text of innocent) t.strictSame(read(text), [], text)
})

t.test('offsets count UTF-16 units, also after emoji and between accents', async (t) => {
  t.strictSame(findWarnings({ narrative: '😡😡 my brother sells them' }), [
    { code: 'kinship', pointer: '/narrative', start: 5, end: 15 },
  ])
  t.strictSame(read('👩‍👩‍👧 – fy nhŷ'), ['position: fy nhŷ'])
})

t.test(
  'case, curly apostrophes, accents, line breaks and slips of spelling make no difference',
  async (t) => {
    t.strictSame(read('I’M THE ONLY ONE WHO KNOWS'), ['uniqueness: I’M THE ONLY ONE WHO KNOWS'])
    t.strictSame(read('my\n  brother'), ['kinship: my\n  brother'])
    t.strictSame(read('my borther'), ['kinship: my borther'])
    t.strictSame(read('fy nhy\u0302'), ['position: fy nhy\u0302'])
    t.strictSame(read('my bro\u00adther'), ['kinship: my bro\u00adther'])
  },
)

t.test('every free text is read and named by its pointer, and nothing else is', async (t) => {
  const warnings = findWarnings({
    category: 'other-serious-crime',
    narrative: 'Nothing to say here.',
    when: { text: 'during my shift' },
    places: [{ role: 'scene' }, { description: 'next door to me', latitude: 51 }],
    entities: [
      { kind: 'person', name: 'my ex', ageEstimate: 40 },
      { kind: 'item', description: 'kept under my bed by my brother', ref: 'my brother' },
    ],
  })
  t.strictSame(
    warnings.map(({ code, pointer }) => `${pointer} ${code}`),
    [
      '/entities/0/name kinship',
      '/entities/1/description proximity',
      '/entities/1/description kinship',
      '/places/1/description position',
      '/when/text proximity',
    ],
  )
  for (const warning of warnings)
    t.strictSame(Object.keys(warning).sort(), ['code', 'end', 'pointer', 'start'])
})

t.test(
  'one code that overlaps itself is one warning, and at most 50 are given, the narrative first',
  async (t) => {
    t.strictSame(read('My mum and dad, my big brother, me and my sister-in-law'), [
      'kinship: My mum',
      'kinship: my big brother',
      'kinship: my sister-in-law',
    ])
    const entities = Array.from({ length: 60 }, () => ({ kind: 'person', description: 'my brother' }))
    const warnings = findWarnings({ narrative: 'my sister', entities })
    t.equal(warnings.length, 50)
    t.ok(warnings.some((warning) => warning.pointer === '/narrative'))
  },
)

t.test('any string and any declared language is taken', async (t) => {
  const strange = [
    '',
    '\ud83d',
    '\udc00my brother',
    '\0',
    'a\u0301'.repeat(5000),
    '🏳️‍🌈'.repeat(500),
    '()[]{}|^$...*?+\\',
  ]
  for (const text of strange) t.doesNotThrow(() => read(text))
  for (const language of ['', 'pl', 'cy-GB', '__proto__', 'EN'])
    t.strictSame(read('fy mrawd, my ex', language).length, 2)
})

t.test('ten thousand hostile characters end soon: no text makes it try again and again', async (t) => {
  const hostile = [
    'a',
    'i ',
    'my ',
    'i my ',
    'i am a ',
    'a.',
    'a@',
    '@',
    '+0',
    '0 ',
    '(0',
    "a'",
    'a\u0301\u0327',
    '\n ',
  ]
  hostile.push(
    'i live in a ',
    "dw i'n byw ",
    'call me ',
    '07700 900123 ',
    'a.b@c.',
    'nobody else ',
    'brothrr ',
    'a\u200b',
  )
  for (const unit of hostile) {
    const text = unit.repeat(Math.ceil(10_000 / unit.length)).slice(0, 10_000)
    const before = performance.now()
    read(text)
    // Backtracking would take hours; how fast it is says docs/warnings.md.
    t.ok(performance.now() - before < 60_000, JSON.stringify(unit))
  }
})

t.test('the labelled sentences are found, and the innocent among them left alone', async (t) => {
  const floors = [
    { name: 'development', rows: development, recall: 0.98, precision: 0.97 },
    { name: 'held out', rows: heldOut, recall: 0.95, precision: 0.92 },
    { name: 'blind', rows: blind, recall: 0.75, precision: 0.9 },
  ]
  for (const { name, rows, ...floor } of floors) {
    const got = measure(rows)
    t.ok(got.recall >= floor.recall, `${name}: recall ${got.recall.toFixed(3)}`)
    t.ok(got.precision >= floor.precision, `${name}: precision ${got.precision.toFixed(3)}`)
  }
})

t.test(
  'a phrase list says what it does: lists, choices, gaps, what may be left out, otherwise, not',
  async (t) => {
    const book = openBooks(`
    # an example
{animal}: dog, guinea pig, {bird}
{bird}: hen
[pet]
my (big|very small)? {animal}
feed ... daily
^ woof $
otherwise: my {word}
not: my dog food
[age]
{number} years
`)
    const found = (text: string) =>
      findPhrases(book(), text).map(({ code, start, end }) => `${code} ${text.slice(start, end)}`)
    t.strictSame(found('My guinea pig, my very small hen; my cat'), [
      'pet My guinea pig',
      'pet my very small hen',
      'pet my cat',
    ])
    t.strictSame(found('feed it twice daily for 3 years'), ['pet feed it twice daily', 'age 3 years'])
    t.strictSame(found('feed it. Clean it daily'), [])
    t.strictSame(found('Woof! He said woof'), ['pet Woof'])
    t.strictSame(found('my dog food'), [])
  },
)

t.test('a mistake in a phrase list is named by its line', async (t) => {
  const mistakes: [string, RegExp][] = [
    ['my dog', /line 1: .*before the first/],
    ['[pet]\nmy {dog}', /line 2: no list \{dog\}/],
    ['[pet]\nmy (dog', /line 2: a bracket/],
    ['[pet]\n(my)? {word}', /line 2: a phrase without a word/],
    ['[pet]\n... dog', /line 2: \.\.\. begins or ends/],
    ['{a}: b\n{a}: c', /line 2: a second list/],
    ['{a}: {a}\n[pet]\n{a}', /line 3: no list/],
  ]
  for (const [source, message] of mistakes) t.throws(() => compilePhrases(source), { message })
})
