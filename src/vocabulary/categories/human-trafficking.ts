import type { Category } from './category.ts'

export const humanTrafficking = {
  slug: 'human-trafficking',
  name: 'Human trafficking',
  leadAgency: 'law-enforcement',
  supportAgencies: ['safeguarding'],
  safeguarding: 'always',
  defaultPriority: 'high',
  attachments: true,
  description:
    'Moving people, or planning for them to be moved, so that they can be exploited. It can happen across a border, or between two streets of the same town. People who are trafficked may not be free to ask for help. They may have been told that nobody will believe them.',
  signs: [
    'People who are taken between homes and places of work by the same driver, who waits, counts them or does not let them leave alone.',
    'Someone else who holds the passports, papers, phones or bank cards of the people who are moved.',
    'Groups who are dropped off and picked up at night or very early, and often replaced by other people.',
    'Someone who always speaks for another person and does not let them answer.',
    'People who do not know the address where they are staying, or who may not go out alone.',
    'Talk of money that is owed for a journey, or of threats to family if it is not paid.',
  ],
  subcategories: [
    {
      slug: 'cross-border',
      name: 'Trafficking across a border',
      description: 'Bringing people into or out of the country to exploit them.',
    },
    {
      slug: 'internal-movement',
      name: 'Trafficking within the country',
      description: 'Moving people from place to place inside the country to exploit them.',
    },
    {
      slug: 'organised-immigration-crime',
      name: 'Organised immigration crime',
      description: 'Groups that make money by smuggling people across borders or by supplying false papers.',
    },
  ],
} as const satisfies Category
