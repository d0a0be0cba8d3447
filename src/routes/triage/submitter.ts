import type { Triage } from '../../domain/triage/triage.ts'
import { personOf } from '../../plugins/authentication.ts'
import { ref } from '../../schemas/component.ts'
import { exampleSubmitter } from '../../schemas/exampleSubmissions.ts'
import { ReasonHeaders } from '../../schemas/headers.ts'
import { problems, withExample } from '../../schemas/responses.ts'
import { Submitter } from '../../schemas/submissions.ts'
import type { Scope } from '../../scope.ts'
import { OfReport, staffCall, whenReading } from './call.ts'
import { reasonIsMissing } from './reports.ts'

/** GET /v1/triage/reports/{id}/submitter: who shared a report in. Never without a reason, which is recorded. */
export function readSubmitter(app: Scope, triage: Triage): void {
  app.get(
    '/v1/triage/reports/:id/submitter',
    {
      config: { permission: 'reports.submitter' },
      schema: {
        ...staffCall(
          'getSubmitter',
          'reports.submitter',
          'Open who shared it in',
          'Recorded with `Audit-Reason`, without which it is refused. 404 of what the public reported.',
        ),
        params: OfReport,
        headers: ReasonHeaders,
        response: {
          200: withExample(ref(Submitter), exampleSubmitter),
          ...problems(...whenReading),
        },
      },
    },
    async (request) => {
      const reason = request.headers['audit-reason']
      if (reason === undefined) throw reasonIsMissing()
      return triage.submitter(personOf(request), request.params.id, reason)
    },
  )
}
