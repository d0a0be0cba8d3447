import type { AgencySlug } from '../agencies.ts'

export type Priority = 'high' | 'medium' | 'low'

export interface Subcategory {
  readonly slug: string
  readonly name: string
  readonly description: string
}

/**
 * One row of the table in domain.md, section 3, with the words that the public reads.
 *
 * Whoever edits the words: signs describe what people do, never nationality, ethnicity or appearance;
 * nothing blames a victim (a child is exploited, never "involved"); nothing asks a reader to investigate.
 */
export interface Category {
  readonly slug: string
  readonly name: string
  /** Two or three sentences. */
  readonly description: string
  /** Signs to look for: at least four. */
  readonly signs: readonly [string, string, string, string, ...string[]]
  readonly subcategories: readonly Subcategory[]
  readonly leadAgency: AgencySlug
  readonly supportAgencies: readonly AgencySlug[]
  /** Whether safeguarding always supports, or only when a child or an adult at risk is flagged. */
  readonly safeguarding: 'always' | 'at-risk'
  readonly defaultPriority: Priority
  /** Whether images may be sent with a report. */
  readonly attachments: boolean
}
