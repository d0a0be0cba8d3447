import { type Static, Type } from 'typebox'
import { component, ref } from './component.ts'
import { NamedPerson } from './person.ts'
import { day, id, oneOf } from './text.ts'

/** What waits for a second supervisor (contract section 1, "Loosening and hiding"). */

const closed = { additionalProperties: false } as const

/** Fields of a report by which one person alone could make it vanish. */
export const guardedFields = [
  'legalHold',
  'reviewGroup',
  'proceedingsKnown',
  'conflictOfInterest',
  'restricted',
  'restrictedTo',
] as const
export type GuardedField = (typeof guardedFields)[number]

export type GuardedValue = string | boolean | string[] | null

const what = {
  value: Type.Unsafe<GuardedValue>({
    anyOf: [
      { type: 'boolean' },
      { type: 'string', maxLength: 64 },
      { type: 'array', maxItems: 50, items: { type: 'string', maxLength: 64 } },
      { type: 'null' },
    ],
    description: 'What it is to become',
  }),
}
const on = day('UTC day on which it was asked for')

/** As it is sealed: who and whom may be telling. */
export const Waiting = Type.Object(
  { field: oneOf(guardedFields, 'The field'), ...what, by: id('The supervisor who asked'), on },
  closed,
)
export type Waiting = Static<typeof Waiting>

export const PendingChange = component(
  'PendingChange',
  Type.Object(
    {
      field: oneOf([...guardedFields, 'status'], 'The field that is to change'),
      ...what,
      closure: Type.Optional(id('Of a status: the selection that is to be closed')),
      by: ref(NamedPerson),
      on,
    },
    { ...closed, description: 'A change that holds once another supervisor sends the same value' },
  ),
)
export type PendingChange = Static<typeof PendingChange>
