import { randomUUID } from 'node:crypto'
import type {
  Webhook as Shown,
  WebhookDelivery,
  WebhookDraft,
  WebhookPatch,
  WebhookWithSecret,
} from '../../schemas/webhooks.ts'
import { placeOfNow } from '../../storage/events.ts'
import type { Query } from '../../storage/pool.ts'
import {
  type DeliveryRow,
  type DeliveryStatus,
  findDelivery,
  insertPing,
  pageOfDeliveries,
  replayDelivery,
} from '../../storage/webhookDeliveries.ts'
import {
  deleteWebhook,
  findWebhook,
  insertWebhook,
  type KeyedWebhookRow,
  lockWebhooks,
  replaceWebhook,
  takeWebhook,
} from '../../storage/webhooks.ts'
import { Fault, invalid, refusal } from '../../vocabulary/faults.ts'
import type { Person } from '../../vocabulary/person.ts'
import type { TriageDeps } from '../acts/begin.ts'
import { administered } from '../audit/deeds.ts'
import { transact } from '../calls/act.ts'
import { keysetPage, type Paging, pageOf } from '../calls/pages.ts'
import { requireVersionIfGiven } from '../calls/preconditions.ts'
import type { StoreAnswer } from '../calls/storeAnswer.ts'
import type { Work } from '../envelope/work.ts'
import { ping } from './delivery.ts'
import { type Allowance, brokenRuleOf, notPublic } from './destination.ts'
import { leadsAway } from './leadsAway.ts'
import { makeDeliveriesBefore } from './makeDeliveries.ts'
import { genuineWebhooks, isGenuineWebhook, openWebhook, sealWebhook, type Webhook } from './sealedWebhook.ts'
import { newWebhookSecret } from './signature.ts'

export type WebhookRegister = ReturnType<typeof webhookRegister>

const webhooksAtMost = 20
/** How long the secret before a rotation signs beside the new one. */
const overlap = 24 * 3_600_000

