import { type Static, Type } from 'typebox'
import { component, ref } from './component.ts'
import { Entity } from './report.ts'
import { rule } from './rules.ts'
import { id, unreadable } from './text.ts'

/** Things that staff confirm from a report's text (contract section 3). */

const closed = { additionalProperties: false } as const

const place = {
  pointer: Type.String({
    maxLength: 200,
    pattern: rule('^/[A-Za-z0-9/]+$', 'must be a JSON pointer to a text of the report, such as /narrative'),
    description: 'JSON pointer to the text of the report in which it stands',
  }),
  start: Type.Integer({ minimum: 0, maximum: 20_000, description: 'Where it begins, in UTF-16 units' }),
  end: Type.Integer({ minimum: 1, maximum: 20_000, description: 'Where it ends (exclusive)' }),
}
const thing = { entity: ref(Entity), ...place }

export const EntityDraft = component(
  'EntityDraft',
  Type.Object(thing, {
    ...closed,
    description: 'A thing that a text of the report names: one that was found, or one that you saw',
  }),
)
export type EntityDraft = Static<typeof EntityDraft>

/** Withdrawn things keep what they were, for the record. */
export const SealedEntity = Type.Object({ ...thing, withdrawn: Type.Optional(Type.Boolean()) }, closed)
export type SealedEntity = Static<typeof SealedEntity>

export const ConfirmedEntity = component(
  'ConfirmedEntity',
  Type.Object(
    {
      id: id('The confirmed thing'),
      ...thing,
      by: Type.Object(
        { id: id('The person'), name: Type.String({ description: 'Their name' }) },
        { ...closed, description: 'Who confirmed it' },
      ),
      at: Type.String({ format: 'date-time', description: 'When' }),
    },
    {
      ...closed,
      description: 'A thing that somebody confirmed from the text. It links like any other entity',
    },
  ),
)
export type ConfirmedEntity = Static<typeof ConfirmedEntity>

export const EntityList = component(
  'EntityList',
  Type.Object(
    {
      items: Type.Array(ref(ConfirmedEntity), { description: 'What staff confirmed, the earliest first' }),
      unreadable,
      found: Type.Array(ref(EntityDraft), {
        description:
          'Found in the text just now: numbers, plates and postcodes that nothing else of the report names. Proposals, stored nowhere; POST one as it is to confirm it',
      }),
    },
    { ...closed, description: 'Things that a text of the report names' },
  ),
)
export type EntityList = Static<typeof EntityList>
