import { Type } from 'typebox'
import { storeWith } from '../../domain/calls/storeAnswer.ts'
import { type Disseminations, disseminationPath } from '../../domain/sharing/disseminations.ts'
import { personOf } from '../../plugins/authentication.ts'
import { answerSealer } from '../../plugins/idempotency.ts'
import { Approval, Paging } from '../../schemas/casework.ts'
import { ref } from '../../schemas/component.ts'
import { exampleDisseminationDraft, exampleStaffDissemination } from '../../schemas/examples.ts'
import { CreatedHeaders, IdempotencyHeaders, ReasonHeaders } from '../../schemas/headers.ts'
import { problems, withExample, withHeaders } from '../../schemas/responses.ts'
import { DisseminationDraft, StaffDissemination, StaffDisseminationList } from '../../schemas/sharing.ts'
import { id } from '../../schemas/text.ts'
import type { Scope } from '../../scope.ts'
import { productTypes, sendProduct } from '../productPage.ts'
import { OfReport, staffCall, whenReading, whenWriting } from './call.ts'

const list = '/v1/triage/reports/:id/disseminations'
const one = `${list}/:disseminationId` as const
const OfDissemination = Type.Object({ id: id('The report'), disseminationId: id('The dissemination') })
const answer = withExample(ref(StaffDissemination), exampleStaffDissemination)

/** GET …/disseminations and …/{disseminationId}: what went where. */
export function readDisseminations(app: Scope, disseminations: Disseminations): void {
  app.get(
    list,
    {
      config: { permission: 'disseminations.read' },
      schema: {
        ...staffCall(
          'listDisseminations',
          'disseminations.read',
          'What went where',
          'Urgent ones whose review is overdue come first.',
        ),
        params: OfReport,
        querystring: Paging,
        response: {
          200: withExample(ref(StaffDisseminationList), { items: [exampleStaffDissemination] }),
          ...problems(...whenReading, 'gone'),
        },
      },
    },
    async (request) => disseminations.list(personOf(request), request.params.id, request.query),
  )
  app.get(
    one,
    {
      config: { permission: 'disseminations.read', produces: productTypes },
      schema: {
        ...staffCall(
          'getDissemination',
          'disseminations.read',
          'One dissemination',
          'With `Accept: text/markdown` it comes as a page to print.',
        ),
        params: OfDissemination,
        response: { 200: answer, ...problems(...whenReading, 'gone') },
      },
    },
    async (request, reply) => {
      const { id: reportId, disseminationId } = request.params
      return sendProduct(
        request,
        reply,
        await disseminations.get(personOf(request), reportId, disseminationId),
      )
    },
  )
}

/** POST …/disseminations: sends approved items to an agency. */
export function disseminate(app: Scope, disseminations: Disseminations): void {
  app.post(
    list,
    {
      config: { permission: 'disseminations.send', idempotentAs: 'disseminate' },
      schema: {
        ...staffCall(
          'createDissemination',
          'disseminations.send',
          'Send approved items to an agency',
          'Triagers only with `urgent`: one item before its approval, to law-enforcement or safeguarding, where somebody may be in danger. Telephone the police or children’s services first. Somebody else reviews it within 24 hours.',
        ),
        params: OfReport,
        headers: IdempotencyHeaders,
        body: withExample(ref(DisseminationDraft), exampleDisseminationDraft),
        response: {
          201: withExample(withHeaders(ref(StaffDissemination), CreatedHeaders), exampleStaffDissemination),
          ...problems(
            ...whenWriting,
            'idempotency-mismatch',
            'not-approved',
            'not-clear',
            'invalid-transition',
            'conflict',
          ),
        },
      },
    },
    async (request, reply) => {
      const { id: reportId } = request.params
      const store = storeWith(answerSealer(request, 201))
      const sent = await disseminations.send(personOf(request), reportId, request.body, store)
      return reply.code(201).header('location', disseminationPath(reportId, sent.id)).send(sent)
    },
  )
}

/** POST …/{disseminationId}/recall and …/{disseminationId}/approval: takes one back; reviews an urgent one afterwards. */
export function reviewDisseminations(app: Scope, disseminations: Disseminations): void {
  app.post(
    `${one}/recall`,
    {
      config: { permission: 'disseminations.recall' },
      schema: {
        ...staffCall(
          'recallDissemination',
          'disseminations.recall',
          'Take a dissemination back',
          'The agency’s access ends; the record stays. The same again changes nothing.',
        ),
        params: OfDissemination,
        headers: ReasonHeaders,
        response: { 200: answer, ...problems(...whenReading, 'gone') },
      },
    },
    async (request) => {
      const { id: reportId, disseminationId } = request.params
      return disseminations.recall(
        personOf(request),
        reportId,
        disseminationId,
        request.headers['audit-reason'],
      )
    },
  )
  app.post(
    `${one}/approval`,
    {
      config: { permission: 'disseminations.review' },
      schema: {
        ...staffCall(
          'decideDissemination',
          'disseminations.review',
          'Review an urgent dissemination',
          'By somebody who did not send it. A refusal recalls it.',
        ),
        params: OfDissemination,
        body: withExample(ref(Approval), { approved: true }),
        response: { 200: answer, ...problems(...whenWriting, 'four-eyes', 'conflict', 'gone') },
      },
    },
    async (request) => {
      const { id: reportId, disseminationId } = request.params
      return disseminations.review(personOf(request), reportId, disseminationId, request.body)
    },
  )
}
