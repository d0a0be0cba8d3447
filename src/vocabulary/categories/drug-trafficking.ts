import type { Category } from './category.ts'

export const drugTrafficking = {
  slug: 'drug-trafficking',
  name: 'Drug trafficking',
  leadAgency: 'law-enforcement',
  supportAgencies: ['community-safety', 'licensing'],
  safeguarding: 'at-risk',
  defaultPriority: 'medium',
  attachments: true,
  description:
    'Making, growing, moving or selling illegal drugs, from a single street corner to a lock-up full of parcels. You do not need to know which drug it is, or to be sure. If children or adults at risk are being used to carry or sell drugs, County lines is the better choice.',
  signs: [
    'Many short visits to one address or vehicle, at all hours, by people who stay only a minute or two.',
    'Small packets or cash handed over quickly in the street, a car park or through a car window.',
    'Parcels, bags or boxes moved in and out of a lock-up, unit or home at night or in a hurry.',
    'A building where windows are kept covered, fans or lights run day and night, or there is a strong smell of cannabis or chemicals.',
    'Mains power tampered with, or a lot of compost, piping, lamps or chemical drums taken into a home.',
    'Phones that ring or buzz all the time, each call followed by a short trip out.',
  ],
  subcategories: [
    {
      slug: 'class-a-supply',
      name: 'Class A supply',
      description:
        'Selling or supplying drugs such as heroin, crack or powder cocaine, ecstasy (MDMA) or LSD.',
    },
    {
      slug: 'importation',
      name: 'Importation',
      description: 'Bringing drugs into the country by post, freight, vehicle, boat or aircraft.',
    },
    {
      slug: 'production',
      name: 'Making drugs',
      description: 'Making, mixing, pressing or packing drugs in a home, unit or outbuilding.',
    },
    {
      slug: 'cultivation',
      name: 'Growing drugs',
      description: 'Growing cannabis or other drugs indoors or on land.',
    },
    {
      slug: 'street-dealing',
      name: 'Street dealing',
      description: 'Selling drugs face to face in the street, a park, a stairwell or from a vehicle.',
    },
  ],
} as const satisfies Category
