import { type Static, Type } from 'typebox'
import { linkKinds } from '../vocabulary/linkKinds.ts'
import { component, ref } from './component.ts'
import { day, id, oneOf } from './text.ts'
import { agencySlug } from './triage.ts'

/** Links between reports, and the watch list (contract section 3). */

const closed = { additionalProperties: false } as const
const kind = oneOf(linkKinds, 'What sort of thing both name')
const independence = oneOf(['unknown', 'likely', 'established'], 'Whether two people are behind them')

export const Link = component(
  'Link',
  Type.Object(
    {
      id: id('The link'),
      version: Type.Integer({ minimum: 1, description: 'The ETag is this number in quotes' }),
      kind,
      reports: Type.Array(id('A report'), { description: 'The reports that it links' }),
      status: oneOf(['proposed', 'confirmed', 'rejected'], 'What a person decided, if anyone did'),
      independence,
    },
    { ...closed, description: 'Two reports that name the same thing' },
  ),
)
export type Link = Static<typeof Link>

export const HeldElsewhere = component(
  'HeldElsewhere',
  Type.Object(
    { id: id('The link'), kind, heldBy: oneOf(['another-agency'], 'Another agency holds an interest') },
    { ...closed, description: 'A confirmed link with a report that you may not see' },
  ),
)
export type HeldElsewhere = Static<typeof HeldElsewhere>

export const LinkList = component(
  'LinkList',
  Type.Object(
    { items: Type.Array(Type.Unsafe<Link | HeldElsewhere>({ anyOf: [ref(Link), ref(HeldElsewhere)] })) },
    { ...closed, description: 'Links of a report' },
  ),
)

export const LinkDecision = component(
  'LinkDecision',
  Type.Object(
    {
      decision: oneOf(['confirmed', 'rejected'], 'Your decision'),
      independence: Type.Optional(independence),
    },
    { ...closed, description: 'What you decide about a link' },
  ),
)
export type LinkDecision = Static<typeof LinkDecision>

export const WatchedItem = component(
  'WatchedItem',
  Type.Object(
    {
      kind,
      value: Type.String({ description: 'The thing, in its one spelling' }),
      reports: Type.Integer({ minimum: 2, description: 'How many reports name it' }),
      grades: Type.Array(Type.String(), { description: 'Grades of their approved items, such as 2D-C' }),
      agencies: Type.Array(agencySlug('Slug'), { description: 'Lead agencies' }),
      lastDay: day('Day of the newest of them'),
    },
    { ...closed, description: 'Named by independent reports. Never grounds for action by itself' },
  ),
)
export type WatchedItem = Static<typeof WatchedItem>

export const WatchList = component(
  'WatchList',
  Type.Object({ items: Type.Array(ref(WatchedItem)), nextCursor: Type.Optional(Type.String()) }, closed),
)
