import { fold } from './fold.ts'

/**
 * What is searched for: every word, in any order and any field; what stands in double quotes, as it stands there.
 * Each is also found within longer words. Empty if nothing is left to look for.
 */
export function termsOf(q: string): string[] {
  const terms = [...fold(q).matchAll(/"([^"]*)"|([^\s"]+)/g)].map(([, phrase, word]) =>
    (phrase ?? word ?? '').trim(),
  )
  // What another term holds is found with it.
  const wanted = [...new Set(terms)].filter((term) => term !== '')
  return wanted.filter((term) => !wanted.some((other) => other !== term && other.includes(term)))
}
