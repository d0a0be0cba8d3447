import { agencyName, type KnownAgencySlug } from '../../vocabulary/agencies.ts'
import {
  type CategorySlug,
  categoryBySlug,
  type ReportFacts,
  type SubcategorySlug,
} from '../../vocabulary/categories/categories.ts'
import type { Priority } from '../../vocabulary/categories/category.ts'

/** One suggestion to staff, and the rules that led to it. A person decides. */
export type Proposal =
  | { readonly field: 'priority'; readonly value: Priority; readonly reason: string }
  | { readonly field: 'leadAgency'; readonly value: KnownAgencySlug; readonly reason: string }
  | { readonly field: 'supportAgencies'; readonly value: readonly KnownAgencySlug[]; readonly reason: string }
  | { readonly field: 'restricted'; readonly value: true; readonly reason: string }

export interface Routing {
  readonly category: CategorySlug
  readonly priority: Priority
  readonly leadAgency: KnownAgencySlug
  readonly supportAgencies: readonly KnownAgencySlug[]
  readonly restricted: boolean
  readonly proposals: readonly Proposal[]
}

interface Rule {
  readonly because: string
  readonly when: (facts: ReportFacts) => boolean
  readonly raiseToHigh?: true
  /** Leads instead; the former lead supports. */
  readonly lead?: 'law-enforcement'
  /** Leads instead where the deployment has it, but only supports where the police lead already. */
  readonly leadWhereConfigured?: KnownAgencySlug
  readonly support?: 'safeguarding'
  readonly restricted?: true
}

const subtype = (slug: SubcategorySlug) => (facts: ReportFacts) =>
  facts.subcategories?.includes(slug) ?? false
const flagged = (flag: string) => (facts: ReportFacts) => facts.riskFlags?.includes(flag) ?? false

/** What changes the table of categories, in the order in which domain.md, section 3, applies it. */
const rules: readonly Rule[] = [
  { when: subtype('terrorism'), because: 'Terrorism', lead: 'law-enforcement', raiseToHigh: true },
  {
    when: subtype('suspected-brothel'),
    because: 'Suspected brothel',
    lead: 'law-enforcement',
    support: 'safeguarding',
    raiseToHigh: true,
  },
  { when: subtype('unlawful-hmo'), because: 'Unlawful shared house', leadWhereConfigured: 'housing' },
  {
    when: subtype('illegal-waste-site'),
    because: 'Illegal waste site',
    leadWhereConfigured: 'environment-agency',
  },
  { when: subtype('hazardous-waste'), because: 'Hazardous waste', leadWhereConfigured: 'environment-agency' },
  {
    when: subtype('organised-fly-tipping'),
    because: 'Organised fly-tipping',
    leadWhereConfigured: 'environment-agency',
  },
  { when: subtype('corruption'), because: 'Corruption', restricted: true },
  { when: flagged('child-at-risk'), because: 'Child at risk', support: 'safeguarding', raiseToHigh: true },
  { when: flagged('threat-to-life'), because: 'Threat to life', lead: 'law-enforcement', raiseToHigh: true },
  { when: flagged('weapon'), because: 'Weapon', lead: 'law-enforcement', raiseToHigh: true },
  {
    when: ({ immediateDanger }) => immediateDanger === 'yes',
    because: 'Immediate danger',
    lead: 'law-enforcement',
    raiseToHigh: true,
  },
  { when: flagged('adult-at-risk'), because: 'Adult at risk', support: 'safeguarding' },
]

/** Whether what is proposed depends on which agencies the deployment has. */
export function dependsOnAgencies(facts: ReportFacts): boolean {
  return rules.some(({ leadWhereConfigured, when }) => leadWhereConfigured !== undefined && when(facts))
}

interface Draft {
  priority: Priority
  lead: KnownAgencySlug
  readonly support: KnownAgencySlug[]
  restricted: boolean
  readonly why: Record<Proposal['field'], string[]>
}

