import { type Static, Type } from 'typebox'
import { ReportFilters } from './triage.ts'

/** What an export can be narrowed to: the filters of the list. */

const { cursor: _cursor, limit: _limit, sort: _sort, ...filters } = ReportFilters.properties

export const ExportFilters = Type.Object(filters, { additionalProperties: false })
export type ExportFilters = Static<typeof ExportFilters>
