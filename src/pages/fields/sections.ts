/** The form, from the top: one page, the narrative first, all else in sections that need not be opened. */

export interface Section {
  name: string
  /** Of a section that can hold several things: in which list of the report they stand. */
  rows?: 'places' | 'entities' | 'links'
  /** Places in the schema; of things, what is asked of each. */
  fields: readonly string[]
}

export const sections: readonly Section[] = [
  { name: 'danger', fields: ['immediateDanger', 'riskFlags'] },
  { name: 'kind', fields: ['subcategories'] },
  { name: 'when', fields: ['when.mode', 'when.from', 'when.to', 'when.precision', 'when.text'] },
  {
    name: 'places',
    rows: 'places',
    fields: ['description', 'address', 'postcode', 'role', 'uprn', 'latitude', 'longitude'],
  },
  things('person', 'name', 'alias', 'description', 'ageEstimate', 'role'),
  things('vehicle', 'registration', 'make', 'colour', 'description'),
  things('premises', 'name', 'address'),
  things('phone', 'number'),
  things('online', 'platform', 'handle', 'url'),
  things('organisation', 'name', 'number'),
  things('account', 'identifier'),
  things('item', 'description'),
  { name: 'links', rows: 'links', fields: [] },
  { name: 'know', fields: ['knowledge', 'knownToFew', 'language'] },
]

/** What few people know or need of a thing. */
export const rarelyNeeded: readonly string[] = ['uprn', 'latitude', 'longitude', 'ref', 'linkedTo']

/** Things of one kind; each may be given a name, by which others say that they go with it. */
function things(name: string, ...fields: string[]): Section {
  return { name, rows: 'entities', fields: [...fields, 'ref', 'linkedTo'] }
}

/** The places that stand once in a report. */
export const single = [
  'narrative',
  ...sections.flatMap(({ rows, fields }) => (rows === undefined ? fields : [])),
]

/** The kinds of entities that the form asks for. */
export const kinds = sections.flatMap(({ name, rows }) => (rows === 'entities' ? name : []))
