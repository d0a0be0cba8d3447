import type { Category } from './category.ts'

export const modernSlavery = {
  slug: 'modern-slavery',
  name: 'Modern slavery',
  leadAgency: 'law-enforcement',
  supportAgencies: ['safeguarding', 'environmental-protection', 'licensing'],
  safeguarding: 'always',
  defaultPriority: 'high',
  attachments: true,
  description:
    'People who are made to work, keep house, commit crime or sell sex for the gain of someone else. They are controlled by threats, debt, violence or lies. Some are locked in. Many are not, and still cannot leave. They may be too afraid, or too closely watched, to ask for help.',
  signs: [
    'People who live where they work, or many to a room, and are not free to come and go.',
    'A boss or "friend" who keeps the wages, passports, phones or bank cards of others.',
    'Workers who are taken to and from work together, very early or very late, and watched all day.',
    'People who seem afraid to speak, look to someone else before they answer, or repeat what they were told to say.',
    'Someone in a household who is always working there and is never seen out alone.',
    'People who do dangerous work without safety gear, training or breaks.',
    'Many short visits by clients to an address that the people who work there hardly ever leave alone.',
  ],
  subcategories: [
    {
      slug: 'forced-labour',
      name: 'Forced labour',
      description: 'People made to work, for little or no pay, by threats, debt or control.',
    },
    {
      slug: 'domestic-servitude',
      name: 'Domestic servitude',
      description: 'Someone made to cook, clean or care in a home that they are not free to leave.',
    },
    {
      slug: 'forced-criminality',
      name: 'Forced criminality',
      description:
        'People made to commit crime, such as growing cannabis, stealing, begging or moving money.',
    },
    {
      slug: 'adult-sexual-exploitation',
      name: 'Sexual exploitation of adults',
      description: 'An adult made, tricked or pressed into sexual acts for the gain of someone else.',
    },
  ],
} as const satisfies Category
