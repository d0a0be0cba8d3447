import { foreign, isForeignByName } from './foreignRegistration.ts'
import { between, partsAtMost, readAs, written } from './written.ts'

/*
 * A part of a registration names many vehicles, and is kept apart: what could be the beginning of a longer one (ABC 123
 * of ABC 123D) names nothing, though it may be a whole one.
 */

/** Of the United Kingdom and Ireland, and of what belongs to them. */
const ours = [
  // GB: current, prefix and suffix.
  /^[A-Z]{2}\d{2}[A-Z]{3}$/,
  /^[A-Z]\d{1,3}[A-Z]{3}$/,
  /^[A-Z]{3}\d{1,3}[A-Z]$/,
  // Without a date: four digits are no part of the others.
  /^[A-Z]{1,2}\d{4}$/,
  /^\d{4}[A-Z]{1,2}$/,
  // Northern Irish, and Irish ones before 1987: a Z or I among the letters, which is in no GB one of this form.
  /^(?=\D*[IZ])[A-Z]{3}\d{1,4}$/,
  /^(?=\d*[A-Z]*[IZ])\d{1,4}[A-Z]{3}$/,
  // Irish: year, county, number.
  /^\d{2,3}(?:C[ENW]?|D|DL|G|K[EKY]|L|L[DHKMS]|M[HNO]|OY|RN|SO|T|T[NS]|W|W[DHWX])\d{1,6}$/,
  // Diplomatic, consular; military; Jersey, Man, Gibraltar.
  /^\d{3}[DX]\d{3}$/,
  /^\d{2}[A-Z]{2}\d{2}$/,
  /^J\d{5,6}$/,
  /^MAN\d{1,5}$/,
  /^G\d{4,5}[A-Z]?$/,
]
const current = /^[A-Z]{2}\d{2}[A-Z]{3}$/
/** Of the formats of a fixed length, in which a slip shows: `ABI2 CDE` can only be AB12 CDE. */
const slipFormats = ['AA99AAA', 'A999AAA', 'AAA999A']
/** Only those who say that they mean trade plates: by itself it may be a part of others. */
const trade = /^(?:\d{3}[A-Z]{2}|\d{5})$/

/** What people write beside it. */
const around =
  /\b(?:VEHICLE|NUMBER ?PLATES?|LICEN[CS]E ?PLATES?|TRADE(?: ?PLATES?)?|PLATES?|VRM|VRN|INDEX|REG(?:ISTRATION)?(?: (?:NO|NUMBER|MARK))?)\b[ .:#=-]*/g
/** The sign of its country, where the whole is none without it. */
const countrySign =
  /^(?:GB|UK|NI|IRL|A|AL|B|BG|CH|CZ|D|DK|E|EST|F|FIN|GR|H|HR|I|L|LT|LV|MD|N|NL|P|PL|RO|RUS|S|SK|SLO|SRB|TR|UA)[\s-]+(?=\S+.*\d)/
const aside = /\([^()]*\)|\[[^[\]]*\]/g
/** What stands for a sign that nobody remembers. */
const gap = /[*?_.…#]/
const tail = /[\s.,;:!'"´`()]+$/

/** A whole registration without spaces, upper-case: `zz19 aab` and `ZZ19AAB` are one. */
export function registration(text: string): string | undefined {
  const upper = unknownMarked(written(text)).toUpperCase()
  const outside = upper.replace(aside, ' ').trim()
  const bare = (outside === '' ? upper.replace(/[()[\]]/g, ' ') : outside).replace(around, ' ').trim()
  const isTrade = /\bTRADE\b/.test(upper)
  for (const said of new Set([bare, bare.replace(countrySign, '')])) {
    const found = whole(said.replace(tail, ''), upper, isTrade)
    if (found !== undefined) return found
  }
  return onlyOneWithin(bare)
}

/** `AB12 xxx`: small among capitals, these stand for letters that nobody remembers. */
function unknownMarked(text: string): string {
  return /[A-Z]/.test(text) ? text.replace(/(?<![a-z])x{2,3}(?![a-z])/g, '**') : text
}

function whole(said: string, upper: string, isTrade: boolean): string | undefined {
  const plain = said.replace(/[^\p{L}\p{N}]/gu, '')
  // A sign too few shows in this format alone.
  if (gap.test(said)) return /^[^*?…#]*\??$/.test(said) && current.test(plain) ? plain : undefined
  if (ours.some((format) => format.test(plain))) return plain
  const others = foreign(said, plain)
  if (others !== undefined) return others
  if (isForeignByName(upper, plain) || (isTrade && trade.test(plain))) return plain
  return mended(plain)
}

/** Every registration of a text that may hold several: `AB12 CDE or AB12 CDF`. */
export function registrations(text: string): string[] {
  const one = registration(text)
  if (one !== undefined) return [one]
  const parts = text.split(between)
  return parts.length > partsAtMost ? [] : parts.flatMap((part) => registration(part) ?? [])
}

/** With its slips mended, if it can be meant in one way only. */
function mended(plain: string): string | undefined {
  const meant = slipFormats.flatMap((format) => readAs(format, plain)?.text ?? []).filter(hasOwnLetters)
  return meant.length === 1 ? meant[0] : undefined
}

/** GB registrations with a date have no I, but for the prefix and suffix, which have none either. */
function hasOwnLetters(plain: string): boolean {
  return !plain.includes('I')
}

const within =
  /(?<![\p{L}\p{N}])(?:[A-Z]{2}\d{2}[ -]?[A-Z]{3}|[A-Z]{3}[ -]?\d{4})(?![\p{L}\p{N}*?_]|[ -]?[*?_])/gu

/** Among other words ("white AB12 CDE"), if there is one and no more. */
function onlyOneWithin(text: string): string | undefined {
  const found = new Set(
    [...text.matchAll(within)].flatMap(([one]) => {
      const plain = one.replace(/[ -]/g, '')
      return ours.some((format) => format.test(plain)) ? plain : []
    }),
  )
  return found.size === 1 ? [...found][0] : undefined
}
