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
    'Guns, bullets, explosives, knives and other weapons that are held, made, sold or carried against the law. If you have seen a weapon just now, or someone may be about to use one, get to a safe place and call 999. Please do not go near a weapon, touch it or move it.',
  signs: [
    'Someone who shows, describes or boasts of a gun, a knife or another weapon.',
    'Weapons offered for sale in person, in chats or on social media.',
    'Something passed on or hidden quickly in a hedge, a stairwell, a bin store or a vehicle.',
    'Shots or bangs from a building, wood or field where you would not expect them, or someone who tries out a gun there.',
    'Gun parts, blank-firing guns, 3D-printed parts, chemicals or fireworks collected in large amounts.',
    'Someone asked to look after a bag or box, and told not to open it.',
    'Threats to shoot, stab or bomb, or talk of getting a weapon for a fight.',
  ],
  subcategories: [
    {
      slug: 'firearm-held',
      name: 'Firearm held',
      description: 'Someone who keeps or carries a gun or bullets against the law.',
    },
    {
      slug: 'firearm-supply',
      name: 'Firearm supply',
      description: 'Selling, lending, hiring out, bringing in or storing guns or bullets for others.',
    },
    {
      slug: 'weapon-manufacture',
      name: 'Making or changing weapons',
      description: 'Making, printing, changing or repairing guns or other weapons against the law.',
    },
    {
      slug: 'knife-supply',
      name: 'Knife supply',
      description:
        'Selling knives or other blades against the law, such as to children or through social media.',
    },
    {
      slug: 'explosives',
      name: 'Explosives',
      description: 'Making, keeping or moving explosives, or collecting what they are made from.',
    },
  ],
} as const satisfies Category
