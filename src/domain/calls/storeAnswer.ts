import type { StoredAnswer } from '../../crypto/storedAnswer.ts'
import { storeAnswer } from '../../storage/idempotencyStore.ts'
import type { Query } from '../../storage/pool.ts'
import { dayOf } from '../../vocabulary/calendar.ts'

/** Stores the answer of a creating call for its repeats, in the transaction of what it created. */
export type StoreAnswer = (query: Query, body: unknown, headers?: Record<string, string>) => Promise<void>

/** `seal` is undefined where the caller sent no Idempotency-Key: nothing is stored then. */
export function storeWith(
  seal: ((body: unknown, headers?: Record<string, string>) => StoredAnswer) | undefined,
  now = new Date(),
): StoreAnswer {
  return async (query, body, headers) => {
    if (seal !== undefined) await storeAnswer(query, dayOf(now), seal(body, headers))
  }
}
