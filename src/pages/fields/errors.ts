import { ruleInWords } from '../../schemas/rules.ts'
import { anyCharacters } from '../../schemas/text.ts'
import type { Violation } from '../../vocabulary/faults.ts'
import { type Texts, textAt } from '../texts/texts.ts'
import type { Draft } from './draft.ts'
import { fill } from './fill.ts'
import { mostOf, placeAt } from './schema.ts'

/** What is wrong with one field, for the person who filled it in. */
export interface FieldError {
  /** The field's name in the form. */
  name: string
  text: string
  href: string
}

/** Says what is wrong, beside the field and in words of the language. Limits are the schema's. */
export function errorsIn(texts: Texts, draft: Draft, broken: readonly Violation[]): FieldError[] {
  const byName = new Map<string, FieldError>()
  for (const violation of broken) {
    const { pointer } = violation
    const { name, path } = fieldAt(pointer, draft)
    if (byName.has(name)) continue
    const label = textAt(texts, `fields.${path}.label`) ?? ''
    const { least, most } = path === '' ? {} : limitsOf(path)
    const text = errorText(texts, codeOf(violation), path)
    byName.set(name, { name, text: fill(text, { label, least, most }), href: `#${idOf(name)}` })
  }
  return [...byName.values()]
}

/** The rule that was broken. Free text has a pattern too, of which no field shows an example. */
export function codeOf({ code, message }: { code: string; message?: string }): string {
  return message !== undefined && message === ruleInWords(anyCharacters) ? 'characters' : code
}

/** What is said of a broken rule: of a field in words of its own, where it has some. */
export function errorText(texts: Texts, code: string, path: string): string | undefined {
  return (
    textAt(texts, `errors.${code}-${path}`) ??
    textAt(texts, `errors.${code}`) ??
    textAt(texts, 'errors.other')
  )
}

/** What a field is called as an element of the page. */
export function idOf(name: string): string {
  return name.replaceAll('.', '-')
}

function limitsOf(path: string): { least?: number | undefined; most?: number | undefined } {
  return path === 'places' || path === 'entities' || path === 'links' ? { most: mostOf(path) } : placeAt(path)
}

/** Which field a pointer into the report means, and which words are its. */
function fieldAt(pointer: string, draft: Draft): { name: string; path: string } {
  const [, list = '', at = '', of = ''] = pointer.split('/')
  if (list === 'when') return same(`when.${at || 'mode'}`)
  if (list === 'source') return same(`source.${at || 'basis'}`)
  if (list === 'links') return { name: `links.${at || 0}`, path: list }
  if (list !== 'places' && list !== 'entities') return same(list)
  const kind = list === 'places' ? list : (draft.entities[Number(at)]?.kind ?? '')
  const first = list === 'places' ? 'description' : 'name'
  return of === ''
    ? { name: `${list}.${at || 0}.${first}`, path: list }
    : { name: `${list}.${at}.${of}`, path: `${kind}.${of}` }
}

const same = (name: string) => ({ name, path: name })
