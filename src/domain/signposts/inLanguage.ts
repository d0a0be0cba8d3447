import type { Language } from '../../vocabulary/languages.ts'
import { defaultSignposts } from './defaults.ts'
import type { Signpost } from './signpost.ts'
import { type SignpostWords, signpostsCy } from './words.cy.ts'

/** These signposts in a language. What an operator wrote stands as it was written, in whatever language. */
export function signpostsInLanguage(signposts: readonly Signpost[], language: Language): Signpost[] {
  return language === 'en' ? [...signposts] : signposts.map(inWelsh)
}

function inWelsh(signpost: Signpost): Signpost {
  const released = defaultSignposts.find(({ code }) => code === signpost.code)
  if (released === undefined) return signpost
  const welsh = signpostsCy[released.code]
  const word = (field: keyof SignpostWords) =>
    signpost[field] === released[field] ? welsh[field] : signpost[field]
  return { ...signpost, label: word('label'), availability: word('availability'), reason: word('reason') }
}

/** What is said of the next reading unless the operator says otherwise (`NEXT_READ`). */
export const usualNextRead = 'the next working day'

/** What this service is not, and when it is read next (`nextRead` is the operator's wording). */
export function notice(nextRead: string, language: Language = 'en'): string {
  if (language === 'en') {
    return `This service is not watched at all times; next read: ${nextRead}. It does not report a crime as a victim and gives no crime number.`
  }
  const next = nextRead === usualNextRead ? 'y diwrnod gwaith nesaf' : nextRead
  return `Nid yw’r gwasanaeth hwn yn cael ei wylio bob amser; caiff ei ddarllen nesaf: ${next}. Nid yw’n cofnodi trosedd ar ran dioddefwr ac nid yw’n rhoi rhif trosedd.`
}
