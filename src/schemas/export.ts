import { type Static, Type } from 'typebox'
import { ReportFilters } from './triage.ts'

/** What an export can be narrowed to: the filters of the list. */

const { cursor: _cursor, limit: _limit, sort: _sort, ...filters } = ReportFilters.properties

const Filters = Type.Object(filters, { additionalProperties: false })
export type ExportFilters = Static<typeof Filters>

export const ExportQuery = Type.Object(
  {
    ...filters,
    bom: Type.Optional(
      Type.Boolean({
        description: 'Whether CSV begins with a byte order mark, by which Excel takes it for UTF-8',
      }),
    ),
  },
  { additionalProperties: false },
)
