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
    'Homes, units and land used in ways that they should not be, where people may be unsafe or crime may be hidden. It may be homes with far too many people, or people who live in sheds or units. It may be places used to store things or to exploit people for sex. Those who live there may have nowhere else to go, and they are not to blame.',
  signs: [
    'Far more people in a home than it was made for, or people who sleep in garages, sheds, cellars or shops.',
    'A shop, unit or office where people stay overnight, or where callers and goods come at hours that do not fit its trade.',
    'Rooms split up, fire exits blocked or locked, or doors that lock from the outside.',
    'Many short visits to one address day and night, where the people inside seldom go out alone or change often.',
    'A landlord or agent who takes only cash, gives no contract, or threatens tenants.',
    'A home let to different people every few days, with keys handed over in the street.',
    'Drums, gas bottles, tyres, vehicles or pallets kept in a place that is not meant for them.',
  ],
  subcategories: [
    {
      slug: 'unlawful-hmo',
      name: 'Unlawful shared house',
      description:
        'A house that several households share (an HMO) without its licence, overcrowded or dangerous.',
    },
    {
      slug: 'unauthorised-use',
      name: 'Unauthorised use',
      description: 'A building or land used for something that it has no permission for.',
    },
    {
      slug: 'suspected-brothel',
      name: 'Suspected brothel',
      description: 'A place where sex seems to be sold, and where people may be controlled or exploited.',
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
