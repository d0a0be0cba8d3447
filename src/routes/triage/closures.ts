import { Type } from 'typebox'
import { storeWith } from '../../domain/calls/storeAnswer.ts'
import { closurePath } from '../../domain/triage/closures.ts'
import type { Triage } from '../../domain/triage/triage.ts'
import { personOf } from '../../plugins/authentication.ts'
import { answerSealer } from '../../plugins/idempotency.ts'
import { Closure, ClosureApproval, ClosureRequest } from '../../schemas/closures.ts'
import { ref } from '../../schemas/component.ts'
import { exampleClosure } from '../../schemas/examples.ts'
import { CreatedHeaders, IdempotencyHeaders } from '../../schemas/headers.ts'
import { problems, withExample, withHeaders } from '../../schemas/responses.ts'
import { id } from '../../schemas/text.ts'
import type { Scope } from '../../scope.ts'
import { staffCall, whenReading, whenWriting } from './call.ts'

const all = '/v1/triage/reports/closures'
const one = `${all}/:closureId` as const
const OfClosure = Type.Object({ closureId: id('The selection') })

/** POST /v1/triage/reports/closures; GET …/{closureId}; POST …/{closureId}/approval: many reports closed by two. */
export function closeSelections(app: Scope, { closures }: Triage): void {
  app.post(
    all,
    {
      config: { permission: 'closures.request', idempotentAs: 'createClosure' },
      schema: {
        ...staffCall(
          'createClosure',
          'closures.request',
          'Close a selection of reports',
          'Once a supervisor who is another person confirms. Each report’s own rules hold, now and then: what cannot be closed is `refused` with the code that its PATCH would have. One that is changed meanwhile stays open.',
        ),
        headers: IdempotencyHeaders,
        body: withExample(ref(ClosureRequest), {
          ids: exampleClosure.reports.map((report) => report.id),
          closeReason: exampleClosure.closeReason,
          rationale: exampleClosure.rationale,
        }),
        response: {
          201: withExample(withHeaders(ref(Closure), CreatedHeaders), exampleClosure),
          ...problems(...whenWriting, 'idempotency-mismatch'),
        },
      },
    },
    async (request, reply) => {
      const closure = await closures.request(
        personOf(request),
        request.body,
        storeWith(answerSealer(request, 201)),
      )
      if (closure.status === 'pending') reply.header('location', closurePath(closure.id))
      return reply.code(201).send(closure)
    },
  )
  app.get(
    one,
    {
      config: { permission: 'closures.read' },
      schema: {
        ...staffCall(
          'getClosure',
          'closures.read',
          'A selection of reports to close',
          'Without those that may not be seen. Recorded as a consultation.',
        ),
        params: OfClosure,
        response: { 200: withExample(ref(Closure), exampleClosure), ...problems(...whenReading) },
      },
    },
    async (request) => closures.find(personOf(request), request.params.closureId),
  )
  app.post(
    `${one}/approval`,
    {
      config: { permission: 'closures.decide' },
      schema: {
        ...staffCall(
          'decideClosure',
          'closures.decide',
          'Confirm or refuse that a selection is closed',
          'Confirmed never by whoever asked: persons are compared, not tokens. The same again changes nothing.',
        ),
        params: OfClosure,
        body: withExample(
          Type.Unsafe<ClosureApproval | null>({ anyOf: [ref(ClosureApproval), { type: 'null' }] }),
          {
            approved: true,
          },
        ),
        response: {
          200: withExample(ref(Closure), exampleClosure),
          ...problems(...whenWriting, 'four-eyes', 'conflict'),
        },
      },
    },
    async (request) => closures.decide(personOf(request), request.params.closureId, request.body ?? {}),
  )
}
