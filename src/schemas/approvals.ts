import { type Static, Type } from 'typebox'
import { component, ref } from './component.ts'
import { NamedPerson } from './person.ts'
import { day, id, oneOf } from './text.ts'

/** What waits for a second person. */

const closed = { additionalProperties: false } as const

export const Waiting = component(
  'Waiting',
  Type.Object(
    {
      kind: oneOf(['urgent-dissemination', 'message', 'item', 'closure'], 'What waits'),
      id: id('Of that kind'),
      report: id('Its report; of a closure one of them'),
      by: ref(NamedPerson),
      on: day('Since when'),
      reviewBy: Type.Optional(
        Type.String({ format: 'date-time', description: 'Of an urgent dissemination' }),
      ),
    },
    { ...closed, description: 'Waits for a second person' },
  ),
)
export type Waiting = Static<typeof Waiting>

export const WaitingList = component(
  'WaitingList',
  Type.Object(
    {
      items: Type.Array(ref(Waiting)),
      nextCursor: Type.Optional(Type.String({ description: 'For the next page; absent on the last' })),
    },
    { ...closed, description: 'One page of what waits' },
  ),
)
