import { Type } from 'typebox'
import { storeWith } from '../../domain/calls/storeAnswer.ts'
import type { PartnerDesk } from '../../domain/sharing/partner.ts'
import { personOf } from '../../plugins/authentication.ts'
import { answerSealer } from '../../plugins/idempotency.ts'
import { Paging } from '../../schemas/casework.ts'
import { ref } from '../../schemas/component.ts'
import { exampleDissemination, exampleOutcome, exampleOutcomeDraft } from '../../schemas/examples.ts'
import { IdempotencyHeaders, ReplayHeaders } from '../../schemas/headers.ts'
import { problems, withExample, withHeaders } from '../../schemas/responses.ts'
import {
  Dissemination,
  DisseminationList,
  Outcome,
  OutcomeDraft,
  OutcomeList,
} from '../../schemas/sharing.ts'
import { id } from '../../schemas/text.ts'
import type { Scope } from '../../scope.ts'
import { productTypes, sendProduct } from '../productPage.ts'
import { staffCall, whenReading, whenWriting } from '../triage/call.ts'

const list = '/v1/partner/disseminations'
const one = `${list}/:disseminationId` as const
const OfDissemination = Type.Object({ disseminationId: id('The dissemination') })
const answer = withExample(ref(Dissemination), exampleDissemination)

/** GET /v1/partner/disseminations and /{disseminationId}: what was sent to the bearer's agency. */
export function readProducts(app: Scope, desk: PartnerDesk): void {
  app.get(
    list,
    {
      config: { permission: 'partner.read' },
      schema: {
        ...staffCall(
          'listProducts',
          'partner.read',
          'What was sent to your agency',
          'The newest first; what was recalled or has expired is not there.',
        ),
        querystring: Paging,
        response: {
          200: withExample(ref(DisseminationList), { items: [exampleDissemination] }),
          ...problems(...whenReading),
        },
      },
    },
    async (request) => desk.list(personOf(request), request.query),
  )
  app.get(
    one,
    {
      config: { permission: 'partner.read', produces: productTypes },
      schema: {
        ...staffCall(
          'getProduct',
          'partner.read',
          'One product',
          '410 once it was recalled or has expired. With `Accept: text/markdown` it comes as a page to print.',
        ),
        params: OfDissemination,
        response: { 200: answer, ...problems(...whenReading, 'gone') },
      },
    },
    async (request, reply) =>
      sendProduct(request, reply, await desk.get(personOf(request), request.params.disseminationId)),
  )
}

/** POST …/acknowledgement, GET and POST …/outcomes: the agency's answer. */
export function answerProducts(app: Scope, desk: PartnerDesk): void {
  app.post(
    `${one}/acknowledgement`,
    {
      config: { permission: 'partner.answer' },
      schema: {
        ...staffCall(
          'acknowledgeProduct',
          'partner.answer',
          'Say that it was received',
          'The same again changes nothing.',
        ),
        params: OfDissemination,
        response: { 200: answer, ...problems(...whenReading, 'gone') },
      },
    },
    async (request) => desk.acknowledge(personOf(request), request.params.disseminationId),
  )
  app.get(
    `${one}/outcomes`,
    {
      config: { permission: 'partner.read' },
      schema: {
        ...staffCall('listProductOutcomes', 'partner.read', 'What your agency answered'),
        params: OfDissemination,
        querystring: Paging,
        response: {
          200: withExample(ref(OutcomeList), { items: [exampleOutcome] }),
          ...problems(...whenReading, 'gone'),
        },
      },
    },
    async (request) => desk.outcomes(personOf(request), request.params.disseminationId, request.query),
  )
  app.post(
    `${one}/outcomes`,
    {
      config: { permission: 'partner.answer', idempotentAs: 'answerProduct' },
      schema: {
        ...staffCall('createProductOutcome', 'partner.answer', 'Say what came of it'),
        params: OfDissemination,
        headers: IdempotencyHeaders,
        body: withExample(ref(OutcomeDraft), exampleOutcomeDraft),
        response: {
          201: withExample(withHeaders(ref(Outcome), ReplayHeaders), exampleOutcome),
          ...problems(...whenWriting, 'idempotency-mismatch', 'gone'),
        },
      },
    },
    async (request, reply) => {
      const store = storeWith(answerSealer(request, 201))
      return reply
        .code(201)
        .send(await desk.answer(personOf(request), request.params.disseminationId, request.body, store))
    },
  )
}
