import { type Static, Type } from 'typebox'
import { type EventKind, eventKinds } from '../vocabulary/eventKinds.ts'
import { Paging } from './casework.ts'
import { component, ref } from './component.ts'
import { eventKind } from './events.ts'
import { id, nullable, oneOf, text } from './text.ts'

/** Where events are sent (contract section 3; Standard Webhooks). */

const closed = { additionalProperties: false } as const
const moment = (description: string) => Type.String({ format: 'date-time', description })
const url = text(1, 2048, 'Where to: https, unless WEBHOOK_ALLOW lists it')
const kinds = (description: string) =>
  Type.Array(eventKind, { minItems: 1, maxItems: eventKinds.length, uniqueItems: true, description })
const wanted = 'Kinds of events that are sent (docs/events.md)'

export const WebhookDraft = component(
  'WebhookDraft',
  Type.Object(
    { url, kinds: Type.Optional(kinds(`${wanted}; all, if not said`)) },
    { ...closed, description: 'A new webhook' },
  ),
)
export type WebhookDraft = Static<typeof WebhookDraft>

export const WebhookPatch = component(
  'WebhookPatch',
  Type.Object(
    {
      url: Type.Optional(url),
      kinds: Type.Optional(nullable(kinds(wanted), `${wanted}; null: all`)),
      active: Type.Optional(
        Type.Boolean({
          description: 'Whether anything is sent. What happens meanwhile is not sent later',
        }),
      ),
    },
    { ...closed, minProperties: 1, description: 'A JSON merge patch' },
  ),
)
export type WebhookPatch = Static<typeof WebhookPatch>

const shown = {
  id: id('The webhook'),
  version: Type.Integer({ minimum: 1, description: 'The ETag is this number in quotes' }),
  url: Type.String({ description: 'Where to' }),
  kinds: nullable(Type.Array(eventKind), `${wanted}; null: all`),
  active: Type.Boolean({ description: 'Whether anything is sent. A receiver that answers 410 ends it' }),
  previousSecretUntil: nullable(
    moment('When'),
    'Until when the secret before the last rotation signs beside the new one',
  ),
}
export const Webhook = component(
  'Webhook',
  Type.Object(shown, { ...closed, description: 'Where events are sent' }),
)
export type Webhook = Static<typeof Webhook>
export const WebhookList = component('WebhookList', Type.Object({ items: Type.Array(ref(Webhook)) }, closed))

export const WebhookWithSecret = component(
  'WebhookWithSecret',
  Type.Object(
    {
      ...shown,
      secret: Type.String({
        pattern: '^whsec_[A-Za-z0-9+/]+=*$',
        description: 'What deliveries are signed with. Shown this once',
      }),
    },
    { ...closed, description: 'A webhook with its new secret' },
  ),
)
export type WebhookWithSecret = Static<typeof WebhookWithSecret>

export const deliveryStatuses = ['pending', 'delivered', 'dead'] as const

export const WebhookDelivery = component(
  'WebhookDelivery',
  Type.Object(
    {
      id: id('The delivery: `webhook-id`, the same at each attempt'),
      event: nullable(Type.Integer({ minimum: 1 }), 'The event; null of a `ping`'),
      kind: Type.Unsafe<EventKind | 'ping'>({
        anyOf: [eventKind, { const: 'ping' }],
        description: 'Its kind; `ping` of what was sent to try',
      }),
      at: moment('When it happened'),
      status: oneOf(deliveryStatuses, 'pending: to be sent; delivered: answered 2xx; dead: given up'),
      attempts: Type.Integer({ minimum: 0, description: 'How often it was sent' }),
      nextAttemptAt: nullable(moment('When'), 'When it is sent next; null unless pending'),
      lastStatus: nullable(Type.Integer(), 'HTTP status of the last answer, if there was one'),
      failure: nullable(
        oneOf(['address-refused', 'not-reached', 'timed-out'], 'Why not'),
        'Why there was no answer: an address that webhooks may not reach, no connection, no answer in time',
      ),
    },
    { ...closed, description: 'One event for one webhook' },
  ),
)
export type WebhookDelivery = Static<typeof WebhookDelivery>

export const WebhookDeliveryList = component(
  'WebhookDeliveryList',
  Type.Object(
    {
      items: Type.Array(ref(WebhookDelivery), { description: 'Those of the newest events first' }),
      nextCursor: Type.Optional(Type.String()),
    },
    closed,
  ),
)

export const DeliveryFilters = Type.Object(
  {
    ...Paging.properties,
    status: Type.Optional(
      Type.Array(oneOf(deliveryStatuses, 'Status'), {
        maxItems: 50,
        description: 'Any of these statuses (repeat the parameter)',
      }),
    ),
  },
  closed,
)
