import type { DraftCheck } from '../../schemas/intake.ts'
import type { Field } from '../fields/fields.ts'
import type { Texts } from '../texts/texts.ts'
import { textAt } from '../texts/texts.ts'
import { type Filling, formView } from './formView.ts'

type Warning = DraftCheck['warnings'][number]

/** A piece of a typed text; `code` where it may give the reporter away. */
interface Piece {
  text: string
  code: string | undefined
}

export interface Answer {
  label: string
  pieces: Piece[]
  /** Why and how, once for each kind of warning. */
  advice: { why: string; how: string }[]
  field: Field
  hidden: { name: string; value: string } | undefined
}

/** Fields beyond a report's, and what stands above them. */
export interface Beyond {
  heading: string
  fields: readonly Field[]
}

/** Everything as it will be sent, with warnings where they stand in the text, and each answer to be changed in its place. */
export function checkView(texts: Texts, filling: Filling, warnings: readonly Warning[], beyond?: Beyond) {
  const { narrative, sections } = formView(texts, { ...filling, add: undefined })
  const group = (heading: string, fields: readonly Field[], hidden?: Answer['hidden']) => ({
    heading,
    hidden,
    answers: fields.filter(isAnswered).map((field) => answerOf(texts, field, warnings)),
  })
  const groups = [
    group('', [narrative]),
    ...(beyond === undefined ? [] : [group(beyond.heading, beyond.fields)]),
    ...sections.flatMap(({ name, fields, things }) => {
      const heading = textAt(texts, `report.sections.${name}`) ?? name
      return things === undefined
        ? [group(heading, fields)]
        : things.map(({ fields: own, hidden }) => group(heading, own, hidden))
    }),
  ]
  return { groups: groups.filter(({ answers }) => answers.length > 0), warned: warnings.length > 0 }
}

function isAnswered({ value, items }: Field): boolean {
  return value !== '' || items.some(({ checked }) => checked)
}

function answerOf(texts: Texts, field: Field, warnings: readonly Warning[]): Omit<Answer, 'hidden'> {
  const chosen = field.items.filter(({ checked }) => checked).map(({ text }) => text)
  const isTyped = field.kind === 'words' || field.kind === 'line'
  const pointer = `/${field.name.replaceAll('.', '/')}`
  const own = isTyped ? warnings.filter((one) => one.pointer === pointer) : []
  const codes = [...new Set(own.map(({ code }) => code))]
  return {
    label: field.label,
    pieces: isTyped ? piecesOf(field.value, own) : [{ text: chosen.join(', '), code: undefined }],
    advice: codes.map((code) => ({
      why: textAt(texts, `warnings.${code}.why`) ?? textAt(texts, 'warnings.other.why') ?? '',
      how: textAt(texts, `warnings.${code}.how`) ?? textAt(texts, 'warnings.other.how') ?? '',
    })),
    field,
  }
}

/** Cuts a text where warnings begin and end; where two overlap, the later begins where the earlier ends. */
export function piecesOf(text: string, warnings: readonly Warning[]): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const { start, end, code } of [...warnings].sort((a, b) => a.start - b.start)) {
    if (end <= at) continue
    const from = Math.max(start, at)
    if (from > at) pieces.push({ text: text.slice(at, from), code: undefined })
    pieces.push({ text: text.slice(from, end), code })
    at = end
  }
  if (at < text.length) pieces.push({ text: text.slice(at), code: undefined })
  return pieces
}
