import type { Category } from './category.ts'

export const counterfeitIllicitGoods = {
  slug: 'counterfeit-illicit-goods',
  name: 'Counterfeit and illicit goods',
  leadAgency: 'trading-standards',
  supportAgencies: ['law-enforcement', 'licensing'],
  safeguarding: 'at-risk',
  defaultPriority: 'low',
  attachments: true,
  description:
    'Goods that are fake, smuggled, dangerous or sold to children: cigarettes, vapes, alcohol, medicines, toys, clothes, electrical goods and more. Some can injure or kill, and the money often pays for other crime. You do not need to be sure that the goods are fake.',
  signs: [
    'Cigarettes, tobacco, vapes or alcohol sold far below the usual price, or fetched from under the counter or a vehicle.',
    'Packets that lack health warnings, ingredients, duty stamps or the name of a maker, or that are badly printed.',
    'Branded goods at very low prices from a car boot, a pop-up stall or a social media account.',
    'A shop that sells vapes, alcohol, tobacco or knives to children without asking for proof of age.',
    'Medicines, slimming products, fillers or injections sold without a prescription or by someone not qualified.',
    'Stock kept in a vehicle, flat or hidden space near the shop and brought over a little at a time.',
    'Toys, chargers or appliances that overheat, break apart or give shocks.',
  ],
  subcategories: [
    {
      slug: 'counterfeit',
      name: 'Counterfeit goods',
      description: 'Fake copies of branded goods, such as clothes, perfume, toys or electrical goods.',
    },
    {
      slug: 'illicit-tobacco',
      name: 'Illicit tobacco',
      description: 'Smuggled, fake or untaxed cigarettes and tobacco.',
    },
    {
      slug: 'vapes',
      name: 'Illicit vapes',
      description: 'Vapes that break the limits of the law, are fake, or contain drugs.',
    },
    {
      slug: 'alcohol',
      name: 'Illicit alcohol',
      description: 'Fake, smuggled or untaxed alcohol, which can be poisonous.',
    },
    {
      slug: 'medicines',
      name: 'Illicit medicines',
      description: 'Fake or unlicensed medicines, or prescription medicines sold unlawfully.',
    },
    {
      slug: 'unsafe-goods',
      name: 'Unsafe goods',
      description: 'Goods sold although they can burn, shock, choke, poison or injure.',
    },
    {
      slug: 'underage-sales',
      name: 'Underage sales',
      description: 'Selling children things that the law says they must not be sold.',
    },
  ],
} as const satisfies Category
