import type { FastifyRateLimitStore, FastifyRateLimitStoreCtor } from '@fastify/rate-limit'
import type { Peers } from '../concurrency/peers.ts'

interface Counted {
  current: number
  since: number
}

const name = 'requests'
const window = 60_000

/**
 * Counts of clients that several processes keep together: each counts its own at once, and hears of the others' a moment
 * later. So a client gets at most a little more than its limit, however many processes its connections reach.
 */
export function sharedRateLimitStore(peers: Peers, clientsAtMost: number): FastifyRateLimitStoreCtor {
  const clients = new Map<string, Counted>()

  function count(key: string, weight: number): Counted {
    const now = Date.now()
    const known = clients.get(key)
    const isAlive = known !== undefined && known.since + window > now
    const counted = isAlive ? known : { current: 0, since: now }
    counted.current += weight
    // The one that was counted last goes last.
    clients.delete(key)
    clients.set(key, counted)
    const oldest = clients.keys().next()
    if (clients.size > clientsAtMost && !oldest.done) clients.delete(oldest.value)
    return counted
  }

  peers.hear(name, count)

  // The plugin asks for something that it can make with `new`.
  return class implements FastifyRateLimitStore {
    incr(key: string, done: (error: Error | null, result?: { current: number; ttl: number }) => void) {
      peers.tell(name, key, 1)
      const { current, since } = count(key, 1)
      done(null, { current, ttl: since + window - Date.now() })
    }

    child() {
      return this
    }
  }
}
