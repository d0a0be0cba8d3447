import { imageLimits, type Mailbox } from '../../schemas/mailbox.ts'
import { errorText } from '../fields/errors.ts'
import type { Field } from '../fields/fields.ts'
import { fill } from '../fields/fill.ts'
import { messageText } from '../fields/schema.ts'
import { type Texts, textAt } from '../texts/texts.ts'

/** Messages on one page, the newest first: so many of the longest fit into its length. */
const onePart = 10

interface Shown {
  told?: string | undefined
  error?: { field: 'text' | 'image'; name: string } | undefined
  typed?: string | undefined
  part: number
}

/** An open mailbox, as the template shows it. */
export function mailboxView(
  texts: Texts,
  { messages, ...mailbox }: Mailbox,
  { told, error, typed = '', part }: Shown,
) {
  const last = Math.max(0, Math.ceil(messages.length / onePart) - 1)
  const at = Number.isInteger(part) ? Math.min(Math.max(part, 0), last) : 0
  const newestFirst = messages.toReversed()
  const said =
    error &&
    fill(errorText(texts, error.name, error.field), {
      label: textAt(texts, `fields.${error.field}.label`),
      least: messageText().least,
      most: messageText().most,
      megabytes: imageLimits.mebibytes,
    })
  return {
    ...mailbox,
    told,
    messages: newestFirst.slice(at * onePart, (at + 1) * onePart),
    turns: [
      ...(at < last ? [{ name: 'older', part: at + 1 }] : []),
      ...(at > 0 ? [{ name: 'newer', part: at - 1 }] : []),
    ],
    errors: error === undefined ? [] : [{ text: said, href: `#${error.field}` }],
    text: { ...typedField(texts, 'text'), value: typed, error: error?.field === 'text' ? said : undefined },
    limits: imageLimits,
    imageError: error?.field === 'image' ? said : undefined,
  }
}

/** A field that stands in no report. */
export function typedField(texts: Texts, name: 'receipt' | 'text'): Field {
  return {
    name,
    id: name,
    kind: name === 'text' ? messageText().kind : 'line',
    label: textAt(texts, `fields.${name}.label`) ?? '',
    hint: textAt(texts, `fields.${name}.hint`),
    value: '',
    items: [],
    error: undefined,
    focus: false,
  }
}
