import { readdirSync, readFileSync } from 'node:fs'
import { sources } from '../frame/sources.ts'

/** Words of the pages: a file a language, `<language>.json`. To add a language, add its file; a test tells what it lacks. */
export interface Texts {
  readonly [name: string]: string | readonly string[] | Texts
}

const folder = `${sources}texts/`

/** The languages that there are, English first. */
export function knownLanguages(): string[] {
  const names = readdirSync(folder).flatMap((file) => /^([a-z]{2,3})\.json$/.exec(file)?.[1] ?? [])
  return names.sort((a, b) => Number(b === 'en') - Number(a === 'en') || a.localeCompare(b))
}

/** The words of one language, with an operator's own in their places. Throws an Error where one has no such place. */
export function textsOf(language: string, own: Readonly<Record<string, string>> = {}): Texts {
  const texts: Record<string, unknown> = JSON.parse(readFileSync(`${folder}${language}.json`, 'utf8'))
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

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}

/** The words at a place, such as `errors.too-long`; undefined where there are none. */
export function textAt(texts: Texts, path: string): string | undefined {
  const found = path.split('.').reduce<unknown>((at, name) => (isObject(at) ? at[name] : undefined), texts)
  return typeof found === 'string' ? found : undefined
}
