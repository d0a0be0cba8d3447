import {
  type CategorySlug,
  categoryBySlug,
  type ReportFacts,
  type SubcategorySlug,
} from '../../vocabulary/categories/categories.ts'
import { defaultSignposts, type SignpostCode } from './defaults.ts'
import { parseOverrides } from './overrides.ts'
import type { Signpost } from './signpost.ts'

export type { Signpost } from './signpost.ts'

/** Every signpost, in the order of showing; frozen. */
export type SignpostTable = readonly Signpost[]

/** When a signpost is shown: any one of these is enough. */
interface When {
  readonly always?: true
  readonly categories?: readonly CategorySlug[]
  readonly subcategories?: readonly SubcategorySlug[]
  /** Ticked by the reporter, so any category may come to show it. */
  readonly riskFlags?: readonly string[]
  readonly immediateDanger?: readonly string[]
  /** For front ends that read the categories, such as one for young people. */
  readonly inCategoryData?: true
}

const aboutChildren: When = {
  categories: ['child-sexual-exploitation', 'county-lines'],
  riskFlags: ['child-at-risk'],
}

/** The "when" column of domain.md, section 2. */
const shownWhen: { readonly [Code in SignpostCode]: When } = {
  emergency: { immediateDanger: ['yes', 'unsure'], riskFlags: ['threat-to-life', 'weapon'] },
  police: { always: true },
  crimestoppers: { always: true },
  childline: aboutChildren,
  nspcc: aboutChildren,
  'children-social-care': { riskFlags: ['child-at-risk'] },
  'adult-social-care': { riskFlags: ['adult-at-risk'] },
  'modern-slavery': { categories: ['modern-slavery', 'human-trafficking'] },
  'report-fraud': { categories: ['fraud-financial-crime', 'cybercrime'] },
  fearless: { categories: ['child-sexual-exploitation', 'county-lines'], inCategoryData: true },
  hmrc: { subcategories: ['tax-evasion', 'illicit-tobacco', 'alcohol'] },
  'anti-terrorist': { subcategories: ['terrorism'] },
  'police-corruption': { subcategories: ['corruption'] },
  'stop-loan-sharks': { subcategories: ['illegal-lending'] },
  iwf: { categories: ['child-sexual-exploitation'], subcategories: ['indecent-images'] },
  nca: { always: true },
}

/**
 * The table of signposts with an operator's corrections, a JSON text by code:
 * `{"children-social-care": {"phone": "01632 960123", "availability": "…", "checkedOn": "2026-11-01"}}`.
 * A signpost without phone and url is never shown, so both as null withdraw one. Throws an `Error` of one
 * line that names the broken rule and never quotes the value.
 */
export function loadSignposts(overridesJson?: string): SignpostTable {
  const codes = new Set<string>(defaultSignposts.map(({ code }) => code))
  const overrides = overridesJson === undefined ? undefined : parseOverrides(overridesJson, codes)
  const table = defaultSignposts.map(
    (signpost): Signpost => Object.freeze({ ...signpost, ...overrides?.get(signpost.code) }),
  )
  const emergency = table.find(({ code }) => code === 'emergency')
  if (!emergency?.phone || !emergency.urgent) {
    throw new Error('signposts: emergency must keep a phone number and stay urgent')
  }
  return Object.freeze(table)
}

function select(table: SignpostTable, isShown: (when: When) => boolean): Signpost[] {
  const shown = table.filter(
    ({ code, phone, url }) => (phone !== null || url !== null) && isShown(shownWhen[code as SignpostCode]),
  )
  return [...shown.filter(({ urgent }) => urgent), ...shown.filter(({ urgent }) => !urgent)]
}

const meet = (some: readonly string[] = none, others: readonly string[] = none) =>
  some !== none && others !== none && some.some((one) => others.includes(one))
const has = (some: readonly string[] = none, one: string | undefined) =>
  one !== undefined && some.includes(one)
const none: readonly string[] = []

/** What to show to someone who sends this report, urgent ones first. */
export function signpostsFor(table: SignpostTable, report: ReportFacts): Signpost[] {
  return select(
    table,
    (when) =>
      when.always === true ||
      has(when.categories, report.category) ||
      meet(when.subcategories, report.subcategories) ||
      meet(when.riskFlags, report.riskFlags) ||
      has(when.immediateDanger, report.immediateDanger),
  )
}

/** What a report of this category always or possibly shows, urgent ones first. */
export function signpostsForCategory(table: SignpostTable, slug: CategorySlug): Signpost[] {
  const subcategories = categoryBySlug(slug).subcategories.map((subcategory) => subcategory.slug)
  return select(
    table,
    (when) =>
      when.always === true ||
      when.inCategoryData === true ||
      when.riskFlags !== undefined ||
      has(when.categories, slug) ||
      meet(when.subcategories, subcategories),
  )
}
