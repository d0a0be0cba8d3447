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
    'People controlled by threats, debt, violence or lies, and made to work, keep house, commit crime or sell sex for the gain of somebody else. Some are locked in; many are not, and still cannot leave. They may be too frightened, or too closely watched, to ask for help.',
  signs: [
    'People who live where they work, or many to a room, and are not free to come and go.',
    'A manager or "friend" who keeps the wages, passports, phones or bank cards of others.',
    'Workers taken to and from work together, at very early or late hours, and watched all day.',
    'People who seem afraid to speak, look to someone else before they answer, or repeat what they were told to say.',
    'Someone living in a household who is always working there and is never seen out alone.',
    'People doing dangerous work without safety equipment, training or breaks.',
    'Many short visits by clients to an address that the people who work there hardly ever leave by themselves.',
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
      description: 'Someone made to cook, clean or care in a household that they cannot freely leave.',
    },
    {
      slug: 'forced-criminality',
      name: 'Forced criminality',
      description:
        'People made to commit crime, such as tending cannabis, stealing, begging or moving money.',
    },
    {
      slug: 'adult-sexual-exploitation',
      name: 'Sexual exploitation of adults',
      description: 'An adult made, tricked or pressed into sexual activity for the gain of somebody else.',
    },
  ],
} as const satisfies Category
