import { repeatsOf } from './repeats.ts'

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
