import type { Category } from './category.ts'

export const otherSeriousCrime = {
  slug: 'other-serious-crime',
  name: 'Other serious crime',
  leadAgency: 'law-enforcement',
  supportAgencies: ['community-safety'],
  safeguarding: 'at-risk',
  defaultPriority: 'medium',
  attachments: true,
  description:
    'Serious crime that fits nowhere else, and anything else that worries you. If you are not sure, choose Not sure and tell us in your own words. Sorting it is our work, not yours. If someone is in danger now, call 999 first.',
  signs: [
    'A group that many people fear, and that uses threats or money to keep others quiet.',
    'Someone in a position of trust who takes money or favours, passes on information or protects criminals.',
    'Someone who gathers weapons, chemicals, plans or money for an attack, or who praises or promises one.',
    'Someone held against their will, or a family told to pay and to tell nobody.',
    'Phones, drugs or weapons thrown, flown or carried into a prison, or prison staff who are pressed to bring them.',
    'Someone who is helped to hide, with food, money, vehicles or places to stay given to them in secret.',
    'Animals trapped, fought, poached or traded, or dogs bred and used for fighting.',
  ],
  subcategories: [
    {
      slug: 'organised-group',
      name: 'Organised crime group',
      description: 'A group that plans and commits serious crime together.',
    },
    {
      slug: 'corruption',
      name: 'Corruption',
      description:
        'Abuse of a position of trust, in the police, a council or another body. Only people named on such a report can read it.',
    },
    {
      slug: 'terrorism',
      name: 'Terrorism',
      description: 'Planning, preparing, supporting, paying for or encouraging a terrorist attack.',
    },
    {
      slug: 'kidnap-extortion',
      name: 'Kidnap and extortion',
      description: 'Holding someone against their will, or demanding money by threats.',
    },
    {
      slug: 'prison-supply',
      name: 'Supply into prisons',
      description: 'Getting drugs, phones, weapons or other banned things into a prison.',
    },
    {
      slug: 'wanted-person',
      name: 'Wanted person',
      description: 'Where a person whom the police are looking for may be, or who is hiding them.',
    },
    {
      slug: 'wildlife-animal',
      name: 'Wildlife and animal crime',
      description: 'Poaching, trapping, fighting, poisoning, cruelty to animals or trade in protected ones.',
    },
    {
      slug: 'unsure',
      name: 'Not sure',
      description: 'Something is wrong, and you do not know what to call it.',
    },
  ],
} as const satisfies Category
