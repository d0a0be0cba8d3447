import { antisocialBehaviour } from './antisocial-behaviour.ts'
import type { Category } from './category.ts'
import { childSexualExploitation } from './child-sexual-exploitation.ts'
import { counterfeitIllicitGoods } from './counterfeit-illicit-goods.ts'
import { countyLines } from './county-lines.ts'
import { cybercrime } from './cybercrime.ts'
import { drugTrafficking } from './drug-trafficking.ts'
import { environmentalCrime } from './environmental-crime.ts'
import { firearmsWeapons } from './firearms-weapons.ts'
import { fraudFinancialCrime } from './fraud-financial-crime.ts'
import { humanTrafficking } from './human-trafficking.ts'
import { illegalVenue } from './illegal-venue.ts'
import { modernSlavery } from './modern-slavery.ts'
import { otherSeriousCrime } from './other-serious-crime.ts'
import { propertyMisuse } from './property-misuse.ts'
import { theftRobbery } from './theft-robbery.ts'

/** The day of the last change to anything that the taxonomy says: change one, change the other. */
export const taxonomyVersion = '2026-11-29'

/** The fifteen categories, in the order of domain.md, section 3; each has a file of its own. */
export const categories = [
  drugTrafficking,
  countyLines,
  humanTrafficking,
  modernSlavery,
  childSexualExploitation,
  theftRobbery,
  fraudFinancialCrime,
  firearmsWeapons,
  counterfeitIllicitGoods,
  cybercrime,
  propertyMisuse,
  illegalVenue,
  environmentalCrime,
  antisocialBehaviour,
  otherSeriousCrime,
] as const satisfies readonly Category[]

export type CategorySlug = (typeof categories)[number]['slug']
export type SubcategorySlug = (typeof categories)[number]['subcategories'][number]['slug']

export type RiskFlag = 'child-at-risk' | 'adult-at-risk' | 'threat-to-life' | 'weapon' | 'dog' | 'hazard'
export type ImmediateDanger = 'yes' | 'no' | 'unsure'

/** All that routing and signposting may know of a report: what was ticked, never what was written. */
export interface ReportFacts {
  readonly category: CategorySlug
  readonly subcategories?: readonly string[] | undefined
  readonly riskFlags?: readonly string[] | undefined
  readonly immediateDanger?: ImmediateDanger | undefined
}

const bySlug: ReadonlyMap<string, Category> = new Map(categories.map((category) => [category.slug, category]))

/** The category with this slug: always there for a `CategorySlug`, `undefined` for another string. */
export function categoryBySlug(slug: CategorySlug): Category
export function categoryBySlug(slug: string): Category | undefined
export function categoryBySlug(slug: string): Category | undefined {
  return bySlug.get(slug)
}

/** Is `subcategory` a sub-type of `category`? `false` too where there is no such category. */
export function isSubcategoryOf(category: string, subcategory: string): boolean {
  return bySlug.get(category)?.subcategories.some(({ slug }) => slug === subcategory) ?? false
}
