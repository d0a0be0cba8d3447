import type { Category } from './category.ts'

export const countyLines = {
  slug: 'county-lines',
  name: 'County lines',
  leadAgency: 'law-enforcement',
  supportAgencies: ['safeguarding', 'community-safety'],
  safeguarding: 'always',
  defaultPriority: 'high',
  attachments: true,
  description:
    'Gangs that sell drugs by phone, often in another town, and exploit children and adults at risk to carry, store or sell them. They may take over the home of someone who cannot easily say no. Whatever they have been made to do, children and adults who are used in this way need to be kept safe.',
  signs: [
    'A child or young person who travels alone to places where they have no family and no reason to be, often by train or taxi.',
    'A child who goes missing from home, care or school, and cannot or will not say where they have been.',
    'A child who all at once has cash, phones or other new things that nobody can explain.',
    'Someone who goes quiet, hides things or seems afraid, above all after calls or messages.',
    'New people who stay in the home of someone who lives alone or needs support. That person is seen less and less, or seems afraid there.',
    'Older people who pick children up from stations, schools or care homes, tell them what to do, or take their phones.',
    'Someone who says that they owe money and must work it off.',
  ],
  subcategories: [
    {
      slug: 'deal-line',
      name: 'Deal line',
      description: 'A phone number or account, often with a name, where drugs are offered and ordered.',
    },
    {
      slug: 'child-criminal-exploitation',
      name: 'Child criminal exploitation',
      description:
        'A child made, tricked or pressed into carrying, hiding or selling drugs, weapons or money.',
    },
    {
      slug: 'cuckooing',
      name: 'Home takeover',
      description:
        'A gang that takes over the home of someone who cannot easily say no, to deal, hide or stay there (also called cuckooing).',
    },
    {
      slug: 'debt-bondage',
      name: 'Debt bondage',
      description: 'Someone made to work for a gang to pay off a debt, which may be made up or staged.',
    },
  ],
} as const satisfies Category
