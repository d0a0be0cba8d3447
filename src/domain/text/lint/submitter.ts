import { repeatsOf } from './repeats.ts'
import { wordsOf } from './words.ts'

/** Who shared something in, as far as a text could give them away. */
export interface KnownSubmitter {
  name: string
  /** The name of their agency: their team, to whoever knows the area. */
  agency: string
  contact: string
}

export interface Named {
  /** What of them it says. */
  what: 'name' | 'contact'
  start: number
  end: number
}

/**
 * Whether a text tells for certain who shared something in: how to reach them, or their whole name, its parts in any order.
 * A name of one word is not certain: it may be anybody's.
 */
export function tellsSubmitter(text: string, submitter: KnownSubmitter): boolean {
  if (namesOfSubmitter(text, submitter).some(({ what }) => what === 'contact')) return true
  const name = foldedWords(submitter.name).sort()
  const words = foldedWords(text)
  const isHere = (from: number) =>
    words
      .slice(from, from + name.length)
      .sort()
      .join(' ') === name.join(' ')
  return name.length > 1 && words.some((_, from) => isHere(from))
}

function foldedWords(text: string): string[] {
  return wordsOf(text).map(({ folded }) => folded)
}

const email = /[^\s<>(),;:"]+@[^\s<>(),;:"]+/g
const phone = /\+?\(?\d[\d\s().-]{6,}\d/g

/** Where a text says who shared something in: their name, their agency, or how to reach them. Sorted by place. */
export function namesOfSubmitter(text: string, { name, agency, contact }: KnownSubmitter): Named[] {
  const repeats = repeatsOf(text, {
    category: 'other-serious-crime',
    narrative: '',
    entities: [
      { kind: 'person', name },
      { kind: 'organisation', name: agency },
      ...(contact.match(email) ?? []).map((handle) => ({ kind: 'online' as const, handle })),
      ...(contact.match(phone) ?? []).map((number) => ({ kind: 'phone' as const, number })),
    ],
  })
  return repeats.flatMap(({ code, start, end }): Named[] => {
    if (code === 'repeats-name') return [{ what: 'name', start, end }]
    return code === 'repeats-identifier' ? [{ what: 'contact', start, end }] : []
  })
}
