import { type Static, Type } from 'typebox'
import { component, ref } from './component.ts'
import { NamedPerson } from './person.ts'
import { id, oneOf, text } from './text.ts'

/** Erasure that a court or the law demands (contract section 1). */

const closed = { additionalProperties: false } as const
const moment = (description: string) => Type.String({ format: 'date-time', description })

export const erasureGrounds = ['court-order', 'subject-erasure', 'unlawful'] as const
export const erasureStatuses = ['requested', 'approved', 'withdrawn'] as const

const asked = {
  ground: oneOf(
    erasureGrounds,
    'What demands it: a court, a data subject’s right (UK GDPR art. 17, DPA 2018 s.47), or that holding it is unlawful',
  ),
  reference: text(1, 200, 'By which it is found: the order’s number, the request’s'),
  reason: text(1, 2000, 'Why the law demands it here'),
}

export const ErasureRequest = component(
  'ErasureRequest',
  Type.Object(asked, { ...closed, description: 'What demands that a report be erased. Kept sealed' }),
)
export type ErasureRequest = Static<typeof ErasureRequest>

export const ErasureApproval = component(
  'ErasureApproval',
  Type.Object(
    {
      approved: Type.Optional(
        Type.Literal(true, { description: 'Nothing else can be said here; DELETE withdraws' }),
      ),
    },
    { ...closed, description: 'May be left out' },
  ),
)

export const Erasure = component(
  'Erasure',
  Type.Object(
    {
      id: id('The report'),
      version: Type.Integer({ minimum: 1, description: 'Moves with each act' }),
      status: oneOf(
        erasureStatuses,
        'requested: waits for another supervisor; approved: everything goes in the coming night; withdrawn',
      ),
      ...asked,
      requestedBy: ref(NamedPerson),
      requestedAt: moment('When'),
      decidedBy: Type.Optional(ref(NamedPerson)),
      decidedAt: Type.Optional(moment('When')),
    },
    { ...closed, description: 'An erasure that the law demands, as it stands' },
  ),
)
export type Erasure = Static<typeof Erasure>

/** What is sealed of each version. Its author is who did the latest act. */
export const SealedErasure = Type.Object(
  {
    status: oneOf(erasureStatuses, 'How it stands'),
    ...asked,
    requestedBy: id('Who demanded it'),
    requestedAt: Type.String({ format: 'date-time', maxLength: 40, description: 'When' }),
  },
  closed,
)
export type SealedErasure = Static<typeof SealedErasure>
