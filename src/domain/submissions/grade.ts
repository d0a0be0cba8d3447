import type { SourceBasis } from '../../vocabulary/origins.ts'
import type { SealedContent } from '../envelope/sealedReport.ts'

const proposed = {
  'own-observation': ['1A-C', 'saw it themselves: known directly'],
  'told-by-a-person': ['1C-C', 'was told it: known indirectly, and nothing corroborates it yet'],
  record: ['1B-C', 'has it from a record: known indirectly, and the record corroborates it'],
} as const satisfies Record<SourceBasis, readonly [string, string]>

/** The 3x5x2 grade that a known professional's word begins with: they are not untested. A person sets it. */
export function proposeGrade(basis: SourceBasis): SealedContent['proposals'][number] {
  const [value, why] = proposed[basis]
  return {
    field: 'grade',
    value,
    reason: `A known professional is a reliable source (1), who ${why}. Conditions (C) for anyone outside law enforcement.`,
  }
}
