import { readFileSync } from 'node:fs'
import { syllable } from 'syllable'
import { publishTaxonomies } from '../../src/domain/intake/taxonomy.ts'
import { notice, usualNextRead } from '../../src/domain/signposts/inLanguage.ts'
import { loadSignposts } from '../../src/domain/signposts/signposts.ts'
import { sources } from '../../src/pages/assets/sources.ts'
import { categoriesIn } from '../../src/pages/texts/categories.ts'
import { t } from '../support/suite.ts'

/** Every text of a language, with its place. */
function textsIn(value: unknown, place = ''): [string, string][] {
  if (typeof value === 'string') return [[place, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, part]) =>
    textsIn(part, place === '' ? name : `${place}.${name}`),
  )
}

const textsOf = (language: string) =>
  textsIn(JSON.parse(readFileSync(`${sources}texts/${language}.json`, 'utf8')))
const [english, welsh] = [textsOf('en'), textsOf('cy')]
const inEnglish = categoriesIn('en', publishTaxonomies(loadSignposts()))

/**
 * The age that Flesch and Kincaid's measure gives: years of school, and five before them. Syllables are counted by a dictionary
 * of exceptions beside rules; each heading and each line of a list is a sentence, and a colon ends none.
 */
function readingAge(texts: readonly string[]): number {
  const whole = texts.map((text) => text.replace(/[.!?]?$/, '.')).join(' ')
  const sentences = whole.split(/[.!?]+(?=\s|$)/).filter((one) => /\w/.test(one)).length
  const words = whole.match(/[A-Za-z’'-]+/g) ?? []
  const count = words.reduce((sum, word) => sum + syllable(word), 0)
  return 0.39 * (words.length / sentences) + 11.8 * (count / words.length) - 15.59 + 5
}

/** Beyond a page's own texts, what else stands on it. */
const besides: Readonly<Record<string, readonly string[]>> = {
  choose: inEnglish.flatMap(({ name, line }) => [name, line]),
  signs: inEnglish.flatMap(({ name, description, signs }) => [name, description, ...signs]),
  sent: [
    notice(usualNextRead),
    ...loadSignposts().flatMap(({ label, reason, availability }) => [label, reason, availability]),
  ],
}

t.test('every page reads as for a child of eleven at most', async (t) => {
  const pages = new Set(english.map(([place]) => place.replace(/\..*/, '')))
  pages.delete('language')
  for (const page of pages) {
    const own = english.filter(([place]) => place.startsWith(`${page}.`)).map(([, text]) => text)
    const age = readingAge([...own, ...(besides[page] ?? [])])
    t.ok(age <= 11, `${page}: ${age.toFixed(1)}`)
  }
})

const wordsOf = (text: string) => text.trim().split(/\s+/)
const sentencesOf = (text: string) => text.split(/[.!?:]+(?=\s|$)/).filter((one) => /\w/.test(one))

t.test('no sentence is longer than 25 words', async (t) => {
  for (const [place, text] of english)
    for (const sentence of sentencesOf(text)) t.ok(wordsOf(sentence).length <= 25, `${place}: ${sentence}`)
})

/*
 * No measure of how well a text reads has been made and tested for Welsh, and those for English count syllables by English
 * spelling. What all such measures rest on, the length of sentences and of words, is held instead; Welsh says the same in
 * some more words.
 */
t.test('the Welsh has short sentences of short words too', async (t) => {
  const sentences = welsh.flatMap(([, text]) => sentencesOf(text))
  for (const sentence of sentences) t.ok(wordsOf(sentence).length <= 30, sentence)
  const words = sentences.flatMap(wordsOf)
  t.ok(words.length / sentences.length <= 8, `words a sentence: ${words.length / sentences.length}`)
  const letters = words.join('').replace(/\P{L}/gu, '').length / words.length
  t.ok(letters <= 4.5, `letters a word: ${letters}`)
})

t.test(
  'what can be reported, with its signs and sub-types, reads as for a child of eleven at most',
  async (t) => {
    for (const { slug, name, description, signs, subcategories } of inEnglish) {
      const kinds = subcategories.flatMap((one) => [one.name, one.description ?? ''])
      const texts = [name, description, ...signs, ...kinds]
      const age = readingAge(texts)
      t.ok(age <= 11, `${slug}: ${age.toFixed(1)}`)
      for (const sentence of texts.flatMap(sentencesOf)) t.ok(wordsOf(sentence).length <= 25, sentence)
    }
  },
)

/** What passes, or has come to an end: it is told as it is. All else says what to do, or what must be. */
const states =
  /^errors\.(receipt-unknown|no-images|full|busy|expired|handle-expired|proof|away|sent-before-(text|image))$/
const patterns = {
  en: /^(Enter|Select|Check) |^(“\{label\}”|What you know|Your message|The photo) must /,
  cy: /^(Rhowch|Dewiswch|Gwiriwch) |^Rhaid i/,
}
const neverSaid = {
  en: /\b(please|sorry|oops|in?valid|required|mandatory|forbidden|illegal|failed|forgot|click)\b/i,
  cy: /\b(os gwelwch|mae’n ddrwg|annilys|gofynnol|gorfodol|cliciwch)/i,
}

t.test('an error says what to enter, select or check, or what must be, and blames nobody', async (t) => {
  for (const [language, texts] of [
    ['en', english],
    ['cy', welsh],
  ] as const)
    for (const [place, text] of texts) {
      t.notMatch(text, neverSaid[language], place)
      const isError = (place.startsWith('errors.') && !states.test(place)) || place === 'choose.pick'
      if (!isError) continue
      t.match(text, patterns[language], place)
      t.notMatch(text, /\.$/, place)
    }
})

t.end()
