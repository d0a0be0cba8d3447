import { proposeRouting } from '../../src/domain/routing/routing.ts'
import { optionalAgencies } from '../../src/vocabulary/agencies.ts'
import { categories, type ReportFacts } from '../../src/vocabulary/categories/categories.ts'
import { t } from '../support/suite.ts'

const none: ReadonlySet<string> = new Set()
const all: ReadonlySet<string> = new Set(optionalAgencies.map(({ slug }) => slug))

const routeOf = (facts: ReportFacts, configured = none) => {
  const { priority, leadAgency, supportAgencies, restricted } = proposeRouting(facts, configured)
  return [priority, leadAgency, supportAgencies.join(' '), restricted]
}

t.test('a report without flags goes where the table says', async (t) => {
  for (const { slug, leadAgency, supportAgencies, defaultPriority } of categories) {
    const routing = proposeRouting({ category: slug }, all)
    t.equal(routing.category, slug)
    t.same(routeOf({ category: slug }, all), [defaultPriority, leadAgency, supportAgencies.join(' '), false])
    t.same(
      routing.proposals.map(({ field, value }) => [field, value]),
      [
        ['priority', defaultPriority],
        ['leadAgency', leadAgency],
        ['supportAgencies', supportAgencies],
      ],
    )
    for (const { reason } of routing.proposals) t.match(reason, /^Usual for the category /)
  }
})

t.test('some sub-types change the route', async (t) => {
  const subtype = (category: ReportFacts['category'], ...subcategories: string[]) => ({
    category,
    subcategories,
  })
  t.same(routeOf(subtype('other-serious-crime', 'terrorism')), [
    'high',
    'law-enforcement',
    'community-safety',
    false,
  ])
  t.same(routeOf(subtype('other-serious-crime', 'corruption')), [
    'medium',
    'law-enforcement',
    'community-safety',
    true,
  ])
  t.same(routeOf(subtype('property-misuse', 'suspected-brothel')), [
    'high',
    'law-enforcement',
    'environmental-protection safeguarding planning-enforcement',
    false,
  ])

  const hmo = subtype('property-misuse', 'unlawful-hmo')
  t.same(routeOf(hmo), routeOf({ category: 'property-misuse' }), 'no housing agency, no change')
  t.same(routeOf(hmo, all), [
    'medium',
    'housing',
    'law-enforcement environmental-protection safeguarding planning-enforcement',
    false,
  ])
  for (const waste of ['illegal-waste-site', 'hazardous-waste', 'organised-fly-tipping']) {
    const facts = subtype('environmental-crime', waste)
    t.same(routeOf(facts), routeOf({ category: 'environmental-crime' }))
    t.same(routeOf(facts, all), [
      'low',
      'environment-agency',
      'planning-enforcement law-enforcement environmental-protection',
      false,
    ])
  }
  t.same(
    routeOf(subtype('environmental-crime', 'hazardous-waste', 'organised-fly-tipping'), all),
    routeOf(subtype('environmental-crime', 'hazardous-waste'), all),
    'two sub-types with one agency move the lead once',
  )
  t.same(
    routeOf(subtype('property-misuse', 'unlawful-hmo', 'suspected-brothel'), all),
    ['high', 'law-enforcement', 'environmental-protection safeguarding planning-enforcement housing', false],
    'housing does not take a suspected brothel from the police',
  )
})

t.test(
  'a child at risk adds safeguarding and raises to high; an adult at risk adds safeguarding',
  async (t) => {
    const category = 'antisocial-behaviour'
    const support = 'law-enforcement licensing safeguarding'
    t.same(routeOf({ category, riskFlags: ['child-at-risk'] }), ['high', 'community-safety', support, false])
    t.same(routeOf({ category, riskFlags: ['adult-at-risk'] }), ['low', 'community-safety', support, false])
    t.same(routeOf({ category, riskFlags: ['adult-at-risk', 'child-at-risk'] }), [
      'high',
      'community-safety',
      support,
      false,
    ])
    t.same(routeOf({ category, riskFlags: ['dog', 'hazard'] }), routeOf({ category }))
  },
)

