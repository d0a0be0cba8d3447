import rateLimit from '@fastify/rate-limit'
import { noPeers, type Peers } from '../concurrency/peers.ts'
import type { Scope } from '../scope.ts'
import { Fault } from '../vocabulary/faults.ts'
import { clientKeys } from './clients.ts'
import { sharedRateLimitStore } from './rateLimitStore.ts'

export interface Limit {
  /** Requests a minute and client; 0 is off. */
  perMinute: number
  peers?: Peers
}

const clientsAtMost = 20_000

/**
 * Limits how often one client may ask in a minute, at this instance and its workers, known addresses and unknown ones alike. A client is
 * told from another by a hash whose key is never stored and lives for ten minutes. Health checks and OPTIONS are free.
 * Must come before routes, and after whatever sets headers that a refusal needs too.
 */
export async function limitRequests(app: Scope, { perMinute, peers = noPeers }: Limit): Promise<void> {
  if (perMinute === 0) return
  const keyOf = clientKeys(Date.now, peers.clientSecret)
  await app.register(rateLimit, {
    global: false,
    max: perMinute,
    timeWindow: 60_000,
    cache: clientsAtMost,
    ...(peers.count > 1 ? { store: sharedRateLimitStore(peers, clientsAtMost) } : {}),
    keyGenerator: ({ ip }) => keyOf(ip),
    // What is left to one address would tell whoever shares it how busy the others are.
    addHeaders: {
      'x-ratelimit-limit': false,
      'x-ratelimit-remaining': false,
      'x-ratelimit-reset': false,
      'retry-after': false,
    },
    addHeadersOnExceeding: {
      'x-ratelimit-limit': false,
      'x-ratelimit-remaining': false,
      'x-ratelimit-reset': false,
    },
    errorResponseBuilder: (_request, { ttl }) =>
      new Fault('rate-limited', [], { retryAfter: Math.max(1, Math.ceil(ttl / 1_000)) }),
  })
  const limit = app.rateLimit()
  app.addHook('onRequest', async function (request, reply) {
    const free = request.method === 'OPTIONS' || request.routeOptions.url?.startsWith('/health/')
    if (!free) await limit.call(this, request, reply)
  })
}
