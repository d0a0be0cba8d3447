import { Type } from 'typebox'
import { storeWith } from '../../domain/calls/storeAnswer.ts'
import type { ReportEntities } from '../../domain/links/entities.ts'
import { personOf } from '../../plugins/authentication.ts'
import { answerSealer } from '../../plugins/idempotency.ts'
import { ref } from '../../schemas/component.ts'
import { ConfirmedEntity, EntityDraft, EntityList } from '../../schemas/entities.ts'
import { exampleEntity, exampleFoundEntity } from '../../schemas/examples.ts'
import { IdempotencyHeaders, ReplayHeaders } from '../../schemas/headers.ts'
import { nothing, problems, withExample, withHeaders } from '../../schemas/responses.ts'
import { id } from '../../schemas/text.ts'
import type { Scope } from '../../scope.ts'
import { OfReport, staffCall, whenReading, whenWriting } from './call.ts'

const list = '/v1/triage/reports/:id/entities'
const OfEntity = Type.Object({ id: id('The report'), entityId: id('The confirmed thing') })

/** GET and POST …/entities, DELETE …/entities/{entityId}: things that a report's text names, confirmed by people. */
export function confirmEntities(app: Scope, entities: ReportEntities): void {
  app.get(
    list,
    {
      config: { permission: 'entities.read' },
      schema: {
        ...staffCall(
          'listEntities',
          'entities.read',
          'Things named in the text',
          'What staff confirmed, and what was found in the text just now. Recorded as a consultation.',
        ),
        params: OfReport,
        response: {
          200: withExample(ref(EntityList), { items: [exampleEntity], found: [exampleFoundEntity] }),
          ...problems(...whenReading, 'gone'),
        },
      },
    },
    async (request) => entities.list(personOf(request), request.params.id),
  )
  app.post(
    list,
    {
      config: { permission: 'entities.write', idempotentAs: 'confirmEntity' },
      schema: {
        ...staffCall(
          'confirmEntity',
          'entities.write',
          'Confirm a thing named in the text',
          'Sealed and signed. It links to other reports from then on, as what the reporter named.',
        ),
        params: OfReport,
        headers: IdempotencyHeaders,
        body: withExample(ref(EntityDraft), exampleFoundEntity),
        response: {
          201: withExample(withHeaders(ref(ConfirmedEntity), ReplayHeaders), exampleEntity),
          ...problems(...whenWriting, 'idempotency-mismatch', 'limit-reached', 'conflict', 'gone'),
        },
      },
    },
    async (request, reply) => {
      const store = storeWith(answerSealer(request, 201))
      return reply
        .code(201)
        .send(await entities.confirm(personOf(request), request.params.id, request.body, store))
    },
  )
  app.delete(
    `${list}/:entityId`,
    {
      config: { permission: 'entities.write' },
      schema: {
        ...staffCall(
          'deleteEntity',
          'entities.write',
          'Withdraw a confirmed thing',
          'Links that were proposed for it go; those that a person decided stay. The record keeps what it was.',
        ),
        params: OfEntity,
        response: { 204: nothing('Withdrawn'), ...problems(...whenReading) },
      },
    },
    async (request, reply) => {
      await entities.withdraw(personOf(request), request.params.id, request.params.entityId)
      return reply.code(204).send(undefined)
    },
  )
}
