import type { Sliced } from '../../../concurrency/slicing.ts'
import type { Report } from '../../../schemas/report.ts'
import { categoryBySlug } from '../../../vocabulary/categories/categories.ts'
import { categoryWords } from './categoryWords.ts'
import { hasListedWords, isCommon } from './commonWords.ts'
import { foldWord, squeeze, stem, type Word, wordsOf } from './words.ts'

/** What a message must not repeat of a report, in the forms in which it is compared. */
export interface Facts {
  /** Stems of words of names of people, places and bodies. */
  names: ReadonlySet<string>
  /** Words of names that are also everyday words (Will, Mark): names where they are written as one. */
  everydayNames: ReadonlySet<string>
  /** Registrations, numbers, postcodes, handles and accounts without spaces and signs. */
  identifiers: readonly string[]
  /** Digits of those, a part of which also tells. */
  digits: readonly string[]
  category: ReadonlySet<string>
  /** Names of category and sub-types, as stems in order. */
  categoryNames: readonly (readonly string[])[]
  narrative: ReadonlySet<string>
  /** Numbers from 10, written in digits or words. */
  numbers: ReadonlySet<string>
  /** Smaller numbers of houses: they tell beside "number" or "flat". */
  houseNumbers: ReadonlySet<string>
}

const known = new WeakMap<Report, Facts>()

/** What a message must not repeat of this report, with a pause after each of its texts; kept for as long as the report is held. */
export function* factsInSlices(report: Report): Sliced<Facts> {
  const facts = known.get(report) ?? (yield* readFacts(report))
  known.set(report, facts)
  return facts
}

function* readFacts(report: Report): Sliced<Facts> {
  const told = yield* wordsInSlices(textsIn(report))
  const named = yield* wordsInSlices(namesIn(report))
  const nameWords = named.filter(({ folded }) => isWord(folded))
  const narrative = wordsOf(report.narrative).map(({ folded }) => folded)
  yield
  const listed = hasListedWords(narrative, report.language)
  const spoken = told.filter(({ folded }) => isWord(folded) && !isCommon(folded))
  yield
  const identifiers = identifiersIn(report)
  const names = yield* stemsInSlices([
    ...nameWords.filter(({ folded }) => !isCommon(folded)),
    ...spoken.filter(({ folded, capitalised }) => capitalised && folded.length >= 3),
  ])
  return {
    names,
    everydayNames: new Set(nameWords.map(({ folded }) => folded).filter(isCommon)),
    identifiers: [...new Set(identifiers.flatMap(formsOf))],
    digits: identifiers.map((one) => one.replace(/\D/g, '')).filter(({ length }) => length >= 4),
    ...categoryOf(report),
    narrative: listed ? yield* stemsInSlices(spoken.filter(({ folded }) => folded.length >= 4)) : new Set(),
    numbers: new Set([...told, ...named].flatMap(({ folded }) => numberIn(folded) ?? [])),
    houseNumbers: new Set(named.flatMap(({ folded }) => (/^[1-9][a-z]?$/.test(folded) ? [folded] : []))),
  }
}

function* wordsInSlices(texts: readonly string[]): Sliced<Word[]> {
  const words: Word[] = []
  for (const text of texts) {
    for (const word of wordsOf(text)) words.push(word)
    yield
  }
  return words
}

const stemsAtOnce = 1_000

function* stemsInSlices(words: readonly Word[]): Sliced<ReadonlySet<string>> {
  const stems = new Set<string>()
  for (let from = 0; from < words.length; from += stemsAtOnce) {
    for (const one of stemsOf(words.slice(from, from + stemsAtOnce))) stems.add(one)
    yield
  }
  return stems
}

/** Names of people, places and bodies. */
function namesIn({ places = [], entities = [] }: Report): string[] {
  return [
    ...places.flatMap(({ address = '', description = '' }) => [address, description]),
    ...entities.flatMap((entity) => {
      switch (entity.kind) {
        case 'person':
          return [entity.name ?? '', entity.alias ?? '']
        case 'premises':
          return [entity.name ?? '', entity.address ?? '']
        case 'organisation':
          return [entity.name ?? '']
        case 'online':
          return [entity.platform ?? '', (entity.handle ?? '').replace(/[^\p{L}]+/gu, ' ')]
        default:
          return []
      }
    }),
  ]
}

/** What is told in words. */
function textsIn({ narrative, when, entities = [] }: Report): string[] {
  return [
    narrative,
    when?.text ?? '',
    ...entities.flatMap((entity) => {
      switch (entity.kind) {
        case 'person':
          return [entity.description ?? '', String(entity.ageEstimate ?? '')]
        case 'vehicle':
          return [entity.make ?? '', entity.colour ?? '', entity.description ?? '']
        case 'item':
          return [entity.description ?? '']
        default:
          return []
      }
    }),
  ]
}

