import { Type } from 'typebox'
import type { Triage } from '../../domain/triage/triage.ts'
import { personOf, whoMay } from '../../plugins/authentication.ts'
import { ref } from '../../schemas/component.ts'
import { exampleReport, exampleSummary } from '../../schemas/examples.ts'
import { ReasonHeaders } from '../../schemas/headers.ts'
import { problems, withExample, withHeaders } from '../../schemas/responses.ts'
import { staffSecurity } from '../../schemas/security.ts'
import { id } from '../../schemas/text.ts'
import { OpenedReport, ReportFilters, ReportList } from '../../schemas/triage.ts'
import type { Scope } from '../../scope.ts'
import { invalid } from '../../vocabulary/faults.ts'

const version = Type.String({ description: 'The version in quotes, for If-Match' })
const door = ['unauthorized', 'forbidden', 'not-acceptable', 'not-ready'] as const

/** GET /v1/triage/reports: one page of the reports that the bearer may see. */
export function listReports(app: Scope, triage: Triage): void {
  app.get(
    '/v1/triage/reports',
    {
      config: { permission: 'reports.list' },
      schema: {
        operationId: 'listReports',
        summary: 'Reports to work on',
        description: `${whoMay('reports.list')} By priority, then day, newest first, unless \`sort=received\`. Supervisors see that a restricted report is there while it names nobody, unless they filter by what its stub does not show.`,
        security: staffSecurity,
        querystring: ReportFilters,
        response: {
          200: withExample(ref(ReportList), { items: [exampleSummary] }),
          ...problems('validation', ...door),
        },
      },
    },
    async (request) => triage.list(personOf(request), request.query),
  )
}

/** GET /v1/triage/reports/{id}: one report, opened. The reading is recorded before it is answered. */
export function consultReport(app: Scope, triage: Triage, requireReason: boolean): void {
  app.get(
    '/v1/triage/reports/:id',
    {
      config: { permission: 'reports.consult' },
      schema: {
        operationId: 'getReport',
        summary: 'Open a report',
        description: `${whoMay('reports.consult')} Recorded as a consultation, with the reason in \`Audit-Reason\`, which a deployment may require (\`REQUIRE_REASON\`).`,
        security: staffSecurity,
        params: Type.Object({ id: id('The report') }),
        headers: ReasonHeaders,
        response: {
          200: withExample(withHeaders(ref(OpenedReport), { ETag: version }), {
            ...exampleSummary,
            conflictOfInterest: [],
            restrictedTo: [],
            reviewGroup: 'unassessed',
            deconfliction: 'not-needed',
            proposals: [
              {
                field: 'priority',
                value: 'medium',
                reason: 'Usual for the category Misuse of property: medium.',
              },
            ],
            referrals: [],
            disclosureRequests: [],
            proceedingsKnown: false,
            closeReason: null,
            pending: [],
            moves: [{ to: 'screening', allowed: true, missing: [] }],
            report: exampleReport,
          }),
          ...problems('validation', 'not-found', 'gone', ...door),
        },
      },
    },
    async (request, reply) => {
      const reason = request.headers['audit-reason']
      if (requireReason && reason === undefined) throw reasonIsMissing()
      const report = await triage.consult(personOf(request), request.params.id, reason)
      return reply.header('etag', `"${report.version}"`).send(report)
    },
  )
}

export function reasonIsMissing() {
  return invalid('header:audit-reason', 'required', 'must be present: say in Audit-Reason why you open it')
}
