import type { KeptAnswer } from '../../storage/box.ts'
import { keepAnswer } from '../../storage/keptAnswers.ts'
import type { Query } from '../../storage/pool.ts'
import { dayOf } from '../../vocabulary/calendar.ts'

/** Keeps the answer of a creating call for its repeats, in the transaction of what it created. */
export type Keep = (query: Query, body: unknown, headers?: Record<string, string>) => Promise<void>

/** `seal` is undefined where the caller sent no Idempotency-Key: nothing is kept then. */
export function keepWith(
  seal: ((body: unknown, headers?: Record<string, string>) => KeptAnswer) | undefined,
  now = new Date(),
): Keep {
  return async (query, body, headers) => {
    if (seal !== undefined) await keepAnswer(query, dayOf(now), seal(body, headers))
  }
}
