import { Socket } from 'node:net'
import type { FastifyRequest } from 'fastify'

/** Milliseconds for which a client that was refused for load is not listened to. */
const pause = 500
/** Refusals a second from which on clients that were asked for a proof of work are not listened to either. */
const manyRefusals = 300

/**
 * Does not read for a moment from clients that were told to come back later, or that were asked for a proof of work
 * while many are: those who come again at once would make each turn of the event loop long, and only one new
 * connection is accepted in a turn. A proxy's connection serves many clients, and is left alone.
 */
export function createTarpit(now: () => number = Date.now) {
  let second = 0
  let refusals = 0

  return function tarpit({ raw, ip }: FastifyRequest, refused: 'for-load' | 'for-proof'): void {
    const thisSecond = Math.floor(now() / 1_000)
    if (thisSecond !== second) refusals = 0
    second = thisSecond
    refusals += 1
    if (refused === 'for-proof' && refusals <= manyRefusals) return
    const { socket, complete } = raw
    if (!complete || !(socket instanceof Socket) || ip !== socket.remoteAddress) return
    socket.pause()
    setTimeout(() => socket.resume(), pause).unref()
  }
}
