import { Type } from 'typebox'
import { storeWith } from '../../domain/calls/storeAnswer.ts'
import { itemPath } from '../../domain/triage/items.ts'
import type { Triage } from '../../domain/triage/triage.ts'
import { personOf } from '../../plugins/authentication.ts'
import { answerSealer } from '../../plugins/idempotency.ts'
import { Approval, Item, ItemDraft, ItemList, Paging } from '../../schemas/casework.ts'
import { ref } from '../../schemas/component.ts'
import { exampleItem, exampleItemDraft } from '../../schemas/examples.ts'
import { CreatedHeaders, IdempotencyHeaders, IfMatchHeaders, VersionHeaders } from '../../schemas/headers.ts'
import { problems, withExample, withHeaders } from '../../schemas/responses.ts'
import { id } from '../../schemas/text.ts'
import type { Scope } from '../../scope.ts'
import { versioned } from './assessment.ts'
import { OfReport, staffCall, whenConditional, whenReading, whenWriting } from './call.ts'

const list = '/v1/triage/reports/:id/items'
const one = `${list}/:itemId` as const
const OfItem = Type.Object({ id: id('The report'), itemId: id('The item') })
const answer = withExample(withHeaders(ref(Item), VersionHeaders), exampleItem)
const draft = withExample(ref(ItemDraft), exampleItemDraft)

/** GET …/items and …/items/{itemId}: what was sanitised of a report. */
export function readItems(app: Scope, { items }: Triage): void {
  app.get(
    list,
    {
      config: { permission: 'items.read' },
      schema: {
        ...staffCall('listItems', 'items.read', 'Sanitised items of a report', 'Each in its newest version.'),
        params: OfReport,
        querystring: Paging,
        response: {
          200: withExample(ref(ItemList), { items: [exampleItem] }),
          ...problems(...whenReading, 'gone'),
        },
      },
    },
    async (request) => items.list(personOf(request), request.params.id, request.query),
  )
  app.get(
    one,
    {
      config: { permission: 'items.read' },
      schema: {
        ...staffCall('getItem', 'items.read', 'One sanitised item', 'In its newest version.'),
        params: OfItem,
        response: { 200: answer, ...problems(...whenReading, 'gone') },
      },
    },
    async (request, reply) => {
      const { id: reportId, itemId } = request.params
      return versioned(reply, await items.get(personOf(request), reportId, itemId))
    },
  )
}

/** POST …/items and PUT …/items/{itemId}: writes what may be passed on. */
export function writeItems(app: Scope, { items }: Triage): void {
  app.post(
    list,
    {
      config: { permission: 'items.write', idempotentAs: 'createItem' },
      schema: {
        ...staffCall(
          'createItem',
          'items.write',
          'Write a sanitised item',
          'A draft, until a supervisor who is none of its `authors` approves it. Name the `origin` where it is made from another item.',
        ),
        params: OfReport,
        headers: IdempotencyHeaders,
        body: draft,
        response: {
          201: withExample(withHeaders(ref(Item), { ...VersionHeaders, ...CreatedHeaders }), exampleItem),
          ...problems(...whenWriting, 'idempotency-mismatch', 'limit-reached'),
        },
      },
    },
    async (request, reply) => {
      const { id: reportId } = request.params
      const store = storeWith(answerSealer(request, 201))
      const item = await items.create(personOf(request), reportId, request.body, store)
      return versioned(reply.code(201).header('location', itemPath(reportId, item.id)), item)
    },
  )
  app.put(
    one,
    {
      config: { permission: 'items.write' },
      schema: {
        ...staffCall(
          'replaceItem',
          'items.write',
          'Edit a sanitised item',
          'Makes a new version, which needs a new approval.',
        ),
        params: OfItem,
        headers: IfMatchHeaders,
        body: draft,
        response: { 200: answer, ...problems(...whenWriting, ...whenConditional) },
      },
    },
    async (request, reply) => {
      const { id: reportId, itemId } = request.params
      const ifMatch = request.headers['if-match']
      return versioned(reply, await items.edit(personOf(request), reportId, itemId, ifMatch, request.body))
    },
  )
}

/** POST …/items/{itemId}/approval: a supervisor who did not write it approves or refuses the version that was read. */
export function decideItems(app: Scope, { items }: Triage): void {
  app.post(
    `${one}/approval`,
    {
      config: { permission: 'items.decide' },
      schema: {
        ...staffCall(
          'decideItem',
          'items.decide',
          'Approve or refuse an item',
          'Never by one of its `authors`, who wrote a version of it, of its origin, or of another item that says the same: persons are compared, not tokens. The same again changes nothing. What may tell whom `protect` covers needs a `reason`; what does is 409.',
        ),
        params: OfItem,
        headers: IfMatchHeaders,
        body: withExample(ref(Approval), { approved: true }),
        response: {
          200: withExample(withHeaders(ref(Item), VersionHeaders), { ...exampleItem, status: 'approved' }),
          ...problems(...whenWriting, ...whenConditional, 'four-eyes', 'conflict'),
        },
      },
    },
    async (request, reply) => {
      const { id: reportId, itemId } = request.params
      const ifMatch = request.headers['if-match']
      return versioned(reply, await items.decide(personOf(request), reportId, itemId, ifMatch, request.body))
    },
  )
}
