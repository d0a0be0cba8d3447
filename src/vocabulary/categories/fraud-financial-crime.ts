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
    'Getting money by deceit, or hiding where dirty money came from: scams, rogue traders, loan sharks, front businesses and bribes. If you have lost money yourself, call your bank at once, and then Report Fraud: it was not your fault. Here you can tell us about people who do this to others.',
  signs: [
    'A business that is open but has hardly any customers, yet pays in or handles a great deal of cash.',
    'Someone who persuades people to let money pass through their bank account, or takes their cards and log-ins.',
    'Callers who say they are from a bank or the police and ask for cash, cards or codes, to be collected by a courier.',
    'Traders who arrive uninvited, find urgent faults, press for cash and keep raising the price.',
    'Someone who lends money without paperwork, takes bank cards as security, or threatens people who cannot pay.',
    'Promises of high and certain profit, with pressure to decide now and to bring in friends.',
    'Payments, gifts or favours to someone for a decision, a contract or for looking away.',
  ],
  subcategories: [
    {
      slug: 'money-laundering',
      name: 'Money laundering',
      description: 'Moving or disguising money that comes from crime.',
    },
    {
      slug: 'front-business',
      name: 'Front business',
      description: 'A business that exists mainly to hide crime or to pass its money through the till.',
    },
    {
      slug: 'investment',
      name: 'Investment fraud',
      description:
        'Selling shares, savings, property or digital currency that are worthless or do not exist.',
    },
    {
      slug: 'courier',
      name: 'Courier fraud',
      description: 'Tricking people on the phone into handing cash, cards or valuables to a courier.',
    },
    {
      slug: 'rogue-trader',
      name: 'Rogue trader',
      description: 'Overcharging, or taking money for work that is needless, dangerous or never done.',
    },
    {
      slug: 'illegal-lending',
      name: 'Illegal money lending',
      description: 'Lending money without permission, often enforced by fear (a loan shark).',
    },
    {
      slug: 'bank-account-misuse',
      name: 'Misuse of bank accounts',
      description: 'Using the accounts of other people, often young or at risk, to move money (money mules).',
    },
    {
      slug: 'tax-evasion',
      name: 'Tax evasion',
      description: 'Deliberately hiding income, workers or sales so as not to pay tax or duty.',
    },
    {
      slug: 'bribery',
      name: 'Bribery',
      description: 'Offering, asking for or taking a payment or favour for acting improperly.',
    },
  ],
} as const satisfies Category
