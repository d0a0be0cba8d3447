import { createHmac, randomBytes } from 'node:crypto'
import rateLimit, { normalizeIP } from '@fastify/rate-limit'
import type { Scope } from '../scope.ts'
import { Fault } from '../vocabulary/faults.ts'

export interface Limit {
  /** Requests a minute and client; 0 is off. */
  perMinute: number
}

const secretLivesFor = 10 * 60_000
const clientsAtMost = 20_000

/**
 * Limits how often one client may ask in a minute, at this instance, known addresses and unknown ones alike. A client is
 * told from another by a hash whose key is never stored and lives for ten minutes. Health checks and OPTIONS are free.
 * Must come before routes, and after whatever sets headers that a refusal needs too.
 */
export async function limitRequests(app: Scope, { perMinute }: Limit): Promise<void> {
  if (perMinute === 0) return
  const keyOf = clientKeys()
  await app.register(rateLimit, {
    global: false,
    max: perMinute,
    timeWindow: 60_000,
    cache: clientsAtMost,
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
      new Fault('too-many', [], { retryAfter: Math.max(1, Math.ceil(ttl / 1_000)) }),
  })
  const limit = app.rateLimit()
  app.addHook('onRequest', async function (request, reply) {
    const free = request.method === 'OPTIONS' || request.routeOptions.url?.startsWith('/health/')
    if (!free) await limit.call(this, request, reply)
  })
}

/** Hashes addresses under a random key that lives for ten minutes: IPv4 whole, IPv6 by its network of 64 bits. */
export function clientKeys(now: () => number = Date.now): (address: string | undefined) => string {
  let secret = randomBytes(32)
  let madeAt = now()
  return (address) => {
    if (Math.abs(now() - madeAt) >= secretLivesFor) {
      secret = randomBytes(32)
      madeAt = now()
    }
    return createHmac('sha256', secret).update(networkOf(address)).digest('base64')
  }
}

/** A connection on a Unix socket has no address, and a proxy may name something that is none. */
function networkOf(address: string | undefined): string {
  try {
    return normalizeIP(address ?? '')
  } catch {
    return address ?? ''
  }
}
