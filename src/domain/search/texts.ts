import type { Report } from '../../schemas/report.ts'
import { fold } from '../text/fold.ts'

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

/** One text of a report that is looked through. */
export interface SoughtText {
  pointer: string
  text: string
  folded: string
  isShort: boolean
  /** Whether there is a hyphen in it. */
  isHyphened: boolean
}

/** The texts of a report that somebody wrote, each folded once, with where it stands (RFC 6901). */
export function soughtTexts(report: Report): SoughtText[] {
  const found: SoughtText[] = []
  collect(report, '', found)
  return found
}

function collect(value: unknown, pointer: string, into: SoughtText[]): void {
  if (typeof value === 'string') {
    const folded = fold(value)
    const isShort = value.length <= longestName
    into.push({ pointer, text: value, folded, isShort, isHyphened: folded.includes('-') })
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      if (!chosen.has(key)) collect(member, `${pointer}/${key}`, into)
    }
  }
}
