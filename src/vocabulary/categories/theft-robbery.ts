import type { Category } from './category.ts'

export const theftRobbery = {
  slug: 'theft-robbery',
  name: 'Theft and robbery',
  leadAgency: 'law-enforcement',
  supportAgencies: ['community-safety'],
  safeguarding: 'at-risk',
  defaultPriority: 'medium',
  attachments: true,
  description:
    'Stealing that is planned, uses force or happens again and again. It may be robbery, a run of break-ins, stolen vehicles or machines, or gangs that target shops. It may be people who deal in stolen goods. If it happened to you, please tell the police yourself, on 101 or online. This service gives no crime number.',
  signs: [
    'A garage, unit or home where different vehicles, bikes or machines come and go quickly, often at night.',
    'Vehicles taken apart, sprayed or given other number plates away from a proper workshop.',
    'Someone who often sells new or costly goods far below their price, and does not say where they came from.',
    'Goods carried out of shops by several people together and loaded into a waiting vehicle.',
    'People who try door handles, or call at many houses with a story that changes.',
    'Talk of a robbery or burglary that is planned, or boasts of one that was done.',
  ],
  subcategories: [
    {
      slug: 'robbery',
      name: 'Robbery',
      description: 'Stealing from people or businesses by force or the threat of it.',
    },
    {
      slug: 'burglary-series',
      name: 'Run of burglaries',
      description: 'The same people breaking into several homes, shops, sheds or other buildings.',
    },
    {
      slug: 'vehicle-theft',
      name: 'Vehicle theft',
      description: 'Stealing vehicles or their parts. Breaking up stolen ones, or changing how they look.',
    },
    {
      slug: 'plant-machinery',
      name: 'Theft of plant and machinery',
      description: 'Stealing farm, building or garden machines, tools, fuel, metal or farm animals.',
    },
    {
      slug: 'retail-gang',
      name: 'Organised shop theft',
      description: 'Groups that steal from shops again and again, to order or to sell on.',
    },
    {
      slug: 'handling-stolen',
      name: 'Handling stolen goods',
      description: 'Buying, storing, moving or selling goods that are known to be stolen.',
    },
  ],
} as const satisfies Category
