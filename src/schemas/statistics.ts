import { type Static, Type } from 'typebox'
import { component, ref } from './component.ts'
import { day, nullable } from './text.ts'
import { agencySlug } from './triage.ts'

/** Counts (contract section 3, `GET /stats`). */

const closed = { additionalProperties: false } as const
const month = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$', description: 'A month (UTC)' })
const value = (description: string) => Type.Optional(Type.String({ description }))
const by = Type.Array(Type.String(), { description: 'What is counted by' })
const figure = (description: string) => Type.Integer({ minimum: 0, description })

export const StatisticsCell = component(
  'StatisticsCell',
  Type.Object(
    {
      category: value('Category'),
      status: value('Status on the day of freezing'),
      priority: value('Priority on the day of freezing'),
      agency: value(
        'Lead agency on the day of freezing, or with `outcome` the one that acted; `other` is every one without a row of its own',
      ),
      outcome: value('Outcome or power used'),
      origin: value('Who sent it; of the public no number is given'),
      month: Type.Optional(month),
      count: nullable(
        Type.Integer({ minimum: 10, multipleOf: 5 }),
        'Rounded to 5, or a sum of such numbers; null if hidden',
      ),
      suppressed: Type.Boolean({
        description: 'Whether something in it is hidden: then it is more than `count`, or unknown',
      }),
    },
    { ...closed, description: 'One published number, under the values of what is counted by' },
  ),
)

export const Statistics = component(
  'Statistics',
  Type.Object(
    {
      by,
      live: Type.Literal(false),
      months: Type.Array(
        Type.Object({ month, frozenOn: day('UTC day on which it was counted, for good') }, closed),
        { description: 'The months that are published' },
      ),
      items: Type.Array(ref(StatisticsCell)),
    },
    { ...closed, description: 'Published numbers, the same for everybody, under disclosure control' },
  ),
)
export type Statistics = Static<typeof Statistics>

const exampleWorkQueue = {
  by: ['status', 'priority'],
  live: true,
  open: 17,
  unassigned: 12,
  mine: 3,
  overdue: 1,
  unreadMessages: 2,
  items: [
    { status: 'received', priority: 'high', count: 1, unassigned: 1, mine: 0, overdue: 1 },
    { status: 'received', priority: 'medium', count: 11, unassigned: 11, mine: 0, overdue: 0 },
    { status: 'screening', priority: 'medium', count: 5, unassigned: 0, mine: 3, overdue: 0 },
  ],
}

const queueFigures = {
  unassigned: figure('Of these, nobody works on'),
  mine: figure('Of these, you work on'),
  overdue: figure('Of these, wanted attention before today'),
}

export const WorkQueue = component(
  'WorkQueue',
  Type.Object(
    {
      by,
      live: Type.Literal(true),
      open: figure('Reports that are not closed'),
      ...queueFigures,
      unreadMessages: figure('Messages of reporters that nobody has read, also about closed reports'),
      mixingOverdueHours: Type.Optional(figure('By how much the nightly mixing is overdue, if it is')),
      items: Type.Array(
        Type.Object(
          {
            category: value('Category'),
            status: value('Status'),
            priority: value('Priority'),
            agency: Type.Optional(agencySlug('Lead agency')),
            origin: value('Who sent it'),
            count: figure('Reports that are not closed'),
            ...queueFigures,
          },
          closed,
        ),
        { description: 'Only what there is' },
      ),
    },
    {
      ...closed,
      description: 'Exact numbers of this moment, of the reports that you may see',
      examples: [exampleWorkQueue],
    },
  ),
)
export type WorkQueue = Static<typeof WorkQueue>

export const StatisticsQuery = Type.Object(
  {
    by: Type.Optional(
      Type.Array(Type.String({ maxLength: 100 }), {
        maxItems: 6,
        description:
          'What to count by, with commas or repeated: `category` (the default), `status`, `priority`, `agency`, `origin`, `outcome`, `month`; `category` and one of `status`, `priority`, `agency`, `origin`; or `outcome` and one of `agency`, `category`; each with or without `month`. With `live=true`: any of `category`, `status`, `priority`, `agency`, `origin`',
      }),
    ),
    live: Type.Optional(
      Type.Boolean({ description: 'The work queue of this moment instead of published numbers' }),
    ),
  },
  closed,
)

export const exampleStatistics: Statistics = {
  by: ['category', 'month'],
  live: false,
  months: [{ month: '2026-10', frozenOn: '2026-11-01' }],
  items: [
    { category: 'county-lines', month: '2026-10', count: null, suppressed: true },
    { category: 'property-misuse', month: '2026-10', count: 25, suppressed: false },
  ],
}
