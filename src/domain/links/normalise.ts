import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

/** One spelling for each thing, so that equal things are equal (domain.md, section 4). Undefined: too little to go by. */

/**
 * GB registrations: current, prefix, suffix, and the dateless ones that cannot be a part of another. A part names many
 * vehicles, and is kept apart.
 */
const registrations = [
  /^[A-Z]{2}\d{2}[A-Z]{3}$/,
  /^[A-Z]\d{1,3}[A-Z]{3}$/,
  /^[A-Z]{3}\d{1,3}[A-Z]$/,
  /^[A-Z]{1,2}\d{4}$/,
  /^\d{4}[A-Z]{1,2}$/,
]

/** Registration without spaces, upper-case: `zz19 aab` and `ZZ19AAB` are one. */
export function registration(text: string): string | undefined {
  const plain = text.toUpperCase().replace(/[^A-Z0-9]/g, '')
  const hasGap = /[*?_.]/.test(text.replace(/\s/g, ''))
  return !hasGap && registrations.some((pattern) => pattern.test(plain)) ? plain : undefined
}

/** Telephone number as E.164, GB where no country is given. */
export function phone(text: string): string | undefined {
  const parsed = parsePhoneNumberFromString(text, 'GB')
  return parsed?.isPossible() === true ? parsed.number : undefined
}

/** User name lower-case, without `@`. The platform plays no part: people write it in many ways, or not at all. */
export function handle(text: string): string | undefined {
  const name = text.normalize('NFKC').trim().replace(/^@+/, '').toLowerCase()
  return name.length < 3 ? undefined : name
}

/** Account number or address without separators; upper and lower case kept apart, as crypto addresses need. */
export function account(text: string): string | undefined {
  const plain = text.normalize('NFKC').replace(/[\s-]/g, '')
  return plain.length >= 6 ? plain : undefined
}

const postcodeShape = /^([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})$/

const postcodeWithin = /\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b/i

/** Postcode, by itself or else within the text, and house number: a street alone names too many. */
export function address(text: string, given?: string): string | undefined {
  const postcode = given || (postcodeWithin.exec(text)?.[0] ?? '')
  const code = postcode.toUpperCase().replace(/[^A-Z0-9]/g, '')
  const house = text.replace(/\b(flat|unit|apartment|apt|room|floor)\s*\w{1,4}\b,?/gi, ' ')
  const number = /(?:^|\s|,)(\d{1,5}[a-z]?)(?=[\s,]|$)/i.exec(house)?.[1]
  return postcodeShape.test(code) && number !== undefined ? `${code} ${number.toUpperCase()}` : undefined
}

/** Unique property reference number without leading zeros. */
export function uprn(text: string): string | undefined {
  return /^\d{1,12}$/.test(text) ? text.replace(/^0+(?=\d)/, '') : undefined
}

/** Company or charity number, as Companies House pads it. */
export function organisationNumber(text: string): string | undefined {
  const plain = text.toUpperCase().replace(/[^A-Z0-9]/g, '')
  if (!/^[A-Z]{0,2}\d{5,8}$/.test(plain)) return undefined
  const [, letters = '', digits = ''] = /^([A-Z]{0,2})(\d+)$/.exec(plain) ?? []
  return letters + digits.padStart(8 - letters.length, '0')
}
