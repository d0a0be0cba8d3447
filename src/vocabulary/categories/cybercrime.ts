import type { Category } from './category.ts'

export const cybercrime = {
  slug: 'cybercrime',
  name: 'Cybercrime',
  leadAgency: 'law-enforcement',
  supportAgencies: ['trading-standards'],
  safeguarding: 'at-risk',
  defaultPriority: 'medium',
  attachments: true,
  description:
    'Crime against computers, phones and accounts, or done with them. It may be breaking in, locking files for ransom, taking over accounts, stealing data or selling illegal things online. If it is happening to you or your work now, Report Fraud can help. Here you can tell us about those who do it.',
  signs: [
    'Someone who boasts of breaking into systems or accounts, or shows data that is not theirs.',
    'Chats or forums that offer log-ins, card numbers, the data of other people, harmful software or "hacking to order".',
    'Someone who uses many phones, SIM cards, bank accounts or names that belong to other people.',
    'Messages that demand money to unlock files or to keep stolen data private.',
    'Staff who copy customer data, or who keep a way in after they have left.',
    'Accounts of friends or firms that all at once ask for money, codes or gift cards.',
  ],
  subcategories: [
    {
      slug: 'unauthorised-access',
      name: 'Hacking',
      description: 'Getting into a computer, phone or network without being allowed to.',
    },
    {
      slug: 'ransomware',
      name: 'Ransomware',
      description: 'Locking data, or threatening to show it to all, until a ransom is paid.',
    },
    {
      slug: 'account-takeover',
      name: 'Account takeover',
      description: 'Taking over the e-mail, social media, shop or bank accounts of others.',
    },
    {
      slug: 'data-theft',
      name: 'Data theft',
      description: 'Stealing, buying or selling the data of people or firms.',
    },
    {
      slug: 'illicit-marketplace',
      name: 'Illegal market online',
      description: 'A website, group or channel where illegal things are bought and sold.',
    },
  ],
} as const satisfies Category
