/**
 * A text as it was meant, whatever was typed: one form of each character (full-width ones are plain), no
 * invisible ones, one kind of dash, one space for any white space. Case and accents stay, since formats ask for them, so it is
 * no folding (domain/text/fold.ts). What follows from it lies in the tables as keyed hashes: it cannot change.
 */
export function written(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{Pd}/gu, '-')
    .replace(/\s+/gu, ' ')
    .trim()
}

/** What people write between two things of a kind. */
export const between = /\s*(?:[,;/&\n]|\bor\b|\band\b)\s*/i
export const partsAtMost = 10

/** Letters and digits that are taken for each other, each where a format asks for the other. */
const digitFor: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' }
const letterFor: Readonly<Record<string, string>> = { 0: 'O', 1: 'I' }

/**
 * Reads a text as a format, a letter (`A`) or digit (`9`) for each of its signs, with the usual slips mended. Undefined
 * where it cannot be that. `slips` is how many were mended.
 */
export function readAs(format: string, plain: string): { text: string; slips: number } | undefined {
  if (plain.length !== format.length) return undefined
  let text = ''
  let slips = 0
  for (const [at, sign] of [...plain].entries()) {
    const isMeant = format[at] === '9' ? /\d/.test(sign) : /[A-Z]/.test(sign)
    const meant = isMeant ? sign : (format[at] === '9' ? digitFor : letterFor)[sign]
    if (meant === undefined) return undefined
    if (!isMeant) slips += 1
    text += meant
  }
  return { text, slips }
}
