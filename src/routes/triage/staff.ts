import { Type } from 'typebox'
import type { staffList } from '../../domain/staff/staffList.ts'
import { personOf } from '../../plugins/authentication.ts'
import { component, ref } from '../../schemas/component.ts'
import { examplePersonId } from '../../schemas/examples.ts'
import { problems, withExample } from '../../schemas/responses.ts'
import { id, nullable, oneOf } from '../../schemas/text.ts'
import { agencySlug } from '../../schemas/triage.ts'
import type { Scope } from '../../scope.ts'
import type { Person } from '../../vocabulary/person.ts'
import { staffRoles } from '../../vocabulary/roles.ts'
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
            role: oneOf(staffRoles, 'Role'),
            agency: nullable(agencySlug('Slug'), 'Agency, if they have one'),
            expires: Type.Optional(
              nullable(
                Type.String({ format: 'date-time' }),
                'To admins: when their last token of this role stops working; null where their login service decides',
              ),
            ),
          },
          { additionalProperties: false },
        ),
      ),
    },
    { additionalProperties: false, description: 'People, by what they get in as' },
  ),
)

/** GET /v1/triage/staff: people who can be given a report; to admins, everybody who gets in. */
export function listStaff(app: Scope, list: (asker: Person) => ReturnType<typeof staffList>): void {
  app.get(
    '/v1/triage/staff',
    {
      config: { permission: 'staff.list' },
      schema: {
        ...staffCall(
          'listStaff',
          'staff.list',
          'People who can be assigned',
          'Admins see everybody who gets in, once for each role and agency, with the expiry of their last token.',
        ),
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
    async (request) => ({ items: await list(personOf(request)) }),
  )
}
