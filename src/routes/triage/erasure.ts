import { Type } from 'typebox'
import { storeWith } from '../../domain/calls/storeAnswer.ts'
import { erasurePath } from '../../domain/triage/erasure.ts'
import type { Triage } from '../../domain/triage/triage.ts'
import { personOf } from '../../plugins/authentication.ts'
import { answerSealer } from '../../plugins/idempotency.ts'
import { ref } from '../../schemas/component.ts'
import { Erasure, ErasureApproval, ErasureRequest } from '../../schemas/erasure.ts'
import { exampleErasure, exampleErasureRequest } from '../../schemas/examples.ts'
import { CreatedHeaders, IdempotencyHeaders, VersionHeaders } from '../../schemas/headers.ts'
import { nothing, problems, withExample, withHeaders } from '../../schemas/responses.ts'
import type { Scope } from '../../scope.ts'
import { versioned } from './assessment.ts'
import { OfReport, staffCall, whenReading, whenWriting } from './call.ts'

const path = '/v1/triage/reports/:id/erasure'
const answer = withExample(withHeaders(ref(Erasure), VersionHeaders), exampleErasure)

/** GET, POST and DELETE …/erasure, POST …/erasure/approval: what a court or the law takes away. */
export function eraseByLaw(app: Scope, { erasures }: Triage): void {
  app.get(
    path,
    {
      config: { permission: 'erasure.read' },
      schema: {
        ...staffCall('getErasure', 'erasure.read', 'How an erasure stands', 'Recorded as a consultation.'),
        params: OfReport,
        response: { 200: answer, ...problems(...whenReading) },
      },
    },
    async (request, reply) => versioned(reply, await erasures.find(personOf(request), request.params.id)),
  )
  app.post(
    path,
    {
      config: { permission: 'erasure.decide', idempotentAs: 'requestErasure' },
      schema: {
        ...staffCall(
          'createErasure',
          'erasure.decide',
          'Demand that a report be erased, as the law does',
          'Waits for another supervisor. Under a legal hold or known proceedings only a court order does (`conflict`). Ground, reference and reason are kept sealed, and go with the report.',
        ),
        params: OfReport,
        headers: IdempotencyHeaders,
        body: withExample(ref(ErasureRequest), exampleErasureRequest),
        response: {
          201: withExample(
            withHeaders(ref(Erasure), { ...VersionHeaders, ...CreatedHeaders }),
            exampleErasure,
          ),
          ...problems(...whenWriting, 'idempotency-mismatch', 'conflict'),
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const store = storeWith(answerSealer(request, 201))
      const erasure = await erasures.request(personOf(request), id, request.body, store)
      return versioned(reply.code(201).header('location', erasurePath(id)), erasure)
    },
  )
  app.post(
    `${path}/approval`,
    {
      config: { permission: 'erasure.decide' },
      schema: {
        ...staffCall(
          'decideErasure',
          'erasure.decide',
          'Approve that a report be erased',
          'Never by whoever demanded it: persons are compared, not tokens. In the coming night everything of the report is destroyed, keys first, without grace; what remains is an erasure record. The same again changes nothing.',
        ),
        params: OfReport,
        body: withExample(Type.Unsafe<unknown>({ anyOf: [ref(ErasureApproval), { type: 'null' }] }), {
          approved: true,
        }),
        response: { 200: answer, ...problems(...whenWriting, 'four-eyes', 'conflict') },
      },
    },
    async (request, reply) => versioned(reply, await erasures.approve(personOf(request), request.params.id)),
  )
  app.delete(
    path,
    {
      config: { permission: 'erasure.decide' },
      schema: {
        ...staffCall(
          'deleteErasure',
          'erasure.decide',
          'Withdraw an erasure',
          'By any supervisor, until the night that destroys. The same again changes nothing.',
        ),
        params: OfReport,
        response: { 204: nothing('Withdrawn'), ...problems(...whenReading) },
      },
    },
    async (request, reply) => {
      await erasures.withdraw(personOf(request), request.params.id)
      return reply.code(204).send(undefined)
    },
  )
}