/** Webhooks, as admins keep them. What the service did not sign is not there. */
export function webhookRegister(deps: TriageDeps, allowance: Allowance) {
  const { pool, keyring, audit, clock } = deps

  async function refuseUnlessCallable(url: string): Promise<void> {
    const rule = brokenRuleOf(url, allowance) ?? ((await leadsAway(url, allowance)) ? notPublic : undefined)
    if (rule !== undefined) throw invalid('/url', 'bad-url', rule)
  }

  async function existing(query: Query, id: string, find = findWebhook): Promise<KeyedWebhookRow> {
    const row = await find(query, id)
    if (row === undefined || !isGenuineWebhook(keyring, row)) throw new Fault('not-found')
    return row
  }

  /** One that does not open can be deleted, and nothing else be done with it. */
  async function opened(work: Work, row: KeyedWebhookRow): Promise<Webhook> {
    const webhook = await openWebhook(work, row)
    if (webhook === undefined) throw new Fault('not-found')
    return webhook
  }

  async function replace(work: Work, before: KeyedWebhookRow, after: Webhook): Promise<void> {
    await replaceWebhook(work.query, before, await sealWebhook(work, after, clock()))
  }

  return {
    list: (): Promise<Shown[]> =>
      pool.transaction(async (query) => {
        const work = { query, keyring }
        const shown: Shown[] = []
        for (const row of await genuineWebhooks(work)) {
          const webhook = await openWebhook(work, row)
          if (webhook !== undefined) shown.push(viewOf(webhook))
        }
        return shown
      }),

    get: (id: string): Promise<Shown> =>
      pool.transaction(async (query) => viewOf(await opened({ query, keyring }, await existing(query, id)))),

    add: async (
      person: Person,
      { url, kinds }: WebhookDraft,
      storeAnswer: StoreAnswer,
    ): Promise<WebhookWithSecret> => {
      await refuseUnlessCallable(url)
      return transact(deps, person, async (act) => {
        await lockWebhooks(act.query)
        if ((await genuineWebhooks(act)).length >= webhooksAtMost)
          throw refusal('limit-reached', `There are at most ${webhooksAtMost} webhooks. Delete one first.`)
        const webhook: Webhook = {
          id: randomUUID(),
          version: 1,
          active: true,
          kinds: kinds ?? null,
          since: await placeOfNow(act.query, clock()),
          author: person.id,
          url,
          secret: newWebhookSecret(),
        }
        await insertWebhook(act.query, await sealWebhook(act, webhook, clock()))
        const answer = { ...viewOf(webhook), secret: webhook.secret }
        await storeAnswer(act.query, answer, { location: webhookPath(webhook.id), etag: '"1"' })
        await audit.record(act, administered(`webhook/${webhook.id}/added`))
        return answer
      })
    },

    change: async (
      person: Person,
      id: string,
      ifMatch: string | undefined,
      patch: WebhookPatch,
    ): Promise<Shown> => {
      if (patch.url !== undefined) await refuseUnlessCallable(patch.url)
      return transact(deps, person, async (act) => {
        await existing(act.query, id)
        const since = await makeDeliveriesBefore(act, clock())
        const row = await existing(act.query, id, takeWebhook)
        requireVersionIfGiven(ifMatch, row.version)
        const before = await opened(act, row)
        const after: Webhook = { ...before, ...patch, version: before.version + 1, since, author: person.id }
        await replace(act, row, after)
        await audit.record(act, administered(`webhook/${id}/changed`))
        return viewOf(after)
      })
    },

    /** A new secret. The one before signs beside it for a day, so that no delivery is refused meanwhile. */
    rotate: (person: Person, id: string, storeAnswer: StoreAnswer): Promise<WebhookWithSecret> =>
      transact(deps, person, async (act) => {
        const row = await existing(act.query, id, takeWebhook)
        const before = await opened(act, row)
        const until = new Date(clock().getTime() + overlap).toISOString()
        const after: Webhook = {
          ...before,
          version: before.version + 1,
          author: person.id,
          secret: newWebhookSecret(),
          previous: { secret: before.secret, until },
        }
        await replace(act, row, after)
        const answer = { ...viewOf(after), secret: after.secret }
        await storeAnswer(act.query, answer, { etag: `"${after.version}"` })
        await audit.record(act, administered(`webhook/${id}/secret`))
        return answer
      }),

    remove: (person: Person, id: string): Promise<void> =>
      transact(deps, person, async (act) => {
        await deleteWebhook(act.query, await existing(act.query, id, takeWebhook))
        await audit.record(act, administered(`webhook/${id}/deleted`))
      }),

    /** Sends a ping, whatever kinds are wanted. What is off is sent nothing. */
    test: (person: Person, id: string, storeAnswer: StoreAnswer): Promise<WebhookDelivery> =>
      transact(deps, person, async (act) => {
        const { active } = await existing(act.query, id, takeWebhook)
        if (!active)
          throw refusal('not-in-this-state', 'This webhook is off. Set `active` to true first, then test it.')
        const made = await insertPing(act.query, id, clock())
        if (made === undefined) throw new Fault('not-found')
        const answer = deliveryView(made)
        await storeAnswer(act.query, answer)
        await audit.record(act, administered(`webhook/${id}/tested`))
        return answer
      }),

    deliveries: (id: string, { status, ...paging }: Paging & { status?: DeliveryStatus[] | undefined }) =>
      pool.transaction(async (query) => {
        await existing(query, id)
        const statuses = status === undefined || status.length === 0 ? null : [...status].sort()
        const page = await keysetPage(
          keyring,
          `webhook ${id} ${statuses?.join() ?? ''}`,
          paging,
          (limit, before: { event: number } | undefined) =>
            pageOfDeliveries(query, id, statuses, limit, before?.event),
          ({ eventId }) => ({ event: Number(eventId) }),
        )
        return pageOf(page.rows.map(deliveryView), page)
      }),

    /** Sends what was delivered or given up once more, from the first attempt on. What is under way stays as it is. */
    replay: (person: Person, id: string, deliveryId: string): Promise<WebhookDelivery> =>
      transact(deps, person, async (act) => {
        await existing(act.query, id)
        const delivery = await findDelivery(act.query, id, deliveryId)
        if (delivery === undefined) throw new Fault('not-found')
        if (delivery.status === 'pending') return deliveryView(delivery)
        const now = clock()
        await replayDelivery(act.query, deliveryId, now)
        // Not which: an id that is gone with the night would tell that something had come by now.
        await audit.record(act, administered(`webhook/${id}/replayed`))
        return deliveryView({ ...delivery, status: 'pending', attempts: 0, nextAttemptAt: now })
      }),
  }
}

export function webhookPath(id: string): string {
  return `/v1/triage/webhooks/${id}`
}

function viewOf({ id, version, url, kinds, active, previous }: Webhook): Shown {
  return { id, version, url, kinds, active, previousSecretUntil: previous?.until ?? null }
}

function deliveryView(row: DeliveryRow): WebhookDelivery {
  const { id, eventId, kind, at, status, attempts, nextAttemptAt, lastStatus, failure } = row
  return {
    id,
    event: kind === ping ? null : Number(eventId),
    kind,
    at: at.toISOString(),
    status,
    attempts,
    nextAttemptAt: status === 'pending' ? nextAttemptAt.toISOString() : null,
    lastStatus,
    failure,
  }
}
