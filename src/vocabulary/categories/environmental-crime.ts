import type { Category } from './category.ts'

export const environmentalCrime = {
  slug: 'environmental-crime',
  name: 'Environmental crime',
  leadAgency: 'environmental-protection',
  supportAgencies: ['planning-enforcement', 'law-enforcement'],
  safeguarding: 'at-risk',
  defaultPriority: 'low',
  attachments: true,
  description:
    'Waste that is dumped, buried, burned or kept against the law, mostly by people who are paid to take it away. It poisons land and water, and the money often goes to organised crime. Please keep away from the waste itself. It may be dangerous.',
  signs: [
    'The same vehicles tipping loads in lanes, on farmland or behind buildings, often at night or at weekends.',
    'Lorries or skips that go into a yard, field or warehouse day after day, with little or nothing coming out.',
    'Fires that burn plastics, tyres, cables or treated wood, above all again and again at one place.',
    'Drums, barrels, asbestos sheets or medical waste left or buried.',
    'Someone who offers to take rubbish away for cash, without papers or a waste carrier licence.',
    'Liquid of a strange colour or smell that runs into a drain, ditch or stream.',
  ],
  subcategories: [
    {
      slug: 'organised-fly-tipping',
      name: 'Organised fly-tipping',
      description: 'Waste dumped again and again, or by the lorry-load, by people who make money from it.',
    },
    {
      slug: 'illegal-waste-site',
      name: 'Illegal waste site',
      description: 'Land or a building where waste is kept, sorted or buried without a permit.',
    },
    {
      slug: 'burning',
      name: 'Burning of waste',
      description: 'Burning waste to be rid of it or to get metal out of it.',
    },
    {
      slug: 'hazardous-waste',
      name: 'Hazardous waste',
      description:
        'Asbestos, chemicals, oil, batteries or medical waste that is dumped, buried or badly kept.',
    },
  ],
} as const satisfies Category
