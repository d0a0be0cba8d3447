import { Type } from 'typebox'
import type { AssignablePerson } from '../../domain/staff/assignable.ts'
import { component, ref } from '../../schemas/component.ts'
import { examplePersonId } from '../../schemas/examples.ts'
import { problems, withExample } from '../../schemas/responses.ts'
import { id, nullable, oneOf } from '../../schemas/text.ts'
import { agencySlug } from '../../schemas/triage.ts'
import type { Scope } from '../../scope.ts'
import { staffCall } from './call.ts'

const StaffList = component(
  'StaffList',
  Type.Object(
    {
      items: Type.Array(
        Type.Object(
          {
            id: id('The person'),
            name: Type.String({ description: 'Name' }),
            role: oneOf(['triager', 'supervisor', 'partner', 'auditor', 'admin'], 'Role'),
            agency: nullable(agencySlug('Slug'), 'Agency, if they have one'),
          },
          { additionalProperties: false },
        ),
      ),
    },
    { additionalProperties: false, description: 'People who can be assigned' },
  ),
)

/** GET /v1/triage/staff: people who can be given a report. */
export function listStaff(app: Scope, assignable: () => Promise<AssignablePerson[]>): void {
  app.get(
    '/v1/triage/staff',
    {
      config: { permission: 'staff.list' },
      schema: {
        ...staffCall('listStaff', 'staff.list', 'People who can be assigned'),
        response: {
          200: withExample(ref(StaffList), {
            items: [{ id: examplePersonId, name: 'Ada', role: 'triager', agency: 'community-safety' }],
          }),
          ...problems(
            'validation',
            'unauthorized',
            'forbidden',
            'not-acceptable',
            'rate-limited',
            'not-ready',
          ),
        },
      },
    },
    async () => ({ items: await assignable() }),
  )
}
