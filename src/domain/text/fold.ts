import { standIn } from './lookAlikes.ts'

/** Marks that belong to no script or to one that is also written without them: accents, points, Arabic vowel signs. */
const marks =
  /[\p{Script=Inherited}\p{Cf}\u0483-\u0487\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7\u0610-\u061A\u0640\u0656-\u065F\u06D6-\u06DC\u06DF-\u06E4\u06E7\u06E8\u06EA-\u06ED\u08CA-\u08FF]/gu
const isBeyondAscii = /[^\0-\x7F]/
const beyondAscii = /[^\0-\x7F]+/g
const doubleSpaces = /\s{2,}|[^\S ]/gu

/**
 * A text as it is compared, wherever texts are: without regard to case (full case folding), accents, compatibility
 * forms, invisible characters, kinds of apostrophe, dash and digit, letters of Arabic script that are written for each
 * other, or the width of spaces. Vowel signs that a script cannot do without stay.
 */
export function fold(text: string): string {
  return foldAscii(isBeyondAscii.test(text) ? text.replace(beyondAscii, foldedRun) : text)
}

/** The same of a text that is known to be ASCII. */
export function foldAscii(text: string): string {
  return text.toLowerCase().replace(doubleSpaces, ' ')
}

function foldedRun(run: string): string {
  let folded = ''
  for (let at = 0; at < run.length; ) {
    const code = run.codePointAt(at) ?? 0
    folded += foldedSign(code)
    at += code > 0xffff ? 2 : 1
  }
  return folded
}

/** A name of a thing without what people put in between: `AB12 CDE`, `ab12-cde` and `AB12CDE` are one. */
export function squeeze(folded: string): string {
  return folded.replace(/[^\p{L}\p{N}]/gu, '')
}

/** Signs that were met, as they are compared: taking each apart anew took most of a search's time. */
const known: (string | undefined)[] = new Array(0x10000)
const farOnes = new Map<number, string>()
const farOnesAtMost = 10_000

function foldedSign(code: number): string {
  const met = code <= 0xffff ? known[code] : farOnes.get(code)
  if (met !== undefined) return met
  const folded = takenApart(code)
  if (code <= 0xffff) known[code] = folded
  else if (farOnes.size < farOnesAtMost) farOnes.set(code, folded)
  return folded
}

function takenApart(code: number): string {
  const sign = String.fromCodePoint(code)
  // An accent that stands alone is somebody's apostrophe; taken apart, it would be a space.
  if (sign === '´') return "'"
  // There and back is the case folding that JavaScript has: ß is ss.
  const folded = sign.normalize('NFKD').replace(marks, '').toUpperCase().toLowerCase()
  return [...folded.replace(marks, '')].map(standIn).join('')
}

/** A folded text, and for each of its UTF-16 units where that which it stands for begins and ends in the text. */
export interface FoldedPlaces {
  folded: string
  starts: readonly number[]
  ends: readonly number[]
}

/** The same folding with the way back; slower. */
export function foldWithPlaces(text: string): FoldedPlaces {
  let folded = ''
  const starts: number[] = []
  const ends: number[] = []
  for (let at = 0; at < text.length; ) {
    const code = text.codePointAt(at) ?? 0
    const end = at + (code > 0xffff ? 2 : 1)
    const signs = foldedSign(code).replace(doubleSpaces, ' ')
    // A mark belongs to the letter before it, a space to the space.
    const isOneWithLast = signs === '' || (signs === ' ' && folded.endsWith(' '))
    if (isOneWithLast && ends.length > 0) ends[ends.length - 1] = end
    if (!isOneWithLast) {
      folded += signs
      for (let unit = 0; unit < signs.length; unit += 1) {
        starts.push(at)
        ends.push(end)
      }
    }
    at = end
  }
  return { folded, starts, ends }
}
