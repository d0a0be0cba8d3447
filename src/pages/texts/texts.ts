import { readdirSync, readFileSync } from 'node:fs'
import { sources } from '../assets/sources.ts'

/** Words of the pages: a file a language, `<language>.json`. To add a language, add its file, and offer it in SITE_FILE. */
export interface Texts {
  readonly [name: string]: string | readonly string[] | Texts
}

const ours = `${sources}texts/`

/** The languages that there are, English first. */
export function knownLanguages(folder: string = ours): string[] {
  const names = readdirSync(folder).flatMap((file) => /^([a-z]{2,3})\.json$/.exec(file)?.[1] ?? [])
  return names.sort((a, b) => Number(b === 'en') - Number(a === 'en') || a.localeCompare(b))
}

/**
 * The words of one language, with an operator's own in their places. Throws an Error that names the first text which its
 * file lacks or has beyond the English one, and one where the operator's own have no such place.
 */
export function textsOf(
  language: string,
  own: Readonly<Record<string, string>> = {},
  folder: string = ours,
): Texts {
  const texts: Record<string, unknown> = read(folder, language)
  const [first] = language === 'en' ? [] : differences(read(ours, 'en'), texts)
  if (first !== undefined) throw new Error(`texts/${language}.json ${first}`)
  for (const [path, words] of Object.entries(own)) {
    const names = path.split('.')
    const last = names.pop() ?? ''
    const place = names.reduce<unknown>((at, name) => (isObject(at) ? at[name] : undefined), texts)
    if (!isObject(place) || typeof place[last] !== 'string') {
      throw new Error(`/texts/${language} names a text that there is not`)
    }
    place[last] = words
  }
  return texts as Texts
}

function read(folder: string, language: string): Record<string, unknown> {
  return JSON.parse(readFileSync(`${folder}/${language}.json`, 'utf8'))
}

/** What a language lacks, has beyond another, or does not fill in alike: a line each. */
export function differences(model: unknown, texts: unknown): string[] {
  const [wanted, given] = [placesIn(model), placesIn(texts)]
  return [
    ...[...wanted].flatMap(([path, values]) => {
      const own = given.get(path)
      if (own === undefined) return [`lacks ${path}`]
      return own === values ? [] : [`must fill in ${values || 'nothing'} at ${path}`]
    }),
    ...[...given.keys()].filter((path) => !wanted.has(path)).map((path) => `has ${path} beyond`),
  ]
}

/** Every place that has words, with the names of what is filled into them. */
function placesIn(value: unknown, path = '', into = new Map<string, string>()): Map<string, string> {
  if (typeof value === 'string') {
    const names = [...value.matchAll(/\{\w+\}/g)].map(([name]) => name)
    into.set(path, names.sort().join(', '))
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, part] of Object.entries(value))
      placesIn(part, path === '' ? name : `${path}.${name}`, into)
  }
  return into
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}

/** A list of a language, by its path; empty where there is none. */
export function listAt(texts: Texts, path: string): readonly string[] {
  const found = path.split('.').reduce<unknown>((at, name) => (isObject(at) ? at[name] : undefined), texts)
  return Array.isArray(found) ? found.filter((one) => typeof one === 'string') : []
}

/** The words at a place, such as `errors.too-long`; undefined where there are none. */
export function textAt(texts: Texts, path: string): string | undefined {
  const found = path.split('.').reduce<unknown>((at, name) => (isObject(at) ? at[name] : undefined), texts)
  return typeof found === 'string' ? found : undefined
}

const rightToLeft = new Set(['ar', 'ckb', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi'])

/** Which way a language is written. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  return rightToLeft.has(language) ? 'rtl' : 'ltr'
}
