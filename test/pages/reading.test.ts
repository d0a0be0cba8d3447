import { readFileSync } from 'node:fs'
import { sources } from '../../src/pages/frame/sources.ts'
import { t } from '../support/suite.ts'

/** Every text of a language, with its place. */
function textsIn(value: unknown, place = ''): [string, string][] {
  if (typeof value === 'string') return [[place, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, part]) =>
    textsIn(part, place === '' ? name : `${place}.${name}`),
  )
}

const english = textsIn(JSON.parse(readFileSync(`${sources}texts/en.json`, 'utf8')))
/** Whole sentences, as people read them. */
const prose = (place: string) =>
  english.filter(([name]) => name.startsWith(place)).map(([, text]) => text.replace(/[.!?]?$/, '.'))

/** Groups of vowels, without the silent e: near enough to count syllables of English. */
function syllables(word: string): number {
  const bare = word.toLowerCase().replace(/[^a-z]/g, '')
  return Math.max(1, bare.replace(/(?:[^laeiouy]es|ed|[^laeiouy]e)$/, '').match(/[aeiouy]+/g)?.length ?? 1)
}

/** The age that Flesch and Kincaid's measure gives: years of school, and five before them. */
function readingAge(texts: readonly string[]): number {
  const whole = texts.join(' ')
  const sentences = whole.split(/[.!?:]+(?=\s|$)/).filter((one) => /\w/.test(one)).length
  const words = whole.match(/[A-Za-z’'-]+/g) ?? []
  const count = words.reduce((sum, word) => sum + syllables(word), 0)
  return 0.39 * (words.length / sentences) + 11.8 * (count / words.length) - 15.59 + 5
}

t.test('every page reads as for a child of nine to eleven', async (t) => {
  for (const page of [
    'start',
    'choose',
    'report',
    'fields',
    'errors',
    'check',
    'warnings',
    'sent',
    'mailbox',
    'problem',
    'signs',
    'privacy',
    'accessibility',
    'proof',
  ]) {
    const age = readingAge(prose(page))
    t.ok(age <= 11.5, `${page}: ${age.toFixed(1)}`)
  }
  t.ok(readingAge(english.map(([, text]) => text.replace(/[.!?]?$/, '.'))) <= 11, 'all together')
})

t.test('no sentence is longer than 25 words', async (t) => {
  for (const [place, text] of english) {
    for (const sentence of text.split(/[.!?:]+(?=\s|$)/))
      t.ok(sentence.trim().split(/\s+/).length <= 25, `${place}: ${sentence}`)
  }
})

t.end()
