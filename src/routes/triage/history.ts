import type { Triage } from '../../domain/triage/triage.ts'
import { personOf } from '../../plugins/authentication.ts'
import { History, Paging } from '../../schemas/casework.ts'
import { ref } from '../../schemas/component.ts'
import { exampleHistory } from '../../schemas/examples.ts'
import { problems, withExample } from '../../schemas/responses.ts'
import type { Scope } from '../../scope.ts'
import { OfReport, staffCall, whenReading } from './call.ts'

/** GET …/history: who did what to a report. */
export function readHistory(app: Scope, { history }: Triage): void {
  app.get(
    '/v1/triage/reports/:id/history',
    {
      config: { permission: 'reports.history' },
      schema: {
        ...staffCall(
          'listHistory',
          'reports.history',
          'Who did what to a report',
          'Out of the audit trail, the earliest first. Recorded as a consultation.',
        ),
        params: OfReport,
        querystring: Paging,
        response: { 200: withExample(ref(History), exampleHistory), ...problems(...whenReading) },
      },
    },
    async (request) => history.list(personOf(request), request.params.id, request.query),
  )
}
