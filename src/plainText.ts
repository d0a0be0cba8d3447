/**
 * Text that others wrote, made fit for a terminal, a log, a spreadsheet or a printed page: in one place, for all of them.
 * What acts instead of being shown (escape sequences, C0 and C1 controls, marks that turn the direction of writing,
 * invisible characters) becomes U+FFFD. The joiners stay: scripts and emoji are written with them.
 */

const acting = /(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu
const actingInLines = /(?!\r\n|[\n\t\u200C\u200D])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu
/** A carriage return alone writes over the line that it ends. */
const otherLineEnds = /\r(?!\n)|[\u0085\u2028\u2029]/g

/** One line of it: whatever would begin another is replaced too. */
export function plainLine(text: string): string {
  return text.replace(acting, '\uFFFD')
}

/** The same, of several lines, which end in LF or CRLF. Tabs stay. */
export function plainText(text: string): string {
  return text.replace(otherLineEnds, '\n').replace(actingInLines, '\uFFFD')
}

/** JSON on one line, with the same characters escaped: it reads back as it was. */
export function plainJson(value: unknown): string {
  return JSON.stringify(value).replace(acting, escaped)
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
}
