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
    'Organised or repeated stealing: robberies, runs of burglaries, stolen vehicles and machinery, gangs that target shops, and people who deal in stolen goods. If a theft or robbery happened to you, please report that to the police yourself, on 101 or online: this service gives no crime number.',
  signs: [
    'A garage, unit or home where different vehicles, bicycles or machines arrive and leave quickly, often at night.',
    'Vehicles taken apart, resprayed or given other number plates away from a proper workshop.',
    'Someone regularly offering new or expensive goods far below their price, and saying nothing of where they came from.',
    'Goods carried out of shops by several people acting together and loaded into a waiting vehicle.',
    'People trying door handles, or calling at many houses with a story that changes.',
    'Talk of a robbery or burglary that is planned, or boasting of one that was done.',
  ],
  subcategories: [
    {
      slug: 'robbery',
      name: 'Robbery',
      description: 'Stealing from people or businesses with violence or the threat of it.',
    },
    {
      slug: 'burglary-series',
      name: 'Series of burglaries',
      description: 'The same people breaking into several homes, shops, sheds or other buildings.',
    },
    {
      slug: 'vehicle-theft',
      name: 'Vehicle theft',
      description: 'Stealing vehicles or their parts, or breaking up and disguising stolen ones.',
    },
    {
      slug: 'plant-machinery',
      name: 'Theft of plant and machinery',
      description: 'Stealing farm, building or garden machines, tools, fuel, metal or livestock.',
    },
    {
      slug: 'retail-gang',
      name: 'Organised shop theft',
      description: 'Groups that steal from shops again and again, to order or for resale.',
    },
    {
      slug: 'handling-stolen',
      name: 'Handling stolen goods',
      description: 'Buying, storing, moving or selling goods that are known to be stolen.',
    },
  ],
} as const satisfies Category
