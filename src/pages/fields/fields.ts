import { type Texts, textAt } from '../texts/texts.ts'
import { type FieldError, idOf } from './errors.ts'
import { type Place, placeAt } from './schema.ts'

/** One field, as the template shows it. */
export interface Field {
  name: string
  id: string
  kind: Place['kind']
  label: string
  hint: string | undefined
  value: string
  items: { value: string; text: string; checked: boolean; hint: { text: string } | undefined }[]
  error: string | undefined
  focus: boolean
}

/** A choice that the schema does not name in words: the sub-types of a category. */
export type Choices = readonly { value: string; text: string; hint?: string }[]

interface Filled {
  name: string
  /** Its place in the schema, and so in the texts. */
  path: string
  given: readonly string[]
  errors: readonly FieldError[]
  choices?: Choices
  focus?: boolean
}

/** A field by its schema, in the words of a language, with what was typed into it. */
export function fieldOf(texts: Texts, { name, path, given, errors, choices, focus = false }: Filled): Field {
  const { kind, choices: known } = placeAt(path)
  const offered =
    choices ??
    known.map((value) => ({ value, hint: '', text: textAt(texts, `options.${path}.${value}`) ?? value }))
  return {
    name,
    id: idOf(name),
    kind,
    label: textAt(texts, `fields.${path}.label`) ?? path,
    hint: textAt(texts, `fields.${path}.hint`),
    value: given[0] ?? '',
    items: offered.map(({ value, text, hint }) => ({
      value,
      text,
      checked: given.includes(value),
      hint: hint === undefined || hint === '' ? undefined : { text: hint },
    })),
    error: errors.find((one) => one.name === name)?.text,
    focus,
  }
}
