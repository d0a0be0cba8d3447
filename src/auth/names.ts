import confusables from 'unhomoglyph'

/**
 * When two names are one: nobody becomes two people by writing their own name otherwise. Accents stay, as they do not where
 * texts are searched (domain/text/fold.ts): José and Jose look alike, and are two.
 */

/** A name as it is compared: one form of each character (NFKC), no case, one space for any white space. */
export function foldedName(name: string): string {
  return folded(name.normalize('NFKC').replace(/\s+/gu, ' ').trim())
}

/** Whether two names are the same but for case, width, and white space. */
export function isSameName(one: string, other: string): boolean {
  return foldedName(one) === foldedName(other)
}

/** Whether a reader may take one name for the other, or it is the same. */
export function looksAlike(one: string, other: string): boolean {
  const looks = looksOf(other)
  return looksOf(one).some((look) => looks.includes(look))
}

/**
 * How a name looks: as it is compared, and its skeletons (Unicode TR39). Names that are the same or look alike share one.
 * Letters that look alike as capitals may differ as small ones, so each case has a skeleton of its own.
 */
export function looksOf(name: string): string[] {
  const whole = name.normalize('NFKC').replace(/\s+/gu, ' ').trim()
  const forms = [whole, whole.toLowerCase(), whole.toUpperCase()]
  return [...new Set([folded(whole), ...forms.map((form) => folded(skeleton(form)))])]
}

/** A text with each letter replaced by the one that it looks like (Unicode TR39). */
export function skeleton(text: string): string {
  return confusables(text.normalize('NFD')).normalize('NFD')
}

/** Up and down again: some letters have no capital of their own (ß, ſ, ς). */
function folded(text: string): string {
  return text.toUpperCase().toLowerCase().normalize('NFKC')
}
