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
  { name: 'when', fields: ['when.mode', 'when.from', 'when.to', 'when.text'] },
  { name: 'places', rows: 'places', fields: ['description', 'address', 'postcode', 'role'] },
  { name: 'person', rows: 'entities', fields: ['name', 'alias', 'description', 'ageEstimate', 'role'] },
  { name: 'vehicle', rows: 'entities', fields: ['registration', 'make', 'colour', 'description'] },
  { name: 'phone', rows: 'entities', fields: ['number'] },
  { name: 'online', rows: 'entities', fields: ['platform', 'handle', 'url'] },
  { name: 'organisation', rows: 'entities', fields: ['name', 'number'] },
  { name: 'links', rows: 'links', fields: [] },
  { name: 'know', fields: ['knowledge', 'knownToFew'] },
]

/** The places that stand once in a report. */
export const single = [
  'narrative',
  ...sections.flatMap(({ rows, fields }) => (rows === undefined ? fields : [])),
]

/** The kinds of entities that the form asks for. */
export const kinds = sections.flatMap(({ name, rows }) => (rows === 'entities' ? name : []))
