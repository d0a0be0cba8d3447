import { loop } from '../concurrency/loop.ts'
import type { Keyring } from '../crypto/keyring.ts'
import { administered } from '../domain/audit/deeds.ts'
import type { AuditTrail } from '../domain/audit/trail.ts'
import {
  backoff,
  dueAgain,
  gone,
  isDone,
  isOfArrival,
  payloadOf,
  settled,
} from '../domain/webhooks/delivery.ts'
import type { Allowance } from '../domain/webhooks/destination.ts'
import { makeDeliveries } from '../domain/webhooks/makeDeliveries.ts'
import { post, type Sent } from '../domain/webhooks/post.ts'
import { retryTime } from '../domain/webhooks/retryAfter.ts'
import {
  genuineWebhooks,
  isGenuineWebhook,
  openWebhook,
  sealWebhook,
  secretsOf,
  type Webhook,
} from '../domain/webhooks/sealedWebhook.ts'
import { signedHeaders } from '../domain/webhooks/signature.ts'
import { describeError, type Log } from '../log.ts'
import type { Pool } from '../storage/pool.ts'
import {
  type DeliveryRow,
  deleteDelivery,
  settleDelivery,
  takeDue,
  webhooksDue,
} from '../storage/webhookDeliveries.ts'
import { findWebhook, postpone, replaceWebhook, takeWebhook } from '../storage/webhooks.ts'
import { Fault } from '../vocabulary/faults.ts'

export interface DeliveringDeps {
  pool: Pool<'sotto_triage'>
  keyring: Keyring
  audit: AuditTrail
  clock: () => Date
  log: Log
  allowance: Allowance
}

export interface DeliveringTimes {
  /** Milliseconds from one look at the database to the next. */
  pause?: number
  /** Milliseconds for one attempt. */
  timeout?: number
  /** Milliseconds after each failed attempt, before they are spread. */
  delays?: readonly number[]
}

/** At once, to one webhook: one that is slow holds up its own alone. */
const attemptsAtOnce = 5
/** Beyond the time of an attempt: then its instance is taken for lost, and another tries. */
const lease = 60_000
const service = { id: 'service', role: 'webhooks' } as const

/**
 * Sends events to webhooks, until it is stopped. Any number of instances may: each delivery is taken by one, and taken
 * again only if that one was lost.
 */
export function deliverSteadily(
  deps: DeliveringDeps,
  { pause = 1_000, timeout = 10_000, delays = backoff }: DeliveringTimes = {},
) {
  const { pool, keyring, clock, log, allowance } = deps
  const stopping = new AbortController()
  const busy = new Map<string, Promise<void>>()
  const looking = loop(() => attempt(look), { wait: pause, atOnce: true })

  async function look(): Promise<void> {
    const active = (await genuineWebhooks({ query: pool.query, keyring })).filter((row) => row.active)
    if (active.length === 0) return
    const now = clock()
    await makeDeliveries(pool, keyring, now)
    const idle = active.map(({ id }) => id).filter((id) => !busy.has(id))
    for (const id of await webhooksDue(pool.query, idle, now)) {
      busy.set(
        id,
        attempt(() => drain(id)).finally(() => busy.delete(id)),
      )
    }
  }

  /** Sends what is due to one webhook. Opened for each round: it may change, and nothing of it is kept. */
  async function drain(id: string): Promise<void> {
    while (!stopping.signal.aborted) {
      const webhook = await openActive(deps, id)
      if (webhook === undefined) return
      const now = clock()
      const lostAt = new Date(now.getTime() + timeout + lease)
      const taken = await takeDue(pool.query, id, { limit: attemptsAtOnce, now, lostAt })
      await Promise.all(
        taken.map((delivery) =>
          attempt(() => (delivery.withheld ? withhold(delivery) : send(webhook, delivery))),
        ),
      )
      if (taken.length < attemptsAtOnce) return
    }
  }

  /** Its report became restricted since: then the event goes nowhere. */
  async function withhold({ id }: DeliveryRow): Promise<void> {
    await deleteDelivery(pool.query, id)
  }

  async function send(webhook: Webhook, delivery: DeliveryRow): Promise<void> {
    const body = payloadOf(delivery)
    const now = clock()
    const headers = signedHeaders(secretsOf(webhook, now), delivery.id, now, body)
    const { signal } = stopping
    const sent = await post({ url: webhook.url, headers, body, allowance, timeout, signal })
    const cutShort = signal.aborted && 'failure' in sent
    await settleDelivery(
      pool.query,
      cutShort ? dueAgain(delivery, clock()) : settled(delivery, sent, delays, clock()),
    )
    await heed(webhook.id, delivery, sent)
    // The record of it has a time: of an arrival's delivery that would tell the hour of the arrival.
    const isGone = 'status' in sent && sent.status === gone && !isOfArrival(delivery)
    if (isGone) await deactivate(deps, webhook.id)
  }

  /** A receiver that asks to be left alone is, by every instance; of an arrival none but that delivery waits. */
  async function heed(id: string, delivery: DeliveryRow, sent: Sent): Promise<void> {
    if (!('status' in sent) || isDone(sent.status) || isOfArrival(delivery)) return
    const notBefore = retryTime(sent.retryAfter, clock())
    if (notBefore !== undefined) await postpone(pool.query, id, notBefore)
  }

  /** The database may be away for a while: what is due stays due. */
  async function attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof Fault)) log.error('webhooks were not served', describeError(error))
    }
  }

  return {
    async stop(): Promise<void> {
      stopping.abort()
      await looking.stop()
      await Promise.all(busy.values())
    },
  }
}

async function openActive({ pool, keyring }: DeliveringDeps, id: string): Promise<Webhook | undefined> {
  const row = await findWebhook(pool.query, id)
  if (row === undefined || !row.active || !isGenuineWebhook(keyring, row)) return undefined
  return openWebhook({ query: pool.query, keyring }, row)
}

/** A receiver that says that it is gone for good is sent nothing more, until an admin says otherwise. */
function deactivate({ pool, keyring, audit, clock }: DeliveringDeps, id: string): Promise<void> {
  return pool.transaction(async (query) => {
    const work = { query, keyring }
    const row = await takeWebhook(query, id)
    if (row === undefined || !row.active || !isGenuineWebhook(keyring, row)) return
    const before = await openWebhook(work, row)
    if (before === undefined) return
    const after = { ...before, version: before.version + 1, active: false, author: service.id }
    await replaceWebhook(query, row, await sealWebhook(work, after, clock()))
    await audit.record({ query, person: service }, administered(`webhook/${id}/gone`))
  })
}
