import { written } from './written.ts'

const labels = /\b(?:sort ?code|account|acc(?:t)?|a\/c|number|no|iban|bank|card)\b[\s.:#]*/gi
/** Of these, capitals and small letters are one. */
const iban = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/i
const upperCased = [iban]
const lowerCased = [/^0x[0-9a-f]{40}$/i, /^(?:bc|tb|ltc)1[a-z0-9]{20,90}$/i, /^[^@]+@[^@]+\.[^@]+$/]

/**
 * Account number or address without separators. Upper and lower case are kept apart, as some crypto addresses need, but
 * for those that do not.
 */
export function account(text: string): string | undefined {
  const said = written(text)
  const digits = said.replace(labels, ' ').replace(/[\s./:,-]/g, '')
  const plain = /^\d+$/.test(digits) ? digits : said.replace(/[\s-]/g, '')
  if (plain.length < 6) return undefined
  if (upperCased.some((shape) => shape.test(plain))) return plain.toUpperCase()
  return lowerCased.some((shape) => shape.test(plain)) ? plain.toLowerCase() : plain
}

/** Unique property reference number without leading zeros. */
export function uprn(text: string): string | undefined {
  return /^\d{1,12}$/.test(text) ? text.replace(/^0+(?=\d)/, '') : undefined
}