function identifiersIn({ places = [], entities = [], links = [] }: Report): string[] {
  return [
    ...places.flatMap(({ postcode = '', uprn = '', latitude, longitude }) => [
      postcode,
      uprn,
      String(latitude ?? ''),
      String(longitude ?? ''),
    ]),
    ...entities.flatMap((entity) => {
      switch (entity.kind) {
        case 'vehicle':
          return [entity.registration ?? '']
        case 'organisation':
          return [entity.number ?? '']
        case 'online':
          return [entity.handle ?? '', bareUrl(entity.url ?? '')]
        case 'phone':
          return [entity.number ?? '']
        case 'account':
          return [entity.identifier ?? '']
        default:
          return []
      }
    }),
    ...links.map(bareUrl),
  ].filter((one) => squeeze(one).length >= 3)
}

function bareUrl(url: string): string {
  return url.replace(/^https?:\/\/(www\.)?/i, '').replace(/[/?#]$/, '')
}

/** A telephone number at home and from abroad; and what of a name of a thing would be known by itself: AB12, BS99. */
function formsOf(identifier: string): string[] {
  const whole = squeeze(identifier)
  const home = whole.replace(/^(?:00)?440?/, '0')
  const phone = /^0\d{8,12}$/.test(home) ? [home, `44${home.slice(1)}`, home.slice(1)] : []
  const mark = /^([a-z]{2}\d{2})[a-z]{3}$/.exec(whole)?.[1]
  const parts = wordsOf(identifier)
    .map(({ folded }) => folded)
    .filter((part) => part.length >= 3 && /\p{L}/u.test(part) && /\d/.test(part))
  return [whole, ...phone, ...(mark === undefined ? [] : [mark]), ...parts]
}

function categoryOf({ category, subcategories = [] }: Report): Pick<Facts, 'category' | 'categoryNames'> {
  const { name, subcategories: all } = categoryBySlug(category)
  const chosen = all.filter(({ slug }) => subcategories.includes(slug))
  const names = [name, category, ...chosen.flatMap((one) => [one.name, one.slug])]
  const sequences = names.map((one) => wordsOf(one).map(({ folded }) => stem(folded)))
  const words = [...names, categoryWords[category]].flatMap((one) => wordsOf(one))
  return {
    category: stemsOf(
      words.filter(({ folded }) => isWord(folded) && folded.length >= 3 && !isCommon(folded)),
    ),
    categoryNames: sequences.filter(({ length }) => length > 1),
  }
}

const numberWords: readonly (readonly [string, string])[] = [
  ['10', 'ten deg'],
  ['11', 'eleven'],
  ['12', 'twelve dozen deuddeg dwsin'],
  ['13', 'thirteen'],
  ['14', 'fourteen'],
  ['15', 'fifteen pymtheg bymtheg'],
  ['16', 'sixteen'],
  ['17', 'seventeen'],
  ['18', 'eighteen deunaw'],
  ['19', 'nineteen'],
  ['20', 'twenty ugain'],
  ['30', 'thirty'],
  ['40', 'forty'],
  ['50', 'fifty hanner-cant'],
  ['60', 'sixty'],
  ['70', 'seventy'],
  ['80', 'eighty'],
  ['90', 'ninety'],
]
const numbersByWord: ReadonlyMap<string, string> = new Map(
  numberWords.flatMap(([digits, words]) => words.split(' ').map((word) => [word, digits] as const)),
)
/** Of services, not of reports. */
const everyonesNumbers: ReadonlySet<string> = new Set(['999', '101', '111', '800', '1111', '555'])

/** A number from 10 as digits, however it is written: 12, 12th, twelve; 12a stays apart. */
export function numberIn(folded: string): string | undefined {
  const word = numbersByWord.get(folded)
  if (word !== undefined) return word
  const [, digits, letter = ''] = /^0*(\d{1,12})(?:st|nd|rd|th|am|pm|k|([a-z]))?$/.exec(folded) ?? []
  if (digits === undefined || (digits.length < 2 && letter === '') || everyonesNumbers.has(digits))
    return undefined
  return `${digits}${letter}`
}

function isWord(folded: string): boolean {
  return /\p{L}/u.test(folded) && !/\d/.test(folded) && folded.length > 1
}

function stemsOf(words: readonly Word[]): ReadonlySet<string> {
  return new Set(words.map(({ folded }) => stem(foldWord(folded))))
}
