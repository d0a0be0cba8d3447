import { type Static, Type } from 'typebox'
import { component, ref } from './component.ts'
import { text } from './text.ts'
import { ReportFilters, ReportSummary } from './triage.ts'

/** Search over sealed reports (contract section 3). */

const closed = { additionalProperties: false } as const

/** The list's filters say how to repeat a parameter; in a body they are arrays. */
const filters = Object.fromEntries(
  Object.entries(ReportFilters.properties).map(([name, schema]) => {
    const { description = '' } = schema as { description?: string }
    return [
      name,
      Type.Optional({ ...schema, description: description.replace(' (repeat the parameter)', '') }),
    ]
  }),
) as unknown as typeof ReportFilters.properties

export const ReportSearch = component(
  'ReportSearch',
  Type.Object(
    {
      q: text(
        1,
        200,
        'Words that must all stand in the report, in any field and also within longer words; "in quotes" as it stands there. Case, accents and letters that are written for each other make no difference; nor, in what has a digit, spaces, dashes and brackets',
      ),
      ...filters,
    },
    { ...closed, description: 'What to look for, and in which reports' },
  ),
)
export type ReportSearch = Static<typeof ReportSearch>

export const Match = component(
  'Match',
  Type.Object(
    {
      pointer: Type.String({ description: 'JSON pointer to a text of the report' }),
      start: Type.Integer({ minimum: 0, description: 'Where it begins, in UTF-16 units' }),
      end: Type.Integer({ minimum: 1, description: 'Where it ends (exclusive)' }),
    },
    { ...closed, description: 'A place in a text of the report' },
  ),
)
export type Match = Static<typeof Match>

export const FoundReport = component(
  'FoundReport',
  Type.Object(
    {
      ...ReportSummary.properties,
      matches: Type.Array(ref(Match), {
        description: 'Where what was looked for stands, at most 100. What overlaps is one',
      }),
    },
    { ...closed, description: 'A report that a search found' },
  ),
)
export type FoundReport = Static<typeof FoundReport>

export const SearchPage = component(
  'SearchPage',
  Type.Object(
    {
      items: Type.Array(ref(FoundReport), { description: 'Reports found, in the order of the list' }),
      nextCursor: Type.Optional(
        Type.String({
          description: 'Hand it back to search on, even if nothing was found yet; absent at the end',
        }),
      ),
      searched: Type.Integer({ minimum: 0, description: 'Reports looked at so far, with earlier pages' }),
      unreadable: Type.Optional(
        Type.Integer({
          minimum: 1,
          description: 'Of those, reports that cannot be read; absent if there is none',
        }),
      ),
      of: Type.Integer({
        minimum: 0,
        description: 'Reports to look at in all, counted when the search began; counted up to 100,000',
      }),
    },
    { ...closed, description: 'What a search has found so far' },
  ),
)
export type SearchPage = Static<typeof SearchPage>
