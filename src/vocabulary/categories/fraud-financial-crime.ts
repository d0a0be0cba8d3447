import type { Category } from './category.ts'

export const fraudFinancialCrime = {
  slug: 'fraud-financial-crime',
  name: 'Fraud and financial crime',
  leadAgency: 'law-enforcement',
  supportAgencies: ['trading-standards'],
  safeguarding: 'at-risk',
  defaultPriority: 'medium',
  attachments: true,
  description:
    'Getting money by lies, or hiding where dirty money came from. It may be a scam, a rogue trader, a loan shark, a bribe or a business that is only a front. If you have lost money yourself, call your bank at once, and then Report Fraud. It was not your fault. Here you can tell us about people who do this to others.',
  signs: [
    'A business that is open but has hardly any customers, and still takes in a great deal of cash.',
    'Someone who gets people to let money pass through their bank account, or takes their cards and log-ins.',
    'Callers who say they are from a bank or the police and ask for cash, cards or codes, which someone will collect.',
    'Traders who turn up unasked, find urgent faults, press for cash and keep raising the price.',
    'Someone who lends money without papers, holds on to bank cards, or threatens people who cannot pay.',
    'Promises of high and certain profit, with pressure to decide now and to bring in friends.',
    'Money, gifts or favours given to someone for a decision, a contract or for looking away.',
  ],
  subcategories: [
    {
      slug: 'money-laundering',
      name: 'Money laundering',
      description: 'Moving money that comes from crime, or hiding where it came from.',
    },
    {
      slug: 'front-business',
      name: 'Front business',
      description: 'A business that is mainly there to hide crime or to pass its money through the till.',
    },
    {
      slug: 'investment',
      name: 'Investment fraud',
      description:
        'Selling shares, savings, property or digital money that are worth nothing or do not exist.',
    },
    {
      slug: 'courier',
      name: 'Courier fraud',
      description:
        'Tricking people on the phone into handing cash, cards or valuables to someone who comes to collect them.',
    },
    {
      slug: 'rogue-trader',
      name: 'Rogue trader',
      description:
        'Charging far too much, or taking money for work that is not needed, not safe or never done.',
    },
    {
      slug: 'illegal-lending',
      name: 'Illegal money lending',
      description: 'Lending money without permission, often with threats (a loan shark).',
    },
    {
      slug: 'bank-account-misuse',
      name: 'Misuse of bank accounts',
      description: 'Using the accounts of other people, often young or at risk, to move money (money mules).',
    },
    {
      slug: 'tax-evasion',
      name: 'Tax evasion',
      description: 'Hiding income, workers or sales on purpose so as not to pay tax or duty.',
    },
    {
      slug: 'bribery',
      name: 'Bribery',
      description: 'Offering, asking for or taking money or a favour for doing something wrong.',
    },
  ],
} as const satisfies Category
