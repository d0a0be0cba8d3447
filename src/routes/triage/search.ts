import type { Triage } from '../../domain/triage/triage.ts'
import { personOf } from '../../plugins/authentication.ts'
import { ref } from '../../schemas/component.ts'
import { exampleSummary } from '../../schemas/examples.ts'
import { ReasonHeaders } from '../../schemas/headers.ts'
import { problems, withExample } from '../../schemas/responses.ts'
import { ReportSearch, SearchPage } from '../../schemas/search.ts'
import type { Scope } from '../../scope.ts'
import { staffCall, whenWriting } from './call.ts'

/** POST /v1/triage/reports/search: finds text in sealed reports. A POST, so that no search text is in an address. */
export function searchReports(app: Scope, { search }: Triage): void {
  // By then nobody searches any more.
  app.addHook('onClose', () => search.end())
  app.post(
    '/v1/triage/reports/search',
    {
      config: { permission: 'reports.search' },
      schema: {
        ...staffCall(
          'searchReports',
          'reports.search',
          'Find text in reports',
          'Opens one report after the other, in the order of the list, for some two seconds at most: an answer may hold few items or none and still have a `nextCursor`. Recorded as a consultation, with what was looked for and found, sealed.',
        ),
        headers: ReasonHeaders,
        body: withExample(ref(ReportSearch), { q: 'marrow "white van"', status: ['received', 'screening'] }),
        response: {
          200: withExample(ref(SearchPage), {
            items: [{ ...exampleSummary, matches: [{ pointer: '/narrative', start: 12, end: 18 }] }],
            searched: 1204,
            of: 1204,
          }),
          ...problems(...whenWriting),
        },
      },
    },
    async (request) => search(personOf(request), request.body, request.headers['audit-reason']),
  )
}