t.test('danger makes law enforcement lead, the former lead support, and the priority high', async (t) => {
  for (const facts of [
    { riskFlags: ['threat-to-life'] },
    { riskFlags: ['weapon'] },
    { immediateDanger: 'yes' },
    { riskFlags: ['weapon', 'threat-to-life'], immediateDanger: 'yes' },
  ] as const) {
    t.same(routeOf({ category: 'illegal-venue', ...facts }), [
      'high',
      'law-enforcement',
      'community-safety environmental-protection licensing',
      false,
    ])
    t.same(
      routeOf({ category: 'environmental-crime', subcategories: ['hazardous-waste'], ...facts }, all),
      ['high', 'law-enforcement', 'planning-enforcement environmental-protection environment-agency', false],
      'also where a sub-type had moved the lead before',
    )
  }
  for (const immediateDanger of ['no', 'unsure'] as const) {
    t.same(routeOf({ category: 'illegal-venue', immediateDanger }), routeOf({ category: 'illegal-venue' }))
  }
})

t.test('each field has one proposal, and its reason names the rules in words', async (t) => {
  const { proposals } = proposeRouting(
    { category: 'property-misuse', subcategories: ['unlawful-hmo'], riskFlags: ['weapon', 'child-at-risk'] },
    all,
  )
  t.same(proposals, [
    {
      field: 'priority',
      value: 'high',
      reason: 'Usual for the category Misuse of property: medium. Child at risk: high. Weapon: high.',
    },
    {
      field: 'leadAgency',
      value: 'law-enforcement',
      reason:
        'Usual for the category Misuse of property: Planning enforcement. Unlawful shared house: Housing. Weapon: Law enforcement.',
    },
    {
      field: 'supportAgencies',
      value: ['environmental-protection', 'safeguarding', 'planning-enforcement', 'housing'],
      reason:
        'Usual for the category Misuse of property: Law enforcement, Environmental protection, Safeguarding. Unlawful shared house, Housing leads: adds Planning enforcement. Weapon, Law enforcement leads: adds Housing.',
    },
  ])
  t.same(
    proposeRouting({ category: 'other-serious-crime', subcategories: ['corruption'] }, none).proposals[3],
    {
      field: 'restricted',
      value: true,
      reason: 'Corruption: only people named on the report may see it.',
    },
  )
})

const flags = ['child-at-risk', 'adult-at-risk', 'threat-to-life', 'weapon']

/** Every combination of flags, danger, and all or none of the sub-types, for every category. */
const everyTick = categories.flatMap(({ slug: category, subcategories }) =>
  Array.from({ length: 64 }, (_, bits): ReportFacts => {
    const riskFlags = flags.filter((_, flag) => bits & (1 << flag))
    const slugs = bits & 16 ? subcategories.map(({ slug }) => slug) : []
    return { category, riskFlags, subcategories: slugs, immediateDanger: bits & 32 ? 'yes' : 'no' }
  }),
)

t.test('whatever is ticked, the lead does not support and nobody is lost or named twice', async (t) => {
  for (const facts of everyTick) {
    const { leadAgency, supportAgencies } = proposeRouting(facts, all)
    const { leadAgency: usualLead, supportAgencies: usual } = proposeRouting(
      { category: facts.category },
      all,
    )
    const named = [leadAgency, ...supportAgencies]
    t.equal(new Set(named).size, named.length)
    t.ok([usualLead, ...usual].every((agency) => named.includes(agency)))
  }
})

t.test('the same ticks give the same proposal, in whatever order they come', async (t) => {
  for (const facts of everyTick) {
    const backwards = {
      ...facts,
      riskFlags: facts.riskFlags?.toReversed(),
      subcategories: facts.subcategories?.toReversed(),
    }
    t.same(proposeRouting(backwards, all), proposeRouting(facts, all))
  }
})
