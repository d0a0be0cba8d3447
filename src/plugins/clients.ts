import { createHmac, randomBytes } from 'node:crypto'
import { normalizeIP } from '@fastify/rate-limit'
import type { Client } from '../domain/challenge/queue.ts'

const secretLivesFor = 10 * 60_000

/** Tor's name for a circuit to an onion service (HiddenServiceExportCircuitID haproxy), as a proxy passes it on. */
const circuits = /^fc00:dead:beef:4dab:/i

/**
 * Hashes addresses under a random key that is never stored and lives for ten minutes: IPv4 whole, IPv6 by its network of 64
 * bits, a circuit of the onion service whole. `given` is a secret that several processes share for as long.
 */
export function clientKeys(
  now: () => number = Date.now,
  given: () => Buffer | undefined = () => undefined,
): (address: string | undefined) => string {
  let secret = randomBytes(32)
  let madeAt = now()
  return (address) => {
    if (Math.abs(now() - madeAt) >= secretLivesFor) {
      secret = randomBytes(32)
      madeAt = now()
    }
    return createHmac('sha256', given() ?? secret)
      .update(networkOf(address))
      .digest('base64')
  }
}

/**
 * Who waits in a queue: one client, or the many who come through the onion service, where a new circuit costs nothing. Where
 * no limit holds by address, nobody is told from another. `given` as above.
 */
export function waitingClients(
  isLimited: boolean,
  given?: () => Buffer | undefined,
): (address: string | undefined) => Client {
  const keyOf = clientKeys(Date.now, given)
  return (address) =>
    !isLimited || circuits.test(address ?? '')
      ? { key: isLimited ? 'onion' : 'all', isMany: true }
      : { key: keyOf(address), isMany: false }
}

/** A connection on a Unix socket has no address, and a proxy may name something that is none. */
function networkOf(address = ''): string {
  if (circuits.test(address)) return address
  try {
    return normalizeIP(address)
  } catch {
    return address
  }
}
