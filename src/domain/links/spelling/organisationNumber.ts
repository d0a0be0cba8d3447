import { readAs, written } from './written.ts'

/** Letters with which Companies House begins its numbers; six digits follow. */
const registers =
  'AC BR CE CS CU ES FC FE GE GN GS IC IP LP NA NC NF NI NL NO NP NR NV NZ OC OE PC R RC RS SA SC SE SF SG SI SL SO SP SR SZ ZC'.split(
    ' ',
  )
const society = /^(IP|SP|NP|NO)(\d{4,6})(R|RS|RC|C)$/
const taxOfCountry =
  /^(?:(?:GB|XI)(?:\d{9}|\d{12}|GD\d{3}|HA\d{3})|IE\d[A-Z0-9+*]\d{5}[A-Z]{1,2}|(?:AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|HR|HU|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK)[A-Z0-9]{8,12})$/
const charity = /\b(?:charity|charities|charitable|elusen|OSCR|CIO|SCIO)\b/i
/** A charity's own charities are its. */
const subsidiary = /\b(\d{6,7})-\d{1,2}\b/
const company = /\bcompan(?:y|ies)\b/i
const tax = /\b(?:VAT|TVA|MwSt|TAW)\b/i
const words =
  /\b(?:registered|registration|reg|company|companies|house|co|crn|limited|ltd|llp|plc|number|no|nos|num|nr|charity|charities|charitable|commission|scottish|northern|ireland|irish|elusen|rhif|cwmni|oscr|scio|cio|vat|tva|taw|id|in|england|and|wales|scotland|uk|the|of|for)\b\.?/gi

/**
 * Number of a body, as its register pads it: companies as Companies House does, charities apart from them, and VAT
 * numbers with their country. Where neither it nor the body's name says which, it is a company's.
 */
export function organisationNumber(text: string, name = ''): string | undefined {
  const said = written(text)
  const plain = said
    .replace(subsidiary, '$1')
    .replace(words, ' ')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
  if (tax.test(said) && /^\d{9}(?:\d{3})?$/.test(plain)) return `GB${plain}`
  if (/^(?:NIC)\d{6}$/.test(plain)) return `CHARITY ${plain}`
  if (/^(?:CHY|RCN)\d{3,8}$/.test(plain)) return `CHARITY ${plain}`
  if (charity.test(said) || (charity.test(name) && !company.test(said))) return charityNumber(plain)
  return companyNumber(plain) ?? (taxOfCountry.test(plain) ? plain.replace(/^XI/, 'GB') : undefined)
}

/** England and Wales: six or seven digits, Scotland: SC and six. */
function charityNumber(plain: string): string | undefined {
  const [, letters = '', digits = ''] = /^(SC|NIC?)?0*(\d{3,8})$/.exec(plain) ?? []
  if (digits === '') return undefined
  return `CHARITY ${letters === '' ? digits : letters.replace(/^NI$/, 'NIC') + digits.padStart(6, '0')}`
}

function companyNumber(plain: string): string | undefined {
  const [, letters, number, end] = society.exec(plain) ?? []
  if (letters !== undefined && number !== undefined && end !== undefined) return plain
  if (/^\d{5,8}$/.test(plain)) return plain.padStart(8, '0')
  for (const register of registers) {
    const read = inRegister(register, plain)
    if (read !== undefined) return read
  }
  const digits = readAs('99999999', plain)
  return digits?.text
}

/** `NI 12345` is NI012345, and `0C3O1234` can only be OC301234. */
function inRegister(register: string, plain: string): string | undefined {
  const rest = plain.slice(register.length)
  const most = 8 - register.length
  const start = readAs('A'.repeat(register.length), plain.slice(0, register.length))
  if (start?.text !== register || rest.length < 4 || rest.length > most) return undefined
  const digits = readAs('9'.repeat(rest.length), rest)
  if (digits === undefined || (start.slips > 0 && rest.length < most)) return undefined
  return register + digits.text.padStart(most, '0')
}
