import type { Category } from './category.ts'

export const propertyMisuse = {
  slug: 'property-misuse',
  name: 'Misuse of property',
  leadAgency: 'planning-enforcement',
  supportAgencies: ['law-enforcement', 'environmental-protection', 'safeguarding'],
  safeguarding: 'at-risk',
  defaultPriority: 'medium',
  attachments: true,
  description:
    'Homes, units and land used in ways that they should not be, where people may be unsafe or crime may be hidden. Examples are overcrowded lets, people living in sheds or units, and premises used for storage or for sexual exploitation. The people who live there may have nowhere else to go, and they are not to blame.',
  signs: [
    'Far more people living in a home than it was made for, or sleeping in garages, sheds, cellars or shops.',
    'A shop, unit or office with people staying overnight, or deliveries and callers at hours that do not fit its trade.',
    'Rooms divided, fire exits blocked or locked, or doors that lock from the outside.',
    'Many short visits to one address day and night, where the people inside seldom leave by themselves or change often.',
    'A landlord or agent who takes only cash, gives no agreement, or threatens tenants.',
    'A home let to different people every few days, with keys handed over in the street.',
    'Drums, gas bottles, tyres, vehicles or pallets kept in a place that is not meant for them.',
  ],
  subcategories: [
    {
      slug: 'unlawful-hmo',
      name: 'Unlawful shared house',
      description: 'A house in multiple occupation (HMO) without its licence, overcrowded or dangerous.',
    },
    {
      slug: 'unauthorised-use',
      name: 'Unauthorised use',
      description: 'A building or land used for something that it has no permission for.',
    },
    {
      slug: 'suspected-brothel',
      name: 'Suspected brothel',
      description:
        'A place where sexual services seem to be sold, and where people may be controlled or exploited.',
    },
    {
      slug: 'short-let',
      name: 'Short let',
      description: 'A home let for short stays without permission, or used for parties or crime.',
    },
    {
      slug: 'storage',
      name: 'Unlawful storage',
      description: 'A lock-up, unit, home or land used to keep dangerous or illegal goods.',
    },
  ],
} as const satisfies Category
