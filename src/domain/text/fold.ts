/** Letters that look like others to whoever types a search, and that Unicode does not take apart. */
const lookAlikes: Readonly<Record<string, string>> = {
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ð: 'd',
  đ: 'd',
  þ: 'th',
  ħ: 'h',
  ł: 'l',
  ŧ: 't',
  ς: 'σ',
  '‘': "'",
  '’': "'",
  ʼ: "'",
  '`': "'",
  '“': '"',
  '”': '"',
  '‐': '-',
  '‑': '-',
  '–': '-',
  '—': '-',
}
const lookAlike = new RegExp(`[${Object.keys(lookAlikes).join('')}]`, 'gu')

/** Accents and points: marks that belong to no script or to one that is also written without them. */
const marks = /[\p{Script=Inherited}\p{Cf}\u0483-\u0487\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7]/gu
const plain = /^[\s!-~]*$/
const spaces = /\s+/gu

/**
 * A text as it is compared in a search: without regard to case (full case folding), accents, compatibility forms,
 * invisible characters, kinds of apostrophe and dash, or the width of spaces. Vowel signs that a script cannot do
 * without stay.
 */
export function fold(text: string): string {
  if (plain.test(text)) return text.toLowerCase().replace(spaces, ' ')
  return (
    text
      // Marks go first as well: sorting a long run of them is not linear.
      .replace(marks, '')
      .normalize('NFKD')
      .replace(marks, '')
      // There and back is the case folding that JavaScript has: ß is ss, and ı is i.
      .toUpperCase()
      .toLowerCase()
      .replace(lookAlike, (letter) => lookAlikes[letter] ?? letter)
      .replace(spaces, ' ')
  )
}

/** A name of a thing without what people put in between: `AB12 CDE`, `ab12-cde` and `AB12CDE` are one. */
export function squeeze(folded: string): string {
  return folded.replace(/[^\p{L}\p{N}]/gu, '')
}
