import { fold } from '../fold.ts'

/** What a UTF-16 unit means to the walk over a text. */
export const sign = {
  /** Parts words. */
  gap: 0,
  /** A letter or digit that is compared as one sign of `comparedAs`. */
  letter: 1,
  /** Joins a word, if a letter follows. */
  apostrophe: 2,
  stop: 3,
  lineEnd: 4,
  at: 5,
  /** May begin a telephone number. */
  opening: 6,
  /** Only the patterns of tokens.ts can tell. */
  rare: 7,
} as const

/** Everything from here on is rare. Below lie Latin letters with accents, and the usual quotation marks and dashes. */
const tableEnd = 0x2060

const kindOf = new Uint8Array(tableEnd).fill(sign.gap)
/** How a letter is compared: lower case, without its accent. */
export const comparedAs = new Uint8Array(tableEnd)
/** 1 for upper case, 2 for lower case. */
export const caseOf = new Uint8Array(tableEnd)

const letter = /[\p{L}\p{N}]/u
/** Joins a word, or might: a mark, an invisible character, an apostrophe that is none to the eye. */
const joins = /[\p{L}\p{N}\p{M}\p{Cf}'’‘ʼ′´`]/u
const plainSign = /^[a-z0-9]$/

for (let code = 0; code < tableEnd; code += 1) {
  const written = String.fromCharCode(code)
  const compared = letter.test(written) ? fold(written) : ''
  if (plainSign.test(compared)) {
    kindOf[code] = sign.letter
    comparedAs[code] = compared.charCodeAt(0)
    caseOf[code] = Number(/\p{Lu}/u.test(written)) + 2 * Number(/\p{Ll}/u.test(written))
  } else if (joins.test(written)) kindOf[code] = sign.rare
}
const others = [
  ["'’‘", sign.apostrophe],
  ['.!?;', sign.stop],
  ['\n', sign.lineEnd],
  ['@', sign.at],
  ['+(', sign.opening],
] as const
for (const [written, kind] of others) {
  for (const one of written) kindOf[one.charCodeAt(0)] = kind
}

export function signOf(code: number): number {
  return code < tableEnd ? (kindOf[code] ?? sign.rare) : sign.rare
}
