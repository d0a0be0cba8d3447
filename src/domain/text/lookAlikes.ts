/** Signs that are typed for each other, and that Unicode does not take apart: the sign that stands for all of them. */
const signs: Readonly<Record<string, string>> = {
  // Latin and Greek.
  ae: 'æ',
  oe: 'œ',
  o: 'ø',
  d: 'ðđ',
  th: 'þ',
  h: 'ħ',
  l: 'ł',
  t: 'ŧ',
  i: 'ı',
  σ: 'ς',
  // Apostrophes, quotation marks, dashes.
  "'": '‘’‚‛ʼʻ′',
  '"': '“”„«»″',
  '-': '‐‑‒–—―−',
  // Arabic, Persian and Urdu: alef, yeh, kaf, heh with teh marbuta, noon.
  ا: 'ٱٲٳ',
  ي: 'ىیېےۍ',
  ك: 'کڪ',
  ه: 'ہھەةۃ',
  ن: 'ں',
}

/** Where the ten digits of a script begin: Arabic, Persian and Urdu, N'Ko, India's, Thai, Lao, Tibetan, Myanmar's, Khmer, Mongolian. */
const zeros = [
  0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0e50,
  0x0ed0, 0x0f20, 0x1040, 0x17e0, 0x1810,
]

const letters: ReadonlyMap<string, string> = new Map([
  ...Object.entries(signs).flatMap(([one, others]) => [...others].map((other) => [other, one] as const)),
  ...zeros.flatMap((zero) =>
    Array.from({ length: 10 }, (_, digit) => [String.fromCodePoint(zero + digit), String(digit)] as const),
  ),
])

/** The sign that is compared in place of this one. */
export function standIn(sign: string): string {
  return letters.get(sign) ?? sign
}
