import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyRequest } from 'fastify'
import type { Scope } from '../scope.ts'
import { lingerWhile } from './lingeringClose.ts'
import { hasBody, rawProblem } from './problems.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Milliseconds in which the whole body must be here, if not as long as it takes at the slowest pace. */
    bodyWithin?: number
  }
}

/** Milliseconds in which a body may come as slowly as it likes. */
const grace = 5_000
/** Bytes a second that must have come from then on: half of what the poorest of networks carries. */
const slowestPace = 512
const betweenLooks = 500
/** Milliseconds that the largest JSON body takes at that pace. Node itself ends what takes longer. */
export const longestBody = 540_000

/**
 * Ends requests whose body trickles in, also to addresses that take none. Node has one limit for all, by time alone; here
 * what counts is the pace, so that a report over a poor network arrives. (Slow heads end by `headersTimeout`.)
 */
export function endSlowBodies(app: Scope): void {
  const longest = new WeakMap<IncomingMessage, number>()

  function watchPace(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request
    const bytesBefore = socket.bytesRead
    const began = performance.now()
    const look = () => {
      if (request.complete) return
      const elapsed = performance.now() - began
      const due = (slowestPace * (elapsed - grace)) / 1_000
      const isSlow = socket.bytesRead - bytesBefore < due || elapsed > (longest.get(request) ?? longestBody)
      if (!isSlow) return
      clearInterval(timer)
      // Not gently: a body that still came to its end would be taken, though its sender was told that it was not.
      if (response.headersSent) socket.destroy()
      else socket.end(rawProblem('request-timeout'), () => socket.destroy())
    }
    // What has come meanwhile is read before it is judged: it may be this process that was slow.
    const timer = setInterval(() => setImmediate(look), betweenLooks).unref()
    const settle = () => {
      clearInterval(timer)
      socket.off('close', settle)
    }
    // Once it is answered, a request is not told any more that its connection has gone.
    request.once('end', settle).once('close', settle)
    socket.once('close', settle)
  }

  // Fastify's own listener runs hooks at once: this must be there before.
  app.server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!hasBody(request)) return
    lingerWhile(request.socket, () => !request.complete)
    watchPace(request, response)
  })
  app.addHook('onRequest', ({ raw, routeOptions }: FastifyRequest, _reply, done) => {
    const { bodyWithin } = routeOptions.config
    if (bodyWithin !== undefined) longest.set(raw, bodyWithin)
    done()
  })
}
