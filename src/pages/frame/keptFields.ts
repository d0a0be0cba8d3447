import type { Field } from '../fields/fields.ts'
import { keptAtMost } from './kept.ts'

/** A field as HTML, with what was typed into it; `rows` high where it has several lines. */
export type FieldAsHtml = (field: Field, rows?: number, isLarge?: boolean) => string

/** Stands where what is typed goes: no text of a page has it. */
const place = '\u0000'
/** More than the forms of a few languages have. */
const fieldsAtMost = 3_000

/**
 * The parts of a field take most of the time that a form takes. So each field is rendered once, empty, and kept; what was typed
 * or chosen is written into a copy of it, which nobody keeps.
 */
export function keptFields(
  render: (about: object) => string,
  escaped: (text: string) => string,
): FieldAsHtml {
  const kept = keptAtMost<string>(fieldsAtMost)
  return (field, rows = 4, isLarge = false) => {
    const isText = field.kind === 'words' || field.kind === 'line'
    const empty = kept(nameOf(field, rows, isLarge), () => {
      const items = field.items.map((item) => ({ ...item, checked: false }))
      return render({ field: { ...field, value: place, items }, rows, large: isLarge })
    })
    return isText ? withText(empty, escaped(field.value)) : withChoices(empty, field)
  }
}

/** All that two fields may differ by before anything is typed into them. */
function nameOf({ name, kind, label, hint, error, focus, items }: Field, rows: number, isLarge: boolean) {
  return JSON.stringify([name, kind, label, hint, error, focus, rows, isLarge, items.map(({ text }) => text)])
}

/** `value` is escaped. */
function withText(empty: string, value: string): string {
  const at = empty.indexOf(place)
  return empty.slice(0, at) + value + empty.slice(at + place.length)
}

/** Values of choices are words of the schema. */
function withChoices(empty: string, { items }: Field): string {
  return items
    .filter(({ checked }) => checked)
    .reduce((html, { value }) => html.replace(` value="${value}"`, '$& checked'), empty)
}
