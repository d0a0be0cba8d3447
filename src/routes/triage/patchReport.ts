import { Type } from 'typebox'
import type { Triage } from '../../domain/triage/triage.ts'
import { personOf } from '../../plugins/authentication.ts'
import { CaseView, type CaseView as CaseViewType, ReportPatch } from '../../schemas/casework.ts'
import { ref } from '../../schemas/component.ts'
import { exampleCase, exampleWaitingCase } from '../../schemas/examples.ts'
import { IfMatchHeaders, mergePatchTypes, VersionHeaders } from '../../schemas/headers.ts'
import { problems, withExample, withHeaders } from '../../schemas/responses.ts'
import { RestrictedReport, type RestrictedReport as RestrictedReportType } from '../../schemas/triage.ts'
import type { Scope } from '../../scope.ts'
import { OfReport, staffCall, whenConditional, whenWriting } from './call.ts'

const viewOrStub = Type.Unsafe<CaseViewType | RestrictedReportType>({
  anyOf: [ref(CaseView), ref(RestrictedReport)],
})

/** PATCH /v1/triage/reports/{id}: changes a report's own fields and its status. */
export function patchReport(app: Scope, triage: Triage): void {
  app.patch(
    '/v1/triage/reports/:id',
    {
      config: { permission: 'reports.patch' },
      schema: {
        ...staffCall(
          'updateReport',
          'reports.patch',
          'Change a report',
          'A JSON merge patch: null clears. Only listed moves of the status are allowed (docs/triage.md). Whoever may see only the stub of a restricted report may change `restrictedTo` alone, with a reason. What lets a report go sooner, hides or shows it takes two supervisors: the first is answered 202, and what waits stands in `pending` until another sends the same value. The value that the field has withdraws it.',
        ),
        params: OfReport,
        consumes: mergePatchTypes,
        headers: IfMatchHeaders,
        body: withExample(ref(ReportPatch), { status: 'screening', reason: 'Starting work' }),
        response: {
          200: withExample(withHeaders(viewOrStub, VersionHeaders), exampleCase),
          202: withExample(withHeaders(viewOrStub, VersionHeaders), exampleWaitingCase),
          ...problems(...whenWriting, ...whenConditional, 'invalid-transition'),
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const ifMatch = request.headers['if-match']
      const { report, waits } = await triage.patch(personOf(request), id, ifMatch, request.body)
      return reply
        .code(waits ? 202 : 200)
        .header('etag', `"${report.version}"`)
        .send(report)
    },
  )
}
