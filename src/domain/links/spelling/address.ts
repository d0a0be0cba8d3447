import { namesOneBuilding, type Postcode, postcode } from './postcode.ts'
import { written } from './written.ts'

/** A postcode among other words: two parts, or one. */
const postcodeWithin = /(?<![\p{L}\p{N}])[A-Z0-9]{2,4}[ -]?[0-9OIL][A-Z]{2}(?![\p{L}\p{N}])/giu
const eircodeWithin = /(?<![\p{L}\p{N}])[AC-FHKNPRTV-Y]\d[\dW][ -]?[AC-FHKNPRTV-Y\d]{4}(?![\p{L}\p{N}])/giu

const part = 'flat|unit|apartment|appt|apt|room|rm|suite|studio|bedsit|level|fflat|ystafell'
/** Parts of a building, with their numbers: they are not the house's. */
const partsOfBuilding = [
  new RegExp(
    `\\b(?:${part})s?\\.?\\s*(?:no\\b\\.?|number\\b|#)?\\s*(?:\\d{1,4}[a-z]?|[a-z])\\b(?:\\s*[-/&]\\s*\\d{1,4}[a-z]?\\b)?`,
    'gi',
  ),
  /\b(?:\d{1,2}(?:st|nd|rd|th)|ground|first|second|third|fourth|top|upper|lower|basement|floor)\s+(?:floor|flat)\b/gi,
  /\bfloor\s*\d{1,3}\b/gi,
  /\b\d{1,2}(?:st|nd|rd|th)\b/gi,
]
const house =
  /(?:^|[\s,;:#(]|\b(?:no|nos|number|house|rhif)\b[.:]?\s?|\bn[o°]\.?)(\d{1,5}O?)[ -]?(?:([a-z])(?![\p{L}\p{N}'’]))?(?:\/\d{1,3})?(?:\s?(?:-|\bto\b)\s?(\d{1,5}) ?([a-z](?![\p{L}\p{N}]))?)?(?![\p{L}\p{N}])/iu
/** After a space, only these are a part of the number: in Welsh, Y begins names of streets. */
const looseLetters = /^[A-H]$/i

/** Postcode, by itself or else within the text, and house number: a street alone names too many. */
export function address(text: string, given?: string): string | undefined {
  const said = written(text.replace(/[¼½¾]/g, ''))
  const within = postcodeIn(said)
  const code = (given === undefined ? undefined : postcode(given)?.code) ?? within?.code
  if (code === undefined) return undefined
  if (namesOneBuilding(code)) return code
  const number = houseNumber(within === undefined ? said : said.replace(within.written, ' '))
  return number === undefined ? undefined : `${code} ${number}`
}

/** The last postcode of a text; one with a slip only at its end, where nothing else is meant. */
export function postcodeIn(said: string): (Postcode & { written: string }) | undefined {
  const matches = [...said.matchAll(postcodeWithin), ...said.matchAll(eircodeWithin)]
  const found = matches.flatMap((match) => {
    const one = postcode(match[0])
    const isAtEnd = /^[\s.,;]*$/.test(said.slice(match.index + match[0].length))
    return one !== undefined && (one.slips === 0 || isAtEnd) ? [{ ...one, written: match[0] }] : []
  })
  return found.filter(({ slips }) => slips === 0).at(-1) ?? found.at(-1)
}

/** The number of the house, as `14`, `14A` or `14-16`. */
function houseNumber(text: string): string | undefined {
  const bare = partsOfBuilding.reduce((left, parts) => left.replace(parts, ' '), text)
  const match = house.exec(bare)
  if (match === null) return undefined
  const [whole, digits = '', letter = '', to, toLetter = ''] = match
  const isLoose = letter !== '' && /\d [a-z]/i.test(whole) && !looseLetters.test(letter)
  const first = digits.replace(/O/i, '0') + (isLoose ? '' : letter)
  return (to === undefined ? first : `${first}-${to}${toLetter}`).toUpperCase()
}
