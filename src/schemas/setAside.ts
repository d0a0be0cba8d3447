import { type Static, Type } from 'typebox'
import { component, ref } from './component.ts'
import { day, id } from './text.ts'

/** Rows that met another of the same id (contract section 3). */

const closed = { additionalProperties: false } as const

export const SetAsideReport = component(
  'SetAsideReport',
  Type.Object(
    {
      id: id('The report whose id it has'),
      receivedOn: day('The day that it gives for its arrival'),
    },
    { ...closed, description: 'A row of the box that met another of the same id, and counts for nothing' },
  ),
)
export type SetAsideReport = Static<typeof SetAsideReport>

export const SetAsideList = component(
  'SetAsideList',
  Type.Object(
    {
      items: Type.Array(ref(SetAsideReport)),
      nextCursor: Type.Optional(Type.String({ description: 'For the next page; absent on the last' })),
    },
    { ...closed, description: 'One page of what was set aside' },
  ),
)

export const SetAsidePaging = Type.Object(
  {
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 200, description: 'How many at most (50 if not said)' }),
    ),
    cursor: Type.Optional(Type.String({ maxLength: 4096, description: 'From `nextCursor`' })),
  },
  closed,
)
