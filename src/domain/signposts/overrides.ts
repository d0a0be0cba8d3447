import type { Signpost } from './signpost.ts'

type Field = Exclude<keyof Signpost, 'code'>

const text = (value: unknown, most: number) =>
  typeof value === 'string' && value.length <= most && value.trim() !== '' && !/\p{Cc}/u.test(value)

function isHttps(value: string): boolean {
  const url = URL.canParse(value) ? new URL(value) : undefined
  return url?.protocol === 'https:' && url.username === '' && url.password === ''
}

function isDate(value: string): boolean {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(value) ? new Date(`${value}T00:00:00Z`) : undefined
  return day !== undefined && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value)
}

/** What each field may be set to, with the rule that an operator is told when it is broken. */
const fields: { readonly [F in Field]: { is: (value: unknown) => boolean; rule: string } } = {
  label: { is: (value) => text(value, 120), rule: 'must be one line of 1 to 120 characters' },
  phone: {
    is: (value) => value === null || (typeof value === 'string' && /^\+?\d[\d ]{1,18}\d$/.test(value)),
    rule: 'must be digits and spaces, or null',
  },
  url: {
    is: (value) => value === null || (typeof value === 'string' && text(value, 500) && isHttps(value)),
    rule: 'must be an https address, or null',
  },
  availability: { is: (value) => text(value, 500), rule: 'must be one line of 1 to 500 characters' },
  reason: { is: (value) => text(value, 500), rule: 'must be one line of 1 to 500 characters' },
  urgent: { is: (value) => typeof value === 'boolean', rule: 'must be true or false' },
  checkedOn: {
    is: (value) => typeof value === 'string' && isDate(value),
    rule: 'must be a date, YYYY-MM-DD',
  },
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    // The parser's own message quotes the text.
    throw new Error('signposts: must be valid JSON')
  }
}

function parseFields(code: string, value: unknown): Partial<Signpost> {
  if (!isObject(value)) throw new Error(`signposts: ${code} must be an object`)
  for (const [name, content] of Object.entries(value)) {
    if (!Object.hasOwn(fields, name)) {
      throw new Error(`signposts: ${code} may only have ${Object.keys(fields).join(', ')}`)
    }
    const { is, rule } = fields[name as Field]
    if (!is(content)) throw new Error(`signposts: ${code}.${name} ${rule}`)
  }
  return value
}

/**
 * Reads an operator's corrections: an object by signpost code, each with the fields to change. Throws an
 * `Error` of one line that names the rule and never quotes the value.
 */
export function parseOverrides(
  json: string,
  codes: ReadonlySet<string>,
): ReadonlyMap<string, Partial<Signpost>> {
  const overrides = parse(json)
  if (!isObject(overrides)) throw new Error('signposts: must be an object by signpost code')
  return new Map(
    Object.entries(overrides).map(([code, value]) => {
      if (!codes.has(code)) throw new Error(`signposts: each key must be one of ${[...codes].join(', ')}`)
      return [code, parseFields(code, value)]
    }),
  )
}
