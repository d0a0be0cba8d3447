import type { Category } from './category.ts'

export const firearmsWeapons = {
  slug: 'firearms-weapons',
  name: 'Firearms and weapons',
  leadAgency: 'law-enforcement',
  supportAgencies: ['community-safety'],
  safeguarding: 'at-risk',
  defaultPriority: 'high',
  attachments: true,
  description:
    'Guns, ammunition, explosives, knives and other weapons that are held, made, sold or carried unlawfully. If you have seen a weapon just now, or someone may be about to use one, move to safety and call 999. Please do not go near a weapon, touch it or move it.',
  signs: [
    'Someone showing, describing or boasting of a gun, a knife or another weapon.',
    'Weapons offered for sale in person, in chats or on social media.',
    'Something passed on or hidden quickly in a hedge, a stairwell, a bin store or a vehicle.',
    'Shots, bangs or test firing from a building, wood or field where none would be expected.',
    'Packages of gun parts, blank-firing guns, 3D-printed parts, chemicals or fireworks collected in quantity.',
    'Someone asked to look after a bag or box, and told not to open it.',
    'Threats to shoot, stab or bomb, or talk of getting a weapon for a quarrel.',
  ],
  subcategories: [
    {
      slug: 'firearm-held',
      name: 'Firearm held',
      description: 'Someone keeping or carrying a gun or ammunition unlawfully.',
    },
    {
      slug: 'firearm-supply',
      name: 'Firearm supply',
      description: 'Selling, lending, hiring out, importing or storing guns or ammunition for others.',
    },
    {
      slug: 'weapon-manufacture',
      name: 'Making or converting weapons',
      description: 'Making, printing, converting or repairing guns or other weapons unlawfully.',
    },
    {
      slug: 'knife-supply',
      name: 'Knife supply',
      description:
        'Selling knives or other blades unlawfully, for example to children or through social media.',
    },
    {
      slug: 'explosives',
      name: 'Explosives',
      description: 'Making, keeping or moving explosives, or collecting what they are made from.',
    },
  ],
} as const satisfies Category
