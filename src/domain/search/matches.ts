import type { Report } from '../../schemas/report.ts'
import { fold, squeeze } from '../text/fold.ts'

/** What a reporter chose from a list is for the filters: a search for "home" must not find every home. */
const chosen: ReadonlySet<string> = new Set([
  'category',
  'subcategories',
  'language',
  'immediateDanger',
  'riskFlags',
  'knowledge',
  'mode',
  'precision',
  'role',
  'kind',
  'ref',
  'linkedTo',
])
/** Longer texts are no names of things. */
const longestName = 64

/** Tells of lists of terms whether every one of them stands somewhere in the texts of this report. */
export function matcherOf(report: Report): (terms: readonly string[]) => boolean {
  const texts = textsOf(report)
  return (terms) =>
    terms.every((term) => {
      const squeezed = squeeze(term)
      return texts.some(
        ({ folded, name }) =>
          folded.includes(term) || (squeezed !== '' && name !== undefined && name.includes(squeezed)),
      )
    })
}

interface Text {
  folded: string
  /** A short text once more, without what people put between letters and digits. */
  name: string | undefined
}

function textsOf(value: unknown): Text[] {
  if (typeof value === 'string') return [textOf(value)]
  if (Array.isArray(value)) return value.flatMap(textsOf)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) => (chosen.has(key) ? [] : textsOf(member)))
}

function textOf(text: string): Text {
  const folded = fold(text)
  return { folded, name: text.length <= longestName ? squeeze(folded) : undefined }
}
