import { type Static, Type } from 'typebox'
import { eventKinds } from '../vocabulary/eventKinds.ts'
import { component, ref } from './component.ts'
import { id, nullable, oneOf } from './text.ts'

/** What happened, as ids and kinds (contract section 3). */

/** As in webhooks: what the contract calls EventKind. */
export const eventKind = oneOf(eventKinds, 'What was done to what (docs/events.md)')

const closed = { additionalProperties: false } as const

export const StaffEvent = component(
  'Event',
  Type.Object(
    {
      id: Type.Integer({
        minimum: 1,
        description: 'Rises in the order in which things happened; not without gaps',
      }),
      at: Type.String({ format: 'date-time', description: 'When; of `something-new` the full hour' }),
      kind: eventKind,
      report: nullable(id('A report'), 'The report; null of `something-new`'),
      object: nullable(
        id('A thing'),
        'The item, note, image or other thing that it was done to, if it was one',
      ),
    },
    { ...closed, description: 'Something that happened' },
  ),
)
export type StaffEvent = Static<typeof StaffEvent>

export const EventPage = component(
  'EventPage',
  Type.Object(
    {
      items: Type.Array(ref(StaffEvent), { description: 'The earliest first' }),
      nextCursor: Type.Optional(Type.String({ description: 'For the next page; absent on the last' })),
    },
    { ...closed, description: 'One page of events' },
  ),
)
export type EventPage = Static<typeof EventPage>

export const EventStream = component(
  'EventStream',
  Type.String({
    contentMediaType: 'text/event-stream',
    contentSchema: ref(StaffEvent),
    description: 'Server-sent events: `id`, `event` (its kind) and `data`, which is the event as JSON',
  }),
)
