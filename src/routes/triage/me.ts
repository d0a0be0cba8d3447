import { personOf, whoMay } from '../../plugins/authentication.ts'
import { ref } from '../../schemas/component.ts'
import { examplePersonId } from '../../schemas/examples.ts'
import { problems, withExample } from '../../schemas/responses.ts'
import { staffSecurity } from '../../schemas/security.ts'
import { Me } from '../../schemas/triage.ts'
import type { Scope } from '../../scope.ts'

/** GET /v1/triage/me: who the bearer is. */
export function readMe(app: Scope): void {
  app.get(
    '/v1/triage/me',
    {
      config: { permission: 'me.read' },
      schema: {
        operationId: 'getMe',
        summary: 'Who am I?',
        description: whoMay('me.read'),
        security: staffSecurity,
        response: {
          200: withExample(ref(Me), {
            id: examplePersonId,
            name: 'Ada',
            role: 'supervisor',
            agency: 'community-safety',
            expires: '2027-02-22T09:00:00.000Z',
          }),
          ...problems('unauthorized', 'not-acceptable', 'not-ready'),
        },
      },
    },
    async (request) => {
      const { id, name, role, agency, expires } = personOf(request)
      return { id, name, role, agency, expires: expires.toISOString() }
    },
  )
}
