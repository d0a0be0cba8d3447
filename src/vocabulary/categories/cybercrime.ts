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
    'Crime committed against computers, phones and accounts, or by means of them: breaking in, locking data for ransom, taking over accounts, stealing data and selling illegal things online. If it is happening to you or your organisation now, Report Fraud can help. Here you can tell us about those who do it.',
  signs: [
    'Someone boasting of breaking into systems or accounts, or showing data that is not theirs.',
    'Offers of log-ins, card numbers, personal data, malware or "hacking to order" in chats or forums.',
    'Someone who uses many phones, SIM cards, bank accounts or identities that belong to other people.',
    'Messages that demand payment to unlock files or to keep stolen data private.',
    'Staff or former staff copying customer data, or keeping access that they should no longer have.',
    'Accounts of friends or businesses that suddenly ask for money, codes or gift cards.',
  ],
  subcategories: [
    {
      slug: 'unauthorised-access',
      name: 'Unauthorised access',
      description: 'Getting into a computer, network or device without permission (hacking).',
    },
    {
      slug: 'ransomware',
      name: 'Ransomware',
      description: 'Locking or threatening to publish data until a ransom is paid.',
    },
    {
      slug: 'account-takeover',
      name: 'Account takeover',
      description: 'Taking control of e-mail, social media, shopping or bank accounts of others.',
    },
    {
      slug: 'data-theft',
      name: 'Data theft',
      description: 'Stealing, buying or selling personal or business data.',
    },
    {
      slug: 'illicit-marketplace',
      name: 'Illicit marketplace',
      description: 'A website, group or channel where illegal goods or services are bought and sold.',
    },
  ],
} as const satisfies Category
