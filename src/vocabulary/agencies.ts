/** An organisation that may lead on a report or support another that does. */
export interface Agency {
  readonly slug: string
  readonly name: string
}

/** A provider shares in what it learns, and is sent nothing. */
export const agencyKinds = ['agency', 'provider'] as const
export type AgencyKind = (typeof agencyKinds)[number]

/** The agencies that every deployment has (domain.md, section 1). */
export const agencies = [
  { slug: 'law-enforcement', name: 'Law enforcement' },
  { slug: 'trading-standards', name: 'Trading standards' },
  { slug: 'planning-enforcement', name: 'Planning enforcement' },
  { slug: 'licensing', name: 'Licensing' },
  { slug: 'environmental-protection', name: 'Environmental protection' },
  { slug: 'community-safety', name: 'Community safety' },
  { slug: 'safeguarding', name: 'Safeguarding' },
] as const satisfies readonly Agency[]

/** Agencies that a deployment may add, under slugs and names that the routing rules know. */
export const optionalAgencies = [
  { slug: 'housing', name: 'Housing' },
  { slug: 'fire', name: 'Fire and rescue service' },
  { slug: 'environment-agency', name: 'Environment Agency' },
  { slug: 'professional-standards', name: 'Professional standards' },
  { slug: 'immigration', name: 'Immigration Enforcement' },
  { slug: 'hmrc', name: 'HM Revenue and Customs' },
  { slug: 'rocu', name: 'Regional Organised Crime Unit' },
  { slug: 'nca', name: 'National Crime Agency' },
] as const satisfies readonly Agency[]

export type AgencySlug = (typeof agencies)[number]['slug']
export type OptionalAgencySlug = (typeof optionalAgencies)[number]['slug']
export type KnownAgencySlug = AgencySlug | OptionalAgencySlug

const names: ReadonlyMap<string, string> = new Map(
  [...agencies, ...optionalAgencies].map(({ slug, name }) => [slug, name]),
)

/** The name of a known agency; `undefined` for one that a deployment made up itself. */
export function agencyName(slug: string): string | undefined {
  return names.get(slug)
}
