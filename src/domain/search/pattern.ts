/** What people put between the parts of a number or name; in a folded text. */
const between = String.raw`[ ()\[\]\-./_,:+]{0,4}`
const anything = String.raw`[^\p{L}\p{N}]{0,4}`
/** British numbers begin with these, or with none of them. */
const british = /^(?:00)?440?(?=\d{9,10}$)|^0(?=[1-9]\d{8,9}$)/
const fromAbroad = /^00(?=[1-9]\d{8,13}$)/
const fewest = 3

/** A term as it is looked for. */
export interface Pattern {
  /** As it stands, in any text. */
  term: string
  /** With spaces, dashes and brackets between its signs; undefined where that would find too much, or is the same. */
  loose: RegExp | undefined
  /** With or without hyphens between its letters: `lockup` in "lock-up"; undefined where it has no two letters. */
  hyphened: RegExp | undefined
  /** Whether that holds in texts of any length: it has a digit. In others, names of things alone are short. */
  isAnywhere: boolean
}

/**
 * Prepares a folded term. One with a digit names a thing, and is found however it is written, in texts of any length:
 * `ab12cde` in "AB12 CDE", `07700900461` in "+44 (0)7700 900 461".
 */
export function patternOf(term: string): Pattern {
  const signs = term.replace(/[^\p{L}\p{N}]/gu, '')
  const isAnywhere = /\p{N}/u.test(signs) && [...signs].length >= fewest
  const core = isAnywhere ? signs.replace(british, '') : signs
  const prefix =
    core === signs ? '' : String.raw`(?:\+?(?:00)?44${between}(?:\(?0\)?)?${between}|0${between})?`
  const loose = prefix + [...core.replace(fromAbroad, '')].join(isAnywhere ? between : anything)
  return {
    term,
    loose: signs === '' ? undefined : new RegExp(loose, 'gu'),
    hyphened: isAnywhere ? undefined : hyphenedOf(term),
    isAnywhere,
  }
}

/** A hyphen within a word is written or left out, as people like. */
function hyphenedOf(term: string): RegExp | undefined {
  const bare = term.replace(withinWord, '')
  const spelled = bare.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(betweenLetters, '-?')
  return spelled === bare ? undefined : new RegExp(spelled, 'gu')
}

const withinWord = /(?<=\p{L})-(?=\p{L})/gu
const betweenLetters = /(?<=\p{L})(?=\p{L})/gu
