import type { Category } from './category.ts'

export const antisocialBehaviour = {
  slug: 'antisocial-behaviour',
  name: 'Antisocial behaviour',
  leadAgency: 'community-safety',
  supportAgencies: ['law-enforcement', 'licensing'],
  safeguarding: 'at-risk',
  defaultPriority: 'low',
  attachments: true,
  description:
    'Things that people do again and again, and that make others afraid or wear them down where they live, work or spend their time. You do not have to put up with it until it gets worse. Take care to leave out what would tell people who you are, such as your house number or an earlier complaint.',
  signs: [
    'One address that draws fights, shouting, loud music or crowds, day after day or night after night.',
    'People who threaten, follow or surround others, or warn them not to complain.',
    'Vehicles raced, ridden on pavements or gathered at the same place, with noise or danger to others.',
    'Public drinking or drug use that makes people avoid a street, a park, a stairwell or a play area.',
    'Damage, graffiti, fires or fireworks that come back at the same place.',
    'Someone who lives alone or needs support and is picked on again and again.',
  ],
  subcategories: [
    {
      slug: 'nuisance-premises',
      name: 'Nuisance premises',
      description: 'A home, shop or building that keeps causing trouble, noise or fear around it.',
    },
    {
      slug: 'intimidation',
      name: 'Intimidation',
      description: 'Threats, harassment or pressure that make people afraid to go out or to speak.',
    },
    {
      slug: 'vehicle-nuisance',
      name: 'Vehicle nuisance',
      description:
        'Cars, motorbikes, quad bikes or electric bikes used in a dangerous way or to cause alarm.',
    },
    {
      slug: 'public-drinking-or-drug-use',
      name: 'Public drinking or drug use',
      description: 'Drinking or drug use in public places that frightens others or puts them in danger.',
    },
  ],
} as const satisfies Category
