import type { Sliced } from '../../../concurrency/slicing.ts'
import { openBooks } from '../phrases/books.ts'
import { findPhrasesInSlices } from '../phrases/find.ts'
import { type CheckedReport, freeTexts } from './fields.ts'
import type { Warning } from './find.ts'
import { whoToldInEnglish } from './phrases.whoTold.en.ts'

/** Who told: what professionals write beside what the public does. A kind of its own, asked of what they share in alone. */
export const whoTold = 'who-told'

/** A warning about what somebody shares in for another. */
export type SharedWarning = Omit<Warning, 'code'> & { readonly code: Warning['code'] | typeof whoTold }

export const whoToldBooks = openBooks(whoToldInEnglish)
const mostWarnings = 20

/** The phrases of a report that say from whom its writer has it, at most 20; with a pause now and then. */
export function* findWhoToldInSlices(report: CheckedReport): Sliced<SharedWarning[]> {
  const found: SharedWarning[] = []
  for (const { pointer, text } of freeTexts(report))
    for (const { start, end } of yield* findPhrasesInSlices(whoToldBooks(), text))
      found.push({ code: whoTold, pointer, start, end })
  return found.slice(0, mostWarnings)
}

/** Both, in their order; what says who told is not called nearness as well. */
export function joined(warnings: readonly Warning[], told: readonly SharedWarning[]): SharedWarning[] {
  const isWithin = (one: Warning) =>
    told.some(({ pointer, start, end }) => pointer === one.pointer && one.start < end && start < one.end)
  return [...warnings.filter((one) => one.code !== 'proximity' || !isWithin(one)), ...told]
}
