/**
 * Text that others wrote, made fit for a terminal, a log, a spreadsheet or a printed page: in one place, for all of them.
 * What acts instead of being shown (escape sequences, C0 and C1 controls, marks that turn the direction of writing,
 * invisible characters) becomes U+FFFD. The joiners stay: scripts and emoji are written with them. So do the flags of England,
 * Scotland and Wales, the only ones in use that are spelled in invisible characters; any other text spelled so is hidden text.
 */

const flags =
  /(?<=\u{1F3F4})\u{E0067}\u{E0062}(?:\u{E0065}\u{E006E}\u{E0067}|\u{E0073}\u{E0063}\u{E0074}|\u{E0077}\u{E006C}\u{E0073})\u{E007F}/gu
const acting = /(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu
const actingInLines = /(?!\r\n|[\n\t\u200C\u200D])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu
const actingInBlocks = /(?!\r\n|[\n\t\u00AD\u061C\u200B-\u200F])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu
/** A carriage return alone writes over the line that it ends. */
const otherLineEnds = /\r(?!\n)|[\u0085\u2028\u2029]/g

/** One line of it: whatever would begin another is replaced too. */
export function plainLine(text: string): string {
  return besideFlags(text, (part) => part.replace(acting, '\uFFFD'))
}

/** The same, of several lines, which end in LF or CRLF. Tabs stay. */
export function plainText(text: string): string {
  const lines = text.replace(otherLineEnds, '\n')
  return besideFlags(lines, (part) => part.replace(actingInLines, '\uFFFD'))
}

/**
 * The same, of a text that stands by itself on a page: the signs stay that say where a word may be broken, and which way what
 * is beside them is written. Who writes Arabic, Hebrew or Khmer needs them, and they turn no letter round.
 */
export function plainBlock(text: string): string {
  const lines = text.replace(otherLineEnds, '\n')
  return besideFlags(lines, (part) => part.replace(actingInBlocks, '\uFFFD'))
}

/** Leaves flags as they are. What a text without one is made into, all else is too. */
function besideFlags(text: string, change: (part: string) => string): string {
  const spelled = text.match(flags)
  if (spelled === null) return change(text)
  return text
    .split(flags)
    .map((part, at) => change(part) + (spelled[at] ?? ''))
    .join('')
}

/** JSON on one line, with the same characters escaped: it reads back as it was. */
export function plainJson(value: unknown): string {
  return JSON.stringify(value).replace(acting, escaped)
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
}
