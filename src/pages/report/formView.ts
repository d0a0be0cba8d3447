import { type Draft, type Row, unsure } from '../fields/draft.ts'
import type { FieldError } from '../fields/errors.ts'
import { type Choices, type Field, fieldOf } from '../fields/fields.ts'
import { mostOf } from '../fields/schema.ts'
import { rarelyNeeded, type Section, sections } from '../fields/sections.ts'
import type { CategoryWords } from '../texts/categories.ts'
import type { Texts } from '../texts/texts.ts'

/** A part of the form that need not be opened. */
export interface SectionView {
  name: string
  open: boolean
  fields: Field[]
  /** Places, people and so on, where the section can hold several. */
  things:
    | {
        number: number
        hidden: { name: string; value: string } | undefined
        fields: Field[]
        /** Those of its fields that few people need: they too need not be opened. */
        rare: { open: boolean; fields: Field[] }
        usual: Field[]
      }[]
    | undefined
  room: boolean
}

export interface Filling {
  draft: Draft
  errors: readonly FieldError[]
  category: CategoryWords
  /** What another one was asked for of. */
  add?: string | undefined
}

/** The form as the template shows it: what was typed, an empty place where there is none, one more where one is asked for. */
export function formView(texts: Texts, filling: Filling) {
  const { draft, errors, category, add } = filling
  // Empty places come after all that is filled in, so that the places of those do not move.
  let next = draft.entities.length
  const views = sections.map((section): SectionView => {
    const { name, rows, fields } = section
    if (rows === undefined) {
      const shown = fields.map((path) => single(texts, filling, path))
      return { name, open: shown.some(isFilled), fields: shown, things: undefined, room: false }
    }
    const known = rowsIn(draft, section)
    const room = listOf(draft, rows).length < mostOf(rows)
    const blanks = known.length === 0 || (add === name && room) ? 1 : 0
    const spare = [...Array(blanks).keys()].map(() => ({
      at: rows === 'entities' ? next++ : listOf(draft, rows).length,
      row: undefined,
    }))
    const things = [...known, ...spare].map(({ at, row }, index) =>
      thing(texts, section, { at, row, number: index + 1, errors, focus: add === name && row === undefined }),
    )
    const open = add === name || known.length > 0
    return { name, open, fields: [], things, room }
  })
  return {
    narrative: single(texts, filling, 'narrative'),
    sections: views.filter(({ name }) => name !== 'kind' || category.subcategories.length > 0),
  }
}

/** Who is not sure what it is has said so already: their section need not be opened for it. */
function isFilled({ name, value, error }: Field): boolean {
  return error !== undefined || (value !== '' && !(name === 'subcategories' && value === unsure))
}

function single(texts: Texts, { draft, errors, category }: Filling, path: string): Field {
  const given = draft.answers.get(path) ?? []
  if (path !== 'subcategories') return fieldOf(texts, { name: path, path, given, errors })
  const choices: Choices = category.subcategories.map(({ slug, name, description }) => ({
    value: slug,
    text: name,
    hint: description,
  }))
  return fieldOf(texts, { name: path, path, given, errors, choices })
}

type Known = { at: number; row: Row | string | undefined }

function listOf(draft: Draft, rows: NonNullable<Section['rows']>): readonly (Row | string)[] {
  return rows === 'links' ? draft.links : draft[rows]
}

function rowsIn(draft: Draft, { name, rows = 'links' }: Section): Known[] {
  return listOf(draft, rows).flatMap((row, at) =>
    typeof row === 'string' || row.kind === name ? { at, row } : [],
  )
}

function thing(
  texts: Texts,
  { name, rows, fields }: Section,
  {
    at,
    row,
    number,
    errors,
    focus,
  }: Known & { number: number; errors: readonly FieldError[]; focus: boolean },
) {
  if (rows === 'links') {
    const given = typeof row === 'string' ? [row] : []
    const own = fieldOf(texts, { name: `links.${at}`, path: 'links', given, errors, focus })
    return { number, hidden: undefined, ...parted([{ one: name, field: own }]) }
  }
  const answers = typeof row === 'object' ? row.answers : undefined
  return {
    number,
    hidden: rows === 'entities' ? { name: `entities.${at}.kind`, value: name } : undefined,
    ...parted(
      fields.map((one, index) => {
        const value = answers?.get(one)
        const given = value === undefined ? [] : [value]
        const path = `${name}.${one}`
        const field = fieldOf(texts, {
          name: `${rows}.${at}.${one}`,
          path,
          given,
          errors,
          focus: focus && index === 0,
        })
        return { one, field }
      }),
    ),
  }
}

/** The fields of a thing, and which of them few people need. */
function parted(all: readonly { one: string; field: Field }[]) {
  const isRare = ({ one }: { one: string }) => rarelyNeeded.includes(one)
  const rare = all.filter(isRare).map(({ field }) => field)
  return {
    fields: all.map(({ field }) => field),
    usual: all.filter((one) => !isRare(one)).map(({ field }) => field),
    rare: { open: rare.some(isFilled), fields: rare },
  }
}
