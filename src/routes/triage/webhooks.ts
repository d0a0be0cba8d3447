import { Type } from 'typebox'
import { storeWith } from '../../domain/calls/storeAnswer.ts'
import { type WebhookRegister, webhookPath } from '../../domain/webhooks/register.ts'
import { personOf } from '../../plugins/authentication.ts'
import { answerSealer } from '../../plugins/idempotency.ts'
import { ref } from '../../schemas/component.ts'
import {
  CreatedHeaders,
  IdempotencyHeaders,
  mergePatchTypes,
  OptionalIfMatchHeaders,
  ReplayHeaders,
  VersionHeaders,
} from '../../schemas/headers.ts'
import { nothing, problems, withExample, withHeaders } from '../../schemas/responses.ts'
import { id } from '../../schemas/text.ts'
import {
  DeliveryFilters,
  Webhook,
  WebhookDelivery,
  WebhookDeliveryList,
  WebhookDraft,
  WebhookList,
  WebhookPatch,
  WebhookWithSecret,
} from '../../schemas/webhooks.ts'
import type { Scope } from '../../scope.ts'
import { versioned } from './assessment.ts'
import { staffCall, whenReading, whenWriting } from './call.ts'

const all = '/v1/triage/webhooks'
const one = `${all}/:webhookId` as const
const OfWebhook = Type.Object({ webhookId: id('The webhook') })
const OfDelivery = Type.Object({ webhookId: id('The webhook'), deliveryId: id('The delivery') })

const example = {
  id: 'b3b6f6a2-7c1e-4f0a-9d53-2f8f5a0c1d11',
  version: 1,
  url: 'https://hooks.example/sotto',
  kinds: ['item-approved', 'something-new'],
  active: true,
  previousSecretUntil: null,
}
const exampleWithSecret = { ...example, secret: 'whsec_ZmljdGlvbmFsIHNlY3JldCwgMzIgYnl0ZXMgbG9uZyE=' }
const exampleDelivery = {
  id: '5d0c5c5e-52b8-4c0c-8d3b-0f6f8f4f7f3e',
  event: 4712,
  kind: 'item-approved',
  at: '2026-11-25T10:31:07.142Z',
  status: 'dead',
  attempts: 8,
  nextAttemptAt: null,
  lastStatus: 503,
  failure: null,
}
const shown = withExample(withHeaders(ref(Webhook), VersionHeaders), example)

/** GET and POST /v1/triage/webhooks; GET, PATCH and DELETE …/{webhookId}; POST …/secret: where events are sent. */
export function webhookRoutes(app: Scope, webhooks: WebhookRegister): void {
  app.get(
    all,
    {
      config: { permission: 'webhooks.read' },
      schema: {
        ...staffCall('listWebhooks', 'webhooks.read', 'Webhooks', 'At most 20, without their secrets.'),
        response: {
          200: withExample(ref(WebhookList), { items: [example] }),
          ...problems(...whenReading, 'gone'),
        },
      },
    },
    async () => ({ items: await webhooks.list() }),
  )
  app.post(
    all,
    {
      config: { permission: 'webhooks.write', idempotentAs: 'addWebhook' },
      schema: {
        ...staffCall(
          'createWebhook',
          'webhooks.write',
          'Send events on',
          'As ids and kinds, signed by Standard Webhooks: events from now on, none of restricted reports. The secret is shown this once.',
        ),
        headers: IdempotencyHeaders,
        body: withExample(ref(WebhookDraft), { url: example.url, kinds: example.kinds }),
        response: {
          201: withExample(
            withHeaders(ref(WebhookWithSecret), { ...VersionHeaders, ...CreatedHeaders }),
            exampleWithSecret,
          ),
          ...problems(...whenWriting, 'idempotency-mismatch', 'limit-reached'),
        },
      },
    },
    async (request, reply) => {
      const webhook = await webhooks.add(
        personOf(request),
        request.body,
        storeWith(answerSealer(request, 201)),
      )
      return versioned(reply.code(201).header('location', webhookPath(webhook.id)), webhook)
    },
  )
  app.get(
    one,
    {
      config: { permission: 'webhooks.read' },
      schema: {
        ...staffCall('getWebhook', 'webhooks.read', 'One webhook', 'Without its secret.'),
        params: OfWebhook,
        response: { 200: shown, ...problems(...whenReading, 'gone') },
      },
    },
    async (request, reply) => versioned(reply, await webhooks.get(request.params.webhookId)),
  )
  app.patch(
    one,
    {
      config: { permission: 'webhooks.write' },
      schema: {
        ...staffCall('updateWebhook', 'webhooks.write', 'Change, stop or resume a webhook'),
        params: OfWebhook,
        consumes: mergePatchTypes,
        headers: OptionalIfMatchHeaders,
        body: withExample(ref(WebhookPatch), { active: false }),
        response: { 200: shown, ...problems(...whenWriting, 'precondition-failed', 'gone') },
      },
    },
    async (request, reply) => {
      const ifMatch = request.headers['if-match']
      return versioned(
        reply,
        await webhooks.change(personOf(request), request.params.webhookId, ifMatch, request.body),
      )
    },
  )
  app.delete(
    one,
    {
      config: { permission: 'webhooks.write' },
      schema: {
        ...staffCall('deleteWebhook', 'webhooks.write', 'End a webhook', 'With its deliveries.'),
        params: OfWebhook,
        response: { 204: nothing('Ended'), ...problems(...whenReading) },
      },
    },
    async (request, reply) => {
      await webhooks.remove(personOf(request), request.params.webhookId)
      return reply.code(204).send(undefined)
    },
  )
  app.post(
    `${one}/secret`,
    {
      config: { permission: 'webhooks.write', idempotentAs: 'rotateWebhookSecret' },
      schema: {
        ...staffCall(
          'rotateWebhookSecret',
          'webhooks.write',
          'Make a new secret',
          'Shown this once. For 24 hours the one before signs beside it.',
        ),
        params: OfWebhook,
        headers: IdempotencyHeaders,
        response: {
          201: withExample(withHeaders(ref(WebhookWithSecret), { ...VersionHeaders, ...ReplayHeaders }), {
            ...exampleWithSecret,
            version: 2,
            previousSecretUntil: '2026-11-26T10:31:07.142Z',
          }),
          ...problems(...whenWriting, 'idempotency-mismatch', 'gone'),
        },
      },
    },
    async (request, reply) => {
      const store = storeWith(answerSealer(request, 201))
      return versioned(
        reply.code(201),
        await webhooks.rotate(personOf(request), request.params.webhookId, store),
      )
    },
  )
}

