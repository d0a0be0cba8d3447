import { Type } from 'typebox'
import { reportStatuses } from '../vocabulary/statuses.ts'
import { conditionNames } from '../vocabulary/transitions.ts'
import { component } from './component.ts'
import { oneOf } from './text.ts'

/** Where a report may go from where it stands (contract section 3). */
export const Move = component(
  'Move',
  Type.Object(
    {
      to: oneOf(reportStatuses, 'Where it may go'),
      allowed: Type.Boolean({
        description: 'Whether this person may, with the status alone, move it there now',
      }),
      missing: Type.Array(oneOf(conditionNames, 'A condition'), {
        description:
          'What lacks. `close-reason` and `rationale` may come with the move: as `closeReason` and `reason`',
      }),
    },
    { additionalProperties: false, description: 'A move of the status that is listed' },
  ),
)
