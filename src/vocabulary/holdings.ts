/** Something of a reporter's, and whether it is held. */
export interface Holding {
  name: string
  /** Where docs/threat-model.md says so: what the database learns of it, or that it does not, in the words used there. */
  database: { learns: string } | { lacks: string }
}

/**
 * What is held of who reports: the source of the privacy page's table (its words stand in the texts of each language), which
 * a test holds against what the threat model says of the database.
 */
export const holdings = [
  { name: 'report', database: { lacks: 'text' } },
  { name: 'photos', database: { lacks: 'images' } },
  { name: 'messages', database: { lacks: 'messages' } },
  { name: 'day', database: { learns: 'day' } },
  { name: 'device', database: { lacks: 'addresses, devices' } },
  { name: 'code', database: { lacks: 'receipts' } },
] as const satisfies readonly Holding[]
