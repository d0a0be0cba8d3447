import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { between, partsAtMost, written } from './written.ts'

/** What stands for digits that nobody remembers. An `x` before digits at the end is an extension. */
const gap = /[*?_…]|x(?!\s*\d+\s*$)|\.\.\.?\s*$/i
/** Letters among nothing but digits are slips. */
const slipped = /^[+(]*[\dOIl][\dOIl\s()-]{6,}$/i
/** Ten digits are a whole number here, also of a range that came into use since the library's data, or is for fiction. */
const wholeInBritain = /^\+44[1-37-9]\d{9}$/

/**
 * Telephone number as E.164, GB where no country is given, without extension. Undefined where it is too short or long
 * for its country: a half-remembered number names many.
 */
export function phone(text: string): string | undefined {
  const plain = written(text).replace(/^(?:tel|phone|mob(?:ile)?|whatsapp)\b[\s.:]*/i, '')
  const said = plain.replace(/\([^()\d+]*\)/g, ' ').replace(/^\++/, '+')
  const digits = slipped.test(said) ? said.replace(/O/gi, '0').replace(/[Il]/gi, '1') : said
  if (gap.test(digits.replace(/\b(?:ext(?:ension)?|extn)\b/gi, '#'))) return undefined
  const parsed = parsePhoneNumberFromString(digits, 'GB')
  if (parsed === undefined) return undefined
  return parsed.isValid() || wholeInBritain.test(parsed.number) ? parsed.number : undefined
}

/** Every number of a text that may hold several: `07700 900123 or 07700 900124`. */
export function phones(text: string): string[] {
  const one = phone(text)
  if (one !== undefined) return [one]
  const parts = text.split(between)
  return parts.length > partsAtMost ? [] : parts.flatMap((part) => phone(part) ?? [])
}
