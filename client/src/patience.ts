import { isProblem, secondsOf } from './answers.ts'
import type { Service } from './service.ts'

const longestDelay = 10_000

/** What came of one try: an answer, or none. */
export type Outcome = Response | 'no-answer'

/**
 * Whether the same may be sent once more after this. Where the service itself says that it did nothing, always; where
 * nobody knows what was done, only what does the same when it comes twice.
 */
export function mayRepeat(outcome: Outcome, isRepeatable: boolean): boolean {
  if (outcome === 'no-answer') return isRepeatable
  const { status } = outcome
  if (status === 408 || status === 429) return true
  if (status === 503) return isRepeatable || isProblem(outcome)
  return isRepeatable && status >= 500 && status !== 501
}

/**
 * Milliseconds to wait before the next try: what the service asks for, or twice as long each time; always with a chance
 * in it, so that many who were refused at once do not come again at once.
 */
export function delayAfter(outcome: Outcome, attempt: number, delay: number, random = Math.random): number {
  const usual = Math.min(longestDelay, delay * 2 ** (attempt - 1))
  const asked = outcome === 'no-answer' ? undefined : secondsOf(outcome)
  return asked === undefined ? usual * (0.5 + random() / 2) : asked * 1_000 + usual * random()
}

/** Resolves after the time; rejects with the signal's reason if that comes first. */
export function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const end = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', end)
      resolve()
    }, milliseconds)
    signal?.addEventListener('abort', end, { once: true })
  })
}

/** Whether another try may begin, so late and after so many. */
export function hasPatience(
  { attempts, patience }: Pick<Service, 'attempts' | 'patience'>,
  attempt: number,
  spent: number,
): boolean {
  return attempt < attempts && spent <= patience
}
