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
    'Arranging for people to be moved, or moving them, so that they can be exploited. It can happen across a border, or between two streets of the same town. People who are trafficked may not be free to ask for help, and may have been told that nobody will believe them.',
  signs: [
    'People taken between addresses and workplaces by the same driver, who waits, counts them or does not let them leave alone.',
    'Someone else holding the passports, documents, phones or bank cards of the people being moved.',
    'Groups dropped off and collected at night or very early, and often replaced by other people.',
    'Someone who always speaks for another person and does not let them answer.',
    'People who do not know the address where they are staying, or who may not go out alone.',
    'Talk of being owed money for a journey, or of threats to family if it is not paid.',
  ],
  subcategories: [
    {
      slug: 'cross-border',
      name: 'Trafficking across a border',
      description: 'Bringing people into or out of the country in order to exploit them.',
    },
    {
      slug: 'internal-movement',
      name: 'Trafficking within the country',
      description: 'Moving people from place to place inside the country in order to exploit them.',
    },
    {
      slug: 'organised-immigration-crime',
      name: 'Organised immigration crime',
      description:
        'Groups that profit from smuggling people across borders or from supplying false documents.',
    },
  ],
} as const satisfies Category
