import { Fault } from '../vocabulary/faults.ts'
import type { Release } from './semaphore.ts'

/** Seconds after which a person who has all that one may have could ask again. */
const tryAgainAfter = 10

/**
 * Places for work that lasts, of which no person takes all: `atMost` at once, `each` of them to one person, whatever
 * number of tokens they hold. Throws `rate-limited` where it is their own share that is used up, `overloaded` where it is the whole.
 */
export function shares(atMost: number, each: number) {
  const taken = new Map<string, number>()
  let all = 0

  return function take(person: string): Release {
    const own = taken.get(person) ?? 0
    if (own >= each) throw new Fault('rate-limited', [], { retryAfter: tryAgainAfter })
    if (all >= atMost) throw new Fault('overloaded')
    taken.set(person, own + 1)
    all += 1
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      all -= 1
      const left = (taken.get(person) ?? 1) - 1
      if (left > 0) taken.set(person, left)
      else taken.delete(person)
    }
  }
}
