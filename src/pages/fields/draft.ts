import { categoryBySlug } from '../../vocabulary/categories/categories.ts'
import { dayTyped } from './days.ts'
import { placeAt } from './schema.ts'
import { kinds, sections, single } from './sections.ts'

/** What somebody typed, as they typed it. It travels in the form itself, and lies nowhere between two pages. */
export interface Draft {
  category: string
  /** Answers that stand once, by their place; several where several can be ticked. */
  answers: Map<string, string[]>
  places: Row[]
  entities: Row[]
  links: string[]
}

/** A place or an entity: its answers by name, and what it is. */
export interface Row {
  kind: string
  answers: Map<string, string>
}

/** What stands for "I am not sure" where a category is chosen. */
export const unsure = 'unsure'

/** Things of one kind that a form is read for. */
const rowsAtMost = 100

/** Reads the fields of a form, with those that it has beyond a report's. What was left empty is not there; what no form has is passed over. */
export function readDraft(fields: URLSearchParams, beyond: readonly string[] = []): Draft {
  const given = givenIn(fields)
  const chosen = first(given, 'category')
  const isUnsure = chosen === unsure
  const answers = new Map<string, string[]>()
  for (const path of [...single, ...beyond]) {
    const own = (given.get(path) ?? []).filter((value) => value !== '').map((value) => asRead(path, value))
    if (own.length > 0) answers.set(path, placeAt(path).kind === 'many' ? own : own.slice(0, 1))
  }
  if (isUnsure) answers.set('subcategories', [unsure])
  return {
    category: isUnsure ? 'other-serious-crime' : chosen,
    answers,
    places: rowsOf(given, 'places'),
    entities: rowsOf(given, 'entities'),
    links: [...Array(rowsAtMost).keys()].flatMap((at) => first(given, `links.${at}`) || []),
  }
}

/** A day may be typed as people write it. It comes back, and is sent, as the report has it. */
const asRead = (path: string, value: string) => (days.includes(path) ? dayTyped(value) : value)
const days: readonly string[] = ['when.from', 'when.to']

type Given = ReadonlyMap<string, readonly string[]>

/** What was given under each name: a form has too many fields to look each up among all. */
function givenIn(fields: URLSearchParams): Given {
  const given = new Map<string, string[]>()
  for (const [name, value] of fields) {
    const known = given.get(name)
    if (known === undefined) given.set(name, [value])
    else known.push(value)
  }
  return given
}

function first(given: Given, name: string): string {
  return given.get(name)?.[0] ?? ''
}

function rowsOf(given: Given, list: 'places' | 'entities'): Row[] {
  return [...Array(rowsAtMost).keys()].flatMap((at) => {
    const kind = list === 'places' ? 'places' : first(given, `entities.${at}.kind`)
    if (list === 'entities' && !kinds.includes(kind)) return []
    const names = sections.find(({ name }) => name === kind)?.fields ?? []
    const answers = new Map(
      names.flatMap((name) => {
        const value = first(given, `${list}.${at}.${name}`)
        return value === '' ? [] : [[name, value] as const]
      }),
    )
    return answers.size === 0 ? [] : [{ kind, answers }]
  })
}

/** Whether nothing was filled in. "I am not sure" is a category that was chosen, and no answer. */
export function isBlank({ answers, places, entities, links }: Draft): boolean {
  const isOnlyUnsure = answers.size === 1 && answers.get('subcategories')?.join() === unsure
  return (answers.size === 0 || isOnlyUnsure) && places.length + entities.length + links.length === 0
}

/** The draft as the fields that it was read from, but for the category: so it travels where none of them is shown. */
export function fieldsWith({ answers, places, entities, links }: Draft): { name: string; value: string }[] {
  const rows = (list: string, those: readonly Row[]) =>
    those.flatMap((row, at) => [
      ...(list === 'entities' ? [{ name: `${list}.${at}.kind`, value: row.kind }] : []),
      ...[...row.answers].map(([name, value]) => ({ name: `${list}.${at}.${name}`, value })),
    ])
  return [
    ...[...answers].flatMap(([name, given]) => given.map((value) => ({ name, value }))),
    ...rows('places', places),
    ...rows('entities', entities),
    ...links.map((value, at) => ({ name: `links.${at}`, value })),
  ]
}

/** The draft as a report, for the schema to judge. */
export function reportOf({ category, answers, places, entities, links }: Draft): Record<string, unknown> {
  const report: Record<string, unknown> = { category }
  for (const [path, given] of answers) {
    const [first = '', second] = path.split('.')
    if (second === undefined) report[first] = answerAt(path, given)
    else report[first] = { ...(report[first] as object | undefined), [second]: answerAt(path, given) }
  }
  if (places.length > 0) report.places = places.map(valuesOf)
  if (entities.length > 0) report.entities = entities.map((row) => ({ kind: row.kind, ...valuesOf(row) }))
  if (links.length > 0) report.links = links.map((link) => link.trim())
  return report
}

function answerAt(path: string, given: string[]): unknown {
  const { kind } = placeAt(path)
  if (kind === 'many') return given
  if (kind === 'flag') return given[0] === 'true'
  return kind === 'line' ? given[0]?.trim() : given[0]
}

/** What the report has of a row: texts as they were typed, but for numbers and lists. */
function valuesOf({ kind, answers }: Row): Record<string, unknown> {
  return Object.fromEntries(
    [...answers].map(([name, given]) => {
      const { reads } = placeAt(`${kind}.${name}`)
      if (reads === 'list') return [name, partsOf(given)]
      // An age is a number where it is written as one.
      const isNumber = reads === 'number' ? /^\s*-?\d{1,3}(\.\d{1,12})?\s*$/ : /^\s*\d{1,3}\s*$/
      const isCounted = reads === 'number' || name === 'ageEstimate'
      return [name, isCounted && isNumber.test(given) ? Number(given) : given]
    }),
  )
}

function partsOf(given: string): string[] {
  return given
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** Whether there is such a category. */
export function isCategory({ category }: Draft): boolean {
  return categoryBySlug(category) !== undefined
}
