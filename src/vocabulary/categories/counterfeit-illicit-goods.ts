import type { Category } from './category.ts'

export const counterfeitIllicitGoods = {
  slug: 'counterfeit-illicit-goods',
  name: 'Fake and illegal goods',
  leadAgency: 'trading-standards',
  supportAgencies: ['law-enforcement', 'licensing'],
  safeguarding: 'at-risk',
  defaultPriority: 'low',
  attachments: true,
  description:
    'Goods that are fake, smuggled, dangerous or sold to children. They may be cigarettes, vapes, alcohol, medicines, toys, clothes, electrical goods and more. Some can injure or kill, and the money often pays for other crime. You do not need to be sure that the goods are fake.',
  signs: [
    'Cigarettes, tobacco, vapes or alcohol sold far below the usual price, or fetched from under the counter or a vehicle.',
    'Packets that are badly printed, or have no health warnings, contents, duty stamps or name of a maker.',
    'Branded goods at very low prices from a car boot, a pop-up stall or social media.',
    'A shop that sells vapes, alcohol, tobacco or knives to children and does not ask their age.',
    'Medicines, slimming pills, fillers or jabs sold without a prescription or by someone who is not trained.',
    'Stock kept in a vehicle, flat or hidden space near the shop and brought over a little at a time.',
    'Toys, chargers or machines that get too hot, break apart or give shocks.',
  ],
  subcategories: [
    {
      slug: 'counterfeit',
      name: 'Fake goods',
      description: 'Fake copies of branded goods, such as clothes, perfume, toys or electrical goods.',
    },
    {
      slug: 'illicit-tobacco',
      name: 'Illegal tobacco',
      description: 'Cigarettes and tobacco that are smuggled, fake or untaxed.',
    },
    {
      slug: 'vapes',
      name: 'Illegal vapes',
      description: 'Vapes that break the limits of the law, are fake, or contain drugs.',
    },
    {
      slug: 'alcohol',
      name: 'Illegal alcohol',
      description: 'Alcohol that is fake, smuggled or untaxed. It can be poison.',
    },
    {
      slug: 'medicines',
      name: 'Illegal medicines',
      description:
        'Medicines that are fake, have no licence, or are sold without the prescription that they need.',
    },
    {
      slug: 'unsafe-goods',
      name: 'Unsafe goods',
      description: 'Goods that are sold although they can burn, shock, choke, poison or injure.',
    },
    {
      slug: 'underage-sales',
      name: 'Underage sales',
      description: 'Selling children things that the law says they must not be sold.',
    },
  ],
} as const satisfies Category
