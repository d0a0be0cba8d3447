import { readFileSync } from 'node:fs'
import { sources } from '../assets/sources.ts'
import { knownLanguages, type Texts, textsOf } from '../texts/texts.ts'

/**
 * Words of the partners' pages: those of the public's form, with their own in their places and beside them: a file a language,
 * `texts/<language>.json`. To add a language, add its file.
 */
export const partnerTextsFolder = `${sources}partner/texts/`

/** The languages of these pages, of those that the site offers; English where there is none of them. */
export function partnerLanguages(offered: readonly string[]): string[] {
  const known = knownLanguages(partnerTextsFolder)
  const both = offered.filter((one) => known.includes(one))
  return both.length > 0 ? both : ['en']
}

export function partnerTexts(language: string): Texts {
  const own: Texts = JSON.parse(readFileSync(`${partnerTextsFolder}${language}.json`, 'utf8'))
  return laidOver(textsOf(language), own)
}

function laidOver(below: Texts, above: Texts): Texts {
  const both: Record<string, Texts[string]> = { ...below }
  for (const [name, words] of Object.entries(above)) {
    const under = below[name]
    both[name] = isTexts(words) && isTexts(under) ? laidOver(under, words) : words
  }
  return both
}

function isTexts(words: Texts[string] | undefined): words is Texts {
  return typeof words === 'object' && !Array.isArray(words)
}
