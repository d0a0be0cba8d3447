import { setTimeout as sleep } from 'node:timers/promises'

interface Told {
  status: number
  headers: Readonly<Record<string, unknown>>
}

/** How long `overloaded` asks to wait; `not-ready` asks for another time. */
const retryAfterShedding = '2'

/**
 * Asks again while the service sheds load: a machine with much else to do makes it so, and it says no more about the
 * service than that. Nothing has been done then.
 */
export async function untilTaken<T>(ask: () => Promise<T>, told: (answer: T) => Told): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const answer = await ask()
    const { status, headers } = told(answer)
    const isShed = status === 503 && headers['retry-after'] === retryAfterShedding
    if (!isShed || attempt === 100) return answer
    await sleep(100)
  }
}

/** `fetch`, again while load is shed. */
export const patientFetch: typeof fetch = (input, init) =>
  untilTaken(
    () => fetch(input, init),
    ({ status, headers }) => ({ status, headers: Object.fromEntries(headers) }),
  )

/** Resolves once it has come to that. Throws after three minutes. */
export async function until(condition: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 180_000; !(await condition()); await sleep(50)) {
    if (Date.now() > deadline) throw new Error('it never came to that')
  }
}
