import { type Static, Type } from 'typebox'
import { component, ref } from './component.ts'
import { NamedPerson } from './person.ts'
import { day, id, oneOf, text } from './text.ts'
import { closeReasons } from './triage.ts'

/** Closing a selection of reports at once (contract section 3). */

const closed = { additionalProperties: false } as const
const asked = {
  closeReason: oneOf(closeReasons, 'Why they are closed'),
  rationale: text(1, 2000, 'Why, in words, for each of them; kept sealed'),
}

export const ClosureRequest = component(
  'ClosureRequest',
  Type.Object(
    {
      ids: Type.Array(id('A report'), {
        minItems: 1,
        maxItems: 500,
        uniqueItems: true,
        description: 'The reports',
      }),
      ...asked,
    },
    { ...closed, description: 'A selection of reports to close, for one reason' },
  ),
)
export type ClosureRequest = Static<typeof ClosureRequest>

export const ClosureApproval = component(
  'ClosureApproval',
  Type.Object(
    {
      approved: Type.Optional(
        Type.Boolean({ description: 'Close them, which is meant if not said, or not' }),
      ),
      reason: Type.Optional(text(1, 2000, 'Why; needed to refuse')),
    },
    { ...closed, description: 'May be left out' },
  ),
)
export type ClosureApproval = Static<typeof ClosureApproval>

export const closureStatuses = ['pending', 'closed', 'withdrawn', 'refused'] as const
/** Why a report of the selection is not closed, as its own PATCH would be refused. */
export const closureRefusals = [
  'not-found',
  'forbidden',
  'invalid-transition',
  'conflict',
  'precondition-failed',
  'gone',
] as const

const ClosureReport = Type.Object(
  {
    id: id('The report'),
    status: oneOf(
      closureStatuses,
      'pending: waits for a supervisor; closed; withdrawn: a supervisor refused; refused: its own rules keep it open',
    ),
    code: Type.Optional(
      oneOf(
        closureRefusals,
        'Of a refused one: not to be seen, not for this role, no such move or something lacks, waits in another selection already, changed since it was selected, or its key is destroyed',
      ),
    ),
  },
  { ...closed, description: 'A report of the selection' },
)
export type ClosureReport = Static<typeof ClosureReport>

export const Closure = component(
  'Closure',
  Type.Object(
    {
      id: id('The selection'),
      ...asked,
      by: ref(NamedPerson),
      on: day('UTC day on which it was asked for'),
      status: oneOf(['pending', 'decided'], 'Whether any of them waits for a supervisor'),
      reports: Type.Array(ClosureReport, { description: 'What became of each that may be seen' }),
    },
    { ...closed, description: 'A selection of reports to close' },
  ),
)
export type Closure = Static<typeof Closure>

/** As it is sealed with each report: who asked for what, and of which version of it. */
export const SealedClosure = Type.Object(
  {
    id: id('The selection'),
    ...asked,
    by: id('Who asked'),
    on: day('UTC day'),
    version: Type.Integer({
      minimum: 1,
      description: 'The version of the report that was selected, or closed',
    }),
    status: oneOf(['pending', 'closed', 'withdrawn'], 'How it stands'),
  },
  closed,
)
export type SealedClosure = Static<typeof SealedClosure>
