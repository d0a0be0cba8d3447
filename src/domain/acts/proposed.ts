import type { ReportRow } from '../../storage/reports.ts'
import { optionalAgencies } from '../../vocabulary/agencies.ts'
import {
  type CategorySlug,
  categoryBySlug,
  type ReportFacts,
} from '../../vocabulary/categories/categories.ts'
import { rankOf } from '../../vocabulary/priority.ts'
import { proposeRouting } from '../routing/routing.ts'

/** What intake wrote in the clear of a report: a proposal, which whoever has taken over its host may have made up. */
export type Proposed = Pick<
  ReportRow,
  'category' | 'priority' | 'leadAgency' | 'supportAgencies' | 'restricted'
>

/** For what was proposed before one of these was added or retired. */
const noAgencies: ReadonlySet<string> = new Set()
const everyAgency: ReadonlySet<string> = new Set(optionalAgencies.map(({ slug }) => slug))

/**
 * What holds of a report in the clear once its content is known: the stricter where the two differ. The higher priority;
 * restricted if either says so; category and agencies as the content says. Undefined if nothing differs.
 */
export function settle(
  clear: Proposed,
  facts: ReportFacts,
  configured: ReadonlySet<string>,
): Proposed | undefined {
  const routing = proposeRouting(facts, configured)
  const earlier = [noAgencies, everyAgency].map((agencies) => proposeRouting(facts, agencies))
  const asProposed = [routing, ...earlier].find((one) => isSameRouting(clear, one))
  const { category, priority, leadAgency, supportAgencies, restricted } = asProposed ?? routing
  const settled: Proposed = {
    category,
    priority: Math.max(clear.priority, rankOf(priority)),
    leadAgency,
    supportAgencies: [...supportAgencies],
    restricted: clear.restricted || restricted,
  }
  const isAsSaid =
    asProposed !== undefined &&
    clear.category === category &&
    clear.priority === rankOf(priority) &&
    clear.restricted === restricted
  return isAsSaid ? undefined : settled
}

/** Whether images are taken for what the content is about. */
export function takesImages({ category }: ReportFacts): boolean {
  return categoryBySlug(category).attachments
}

/** A category as lists can show it, whatever intake says. */
export function knownCategory(slug: string): CategorySlug {
  return categoryBySlug(slug) === undefined ? 'other-serious-crime' : (slug as CategorySlug)
}

function isSameRouting(
  { leadAgency, supportAgencies }: Proposed,
  routing: { leadAgency: string; supportAgencies: readonly string[] },
): boolean {
  return (
    leadAgency === routing.leadAgency &&
    JSON.stringify([...supportAgencies].sort()) === JSON.stringify([...routing.supportAgencies].sort())
  )
}
