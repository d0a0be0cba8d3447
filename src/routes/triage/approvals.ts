import type { Triage } from '../../domain/triage/triage.ts'
import { personOf } from '../../plugins/authentication.ts'
import { WaitingList } from '../../schemas/approvals.ts'
import { ref } from '../../schemas/component.ts'
import { exampleClosure, exampleItem, exampleSummary } from '../../schemas/examples.ts'
import { problems, withExample } from '../../schemas/responses.ts'
import { SetAsidePaging } from '../../schemas/setAside.ts'
import type { Scope } from '../../scope.ts'
import { staffCall } from './call.ts'

/** GET /v1/triage/approvals: what waits for a second person. */
export function listApprovals(app: Scope, triage: Triage): void {
  app.get(
    '/v1/triage/approvals',
    {
      config: { permission: 'approvals.list' },
      schema: {
        ...staffCall(
          'listApprovals',
          'approvals.list',
          'What waits for a second person',
          'Of reports that you may open, urgent disseminations first. Changes that wait are in the list by `pending`.',
        ),
        querystring: SetAsidePaging,
        response: {
          200: withExample(ref(WaitingList), {
            items: [
              {
                kind: 'item',
                id: exampleItem.id,
                report: exampleSummary.id,
                by: exampleClosure.by,
                on: exampleClosure.on,
              },
            ],
          }),
          ...problems('validation', 'unauthorized', 'forbidden', 'not-acceptable', 'not-ready'),
        },
      },
    },
    async (request) => triage.waiting(personOf(request), request.query),
  )
}
