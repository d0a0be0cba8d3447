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
    'Gangs that sell drugs through a phone line and exploit children and adults at risk to carry, store or sell them, often in another town. They may take over the home of someone who cannot easily refuse. Whatever they have been made to do, children and adults who are used in this way need protecting.',
  signs: [
    'A child or young person travelling alone to places where they have no family or reason to be, often by train or taxi.',
    'A child who goes missing from home, care or school, and cannot or will not say where they have been.',
    'A child who suddenly has money, phones or other new things that nobody can account for.',
    'Someone who becomes withdrawn, secretive or frightened, above all after calls or messages.',
    'New people staying in the home of someone who lives alone or needs support, who is seen less and less or seems afraid there.',
    'Older people collecting children from stations, schools or care homes, giving them instructions, or taking their phones.',
    'Someone who says that they owe money and must work it off.',
  ],
  subcategories: [
    {
      slug: 'deal-line',
      name: 'Deal line',
      description:
        'A phone number or account, often with a name, through which drugs are advertised and ordered.',
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
        'A gang taking over the home of someone who cannot easily refuse, to deal, hide or stay there (also called cuckooing).',
    },
    {
      slug: 'debt-bondage',
      name: 'Debt bondage',
      description: 'Someone made to work for a gang to pay off a debt, which may be invented or staged.',
    },
  ],
} as const satisfies Category
