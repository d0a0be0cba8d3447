import { storeWith } from '../../domain/calls/storeAnswer.ts'
import type { ReportOutcomes } from '../../domain/sharing/reportOutcomes.ts'
import { personOf } from '../../plugins/authentication.ts'
import { answerSealer } from '../../plugins/idempotency.ts'
import { Paging } from '../../schemas/casework.ts'
import { ref } from '../../schemas/component.ts'
import { exampleOutcome, exampleOutcomeDraft } from '../../schemas/examples.ts'
import { IdempotencyHeaders, ReplayHeaders } from '../../schemas/headers.ts'
import { problems, withExample, withHeaders } from '../../schemas/responses.ts'
import { Outcome, OutcomeDraft, OutcomeList } from '../../schemas/sharing.ts'
import type { Scope } from '../../scope.ts'
import { OfReport, staffCall, whenReading, whenWriting } from './call.ts'

const path = '/v1/triage/reports/:id/outcomes'

/** GET and POST …/outcomes: what came of a report. */
export function recordOutcomes(app: Scope, outcomes: ReportOutcomes): void {
  app.get(
    path,
    {
      config: { permission: 'outcomes.read' },
      schema: {
        ...staffCall(
          'listOutcomes',
          'outcomes.read',
          'What came of a report',
          'Also what agencies answered. The earliest first.',
        ),
        params: OfReport,
        querystring: Paging,
        response: {
          200: withExample(ref(OutcomeList), { items: [exampleOutcome] }),
          ...problems(...whenReading, 'gone'),
        },
      },
    },
    async (request) => outcomes.list(personOf(request), request.params.id, request.query),
  )
  app.post(
    path,
    {
      config: { permission: 'outcomes.write', idempotentAs: 'addOutcome' },
      schema: {
        ...staffCall('createOutcome', 'outcomes.write', 'Record an outcome'),
        params: OfReport,
        headers: IdempotencyHeaders,
        body: withExample(ref(OutcomeDraft), exampleOutcomeDraft),
        response: {
          201: withExample(withHeaders(ref(Outcome), ReplayHeaders), exampleOutcome),
          ...problems(...whenWriting, 'idempotency-mismatch'),
        },
      },
    },
    async (request, reply) => {
      const store = storeWith(answerSealer(request, 201))
      return reply
        .code(201)
        .send(await outcomes.add(personOf(request), request.params.id, request.body, store))
    },
  )
}
