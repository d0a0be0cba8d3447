import type { DeliveryRow } from '../../storage/webhookDeliveries.ts'
import type { Sent } from './post.ts'
import { retryTime } from './retryAfter.ts'

const seconds = 1_000
const hours = 3_600 * seconds

/** Milliseconds after each failed attempt. After the last of them a delivery is dead. */
export const backoff = [
  5 * seconds,
  30 * seconds,
  120 * seconds,
  600 * seconds,
  1 * hours,
  6 * hours,
  24 * hours,
] as const

/** What an admin sends to try a webhook. It is no event: nothing has happened. */
export const ping = 'ping'

/** A receiver answers this once it is gone for good. */
export const gone = 410

export function isDone(status: number): boolean {
  return status >= 200 && status < 300
}

/** Whether it tells of what reporters sent. */
export function isOfArrival({ kind }: DeliveryRow): boolean {
  return kind === 'something-new'
}

/** Ids and kinds alone, as the contract promises: what it was about is read with a right to read it. */
export function payloadOf({ kind, at, eventId }: DeliveryRow): string {
  const data = kind === ping ? {} : { id: Number(eventId) }
  return JSON.stringify({ type: kind, timestamp: at.toISOString(), data })
}

/** What an attempt leaves of a delivery. A dead one stays so until somebody replays it. */
export function settled(
  delivery: DeliveryRow,
  sent: Sent,
  delays: readonly number[],
  now: Date,
): DeliveryRow {
  const lastStatus = 'status' in sent ? sent.status : null
  const after = { ...delivery, lastStatus, failure: 'failure' in sent ? sent.failure : null }
  if (lastStatus !== null && isDone(lastStatus)) return { ...after, status: 'delivered' }
  const delay = delays[delivery.attempts - 1]
  if (delay === undefined || lastStatus === gone) return { ...after, status: 'dead' }
  // Spread by a fifth either way, so that what failed together does not come again together.
  const spread = delay * (0.8 + 0.4 * Math.random())
  const soonest = 'status' in sent ? retryTime(sent.retryAfter, now)?.getTime() : undefined
  return { ...after, nextAttemptAt: new Date(Math.max(now.getTime() + spread, soonest ?? 0)) }
}

/** Of an attempt that was cut short by the end of the service: another instance need not wait. */
export function dueAgain(delivery: DeliveryRow, now: Date): DeliveryRow {
  return { ...delivery, nextAttemptAt: now }
}
