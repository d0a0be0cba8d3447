import { type Static, Type } from 'typebox'
import { component } from './component.ts'
import { id } from './text.ts'

/** A person as answers name them. Requests and filters take the id alone. */
export const NamedPerson = component(
  'NamedPerson',
  Type.Object(
    {
      id: id('The person'),
      name: Type.String({ description: 'What the team calls them, also once they have left' }),
    },
    { additionalProperties: false, description: 'A person' },
  ),
)
export type NamedPerson = Static<typeof NamedPerson>
