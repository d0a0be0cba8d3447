import type { Triage } from '../../domain/triage/triage.ts'
import { personOf } from '../../plugins/authentication.ts'
import { ref } from '../../schemas/component.ts'
import { exampleSummary } from '../../schemas/examples.ts'
import { problems, withExample } from '../../schemas/responses.ts'
import { SetAsideList, SetAsidePaging } from '../../schemas/setAside.ts'
import type { Scope } from '../../scope.ts'
import { staffCall } from './call.ts'

/** GET /v1/triage/reports/set-aside: what lies in the box, or lay there, with the id of another report. */
export function listSetAside(app: Scope, triage: Triage): void {
  app.get(
    '/v1/triage/reports/set-aside',
    {
      config: { permission: 'reports.set-aside' },
      schema: {
        ...staffCall(
          'listSetAside',
          'reports.set-aside',
          'Reports that were set aside',
          'Rows of the box that met another of the same id. They count for nothing: the report that is in work, or came on an earlier day, is the one. Somebody may have written into the database, or have taken over the public side.',
        ),
        querystring: SetAsidePaging,
        response: {
          200: withExample(ref(SetAsideList), {
            items: [{ id: exampleSummary.id, receivedOn: exampleSummary.receivedOn }],
          }),
          ...problems('validation', 'unauthorized', 'forbidden', 'not-acceptable', 'not-ready'),
        },
      },
    },
    async (request) => triage.setAside(personOf(request), request.query),
  )
}