/** POST …/{webhookId}/test; GET …/deliveries; POST …/{deliveryId}/replay: try it, see what was sent, and once more. */
export function watchDeliveries(app: Scope, webhooks: WebhookRegister): void {
  app.post(
    `${one}/test`,
    {
      config: { permission: 'webhooks.write', idempotentAs: 'testWebhook' },
      schema: {
        ...staffCall(
          'testWebhook',
          'webhooks.write',
          'Send a ping',
          'Of type `ping`, signed and tried again like any other, whatever `kinds` says. The deliveries tell what became of it.',
        ),
        params: OfWebhook,
        headers: IdempotencyHeaders,
        response: {
          201: withExample(withHeaders(ref(WebhookDelivery), ReplayHeaders), {
            ...exampleDelivery,
            event: null,
            kind: 'ping',
            status: 'pending',
            attempts: 0,
            nextAttemptAt: exampleDelivery.at,
            lastStatus: null,
          }),
          ...problems(...whenWriting, 'idempotency-mismatch', 'conflict'),
        },
      },
    },
    async (request, reply) => {
      const store = storeWith(answerSealer(request, 201))
      return reply.code(201).send(await webhooks.test(personOf(request), request.params.webhookId, store))
    },
  )
  app.get(
    `${one}/deliveries`,
    {
      config: { permission: 'webhooks.read' },
      schema: {
        ...staffCall(
          'listWebhookDeliveries',
          'webhooks.read',
          'Deliveries of a webhook',
          'Kept for 30 days; those of `something-new` for the day.',
        ),
        params: OfWebhook,
        querystring: DeliveryFilters,
        response: {
          200: withExample(ref(WebhookDeliveryList), { items: [exampleDelivery] }),
          ...problems(...whenReading),
        },
      },
    },
    async (request) => webhooks.deliveries(request.params.webhookId, request.query),
  )
  app.post(
    `${one}/deliveries/:deliveryId/replay`,
    {
      config: { permission: 'webhooks.write' },
      schema: {
        ...staffCall(
          'replayWebhookDelivery',
          'webhooks.write',
          'Send once more',
          'What was delivered or given up is sent again under the same `webhook-id`. What is pending stays as it is.',
        ),
        params: OfDelivery,
        response: {
          200: withExample(ref(WebhookDelivery), {
            ...exampleDelivery,
            status: 'pending',
            attempts: 0,
            nextAttemptAt: exampleDelivery.at,
          }),
          ...problems(...whenWriting),
        },
      },
    },
    async (request) =>
      webhooks.replay(personOf(request), request.params.webhookId, request.params.deliveryId),
  )
}