const named = (slugs: readonly KnownAgencySlug[]) => slugs.map((slug) => agencyName(slug)).join(', ')

/** The row of the table, before any rule. */
function usualRouting(slug: CategorySlug): Draft {
  const usual = usualRows.get(slug) ?? rowOf(slug)
  usualRows.set(slug, usual)
  const { why } = usual
  return {
    ...usual,
    support: [...usual.support],
    why: {
      priority: [...why.priority],
      leadAgency: [...why.leadAgency],
      supportAgencies: [...why.supportAgencies],
      restricted: [],
    },
  }
}

/** Worked out once each. */
const usualRows = new Map<CategorySlug, Draft>()

function rowOf(slug: CategorySlug): Draft {
  const { name, leadAgency, supportAgencies, safeguarding, defaultPriority } = categoryBySlug(slug)
  const always: KnownAgencySlug[] = safeguarding === 'always' ? ['safeguarding'] : []
  const support = [...new Set([...supportAgencies, ...always])].filter((agency) => agency !== leadAgency)
  const usual = `Usual for the category ${name}`
  return {
    priority: defaultPriority,
    lead: leadAgency,
    support,
    restricted: false,
    why: {
      priority: [`${usual}: ${defaultPriority}.`],
      leadAgency: [`${usual}: ${named([leadAgency])}.`],
      supportAgencies: [`${usual}: ${named(support)}.`],
      restricted: [],
    },
  }
}

function addSupport(draft: Draft, agency: KnownAgencySlug, because: string): void {
  if (agency === draft.lead || draft.support.includes(agency)) return
  draft.support.push(agency)
  draft.why.supportAgencies.push(`${because}: adds ${named([agency])}.`)
}

function moveLead(draft: Draft, agency: KnownAgencySlug, because: string): void {
  draft.why.leadAgency.push(`${because}: ${named([agency])}.`)
  if (agency === draft.lead) return
  const former = draft.lead
  draft.lead = agency
  const place = draft.support.indexOf(agency)
  if (place >= 0) draft.support.splice(place, 1)
  addSupport(draft, former, `${because}, ${named([agency])} leads`)
}

function apply(rule: Rule, draft: Draft, configured: ReadonlySet<string>): void {
  const { because, lead, leadWhereConfigured: other, support } = rule
  if (lead) moveLead(draft, lead, because)
  if (other && configured.has(other)) {
    if (draft.lead === 'law-enforcement') addSupport(draft, other, because)
    else moveLead(draft, other, because)
  }
  if (support) addSupport(draft, support, because)
  if (rule.raiseToHigh) {
    draft.priority = 'high'
    draft.why.priority.push(`${because}: high.`)
  }
  if (rule.restricted) {
    draft.restricted = true
    draft.why.restricted.push(`${because}: only people named on the report may see it.`)
  }
}

/**
 * Proposes who should have a report, how urgent it is and whether it is restricted, from what the reporter
 * ticked. `configuredAgencies` says which optional agencies the deployment has. Equal facts give an equal
 * proposal; the lead never also supports; no agency is named twice; no reason quotes the report.
 */
export function proposeRouting(facts: ReportFacts, configuredAgencies: ReadonlySet<string>): Routing {
  const draft = usualRouting(facts.category)
  for (const rule of rules) {
    if (rule.when(facts)) apply(rule, draft, configuredAgencies)
  }
  const { priority, lead: leadAgency, support: supportAgencies, restricted, why } = draft
  const proposals: Proposal[] = [
    { field: 'priority', value: priority, reason: why.priority.join(' ') },
    { field: 'leadAgency', value: leadAgency, reason: why.leadAgency.join(' ') },
    { field: 'supportAgencies', value: supportAgencies, reason: why.supportAgencies.join(' ') },
  ]
  if (restricted) proposals.push({ field: 'restricted', value: true, reason: why.restricted.join(' ') })
  return { category: facts.category, priority, leadAgency, supportAgencies, restricted, proposals }
}
