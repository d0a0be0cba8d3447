import { fold } from './fold.ts'

const parts = /"([^"]*)"|([+(]*\d[\d() .-]{6,30}\d)(?=[\s"]|$)|([^\s"]+)/g
/** Written as one is: whole, or with what one begins with. */
const number = /^(?:\+|00|0)\d{8,14}$/

/**
 * What is searched for: every word, in any order and any field; what stands in double quotes, as it stands there; a
 * telephone number in groups, as one. Each is also found within longer words. Empty if nothing is left to look for.
 */
export function termsOf(q: string): string[] {
  const terms = [...fold(q).matchAll(parts)].flatMap(([, phrase, digits, word = '']) => {
    if (phrase !== undefined) return phrase.trim()
    return digits === undefined ? word : numberOrWords(digits)
  })
  // What another term holds is found with it.
  const wanted = [...new Set(terms)].filter((term) => term !== '')
  return wanted.filter((term) => !wanted.some((other) => other !== term && other.includes(term)))
}

function numberOrWords(text: string): string[] {
  const whole = text.replace(/[^+\d]/g, '')
  return number.test(whole) ? [whole] : text.split(' ')
}
