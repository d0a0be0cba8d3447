import type { Category } from './category.ts'

export const illegalVenue = {
  slug: 'illegal-venue',
  name: 'Illegal venues and licensing',
  leadAgency: 'licensing',
  supportAgencies: ['law-enforcement', 'community-safety', 'environmental-protection'],
  safeguarding: 'at-risk',
  defaultPriority: 'medium',
  attachments: true,
  description:
    'Pubs, clubs, shops, parties, gambling places and taxis that work without the licence they need, or that break its rules and put people at risk. This includes places where those in charge let drugs be sold or used.',
  signs: [
    'Alcohol or hot food sold late at night from a home, vehicle or shop that is not known to have a licence.',
    'Large events spread by private message, with the address given out only at the last moment.',
    'Exits locked or blocked, or far more people let in than a place can safely hold.',
    'Betting, gaming machines or card games for money in a back room, or offered to children.',
    'Staff who look away while drugs are sold or used, or who point people to a dealer.',
    'A driver who takes fares in a private car without a licence plate or badge, or waits near bars and stations for people travelling alone.',
  ],
  subcategories: [
    {
      slug: 'unlicensed-sale',
      name: 'Unlicensed sale',
      description: 'Selling alcohol or late-night food without a licence, or against its rules.',
    },
    {
      slug: 'unlicensed-event',
      name: 'Unlicensed event',
      description: 'A rave, party or show without the licence or safety measures that it needs.',
    },
    {
      slug: 'illegal-gambling',
      name: 'Illegal gambling',
      description: 'Betting, gaming or lotteries run without a licence, or open to children.',
    },
    {
      slug: 'drugs-permitted',
      name: 'Drugs allowed on the premises',
      description: 'A venue where managers or staff let drugs be sold or used.',
    },
    {
      slug: 'unlicensed-taxi',
      name: 'Unlicensed taxi',
      description: 'Driving or running a taxi or private hire car without a licence.',
    },
  ],
} as const satisfies Category
