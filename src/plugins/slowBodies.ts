import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyRequest } from 'fastify'
import type { Scope } from '../scope.ts'
import { closeGentlyWhile } from './gentleClose.ts'
import { hasBody, rawProblem } from './problems.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Milliseconds in which the whole body must be here, where it may be large. */
    bodyWithin?: number
  }
}

const usually = 7_000
/** No call allows longer; Node itself ends what does. */
export const longestBody = 120_000

/**
 * Ends requests whose body trickles in, also to addresses that take none. Node has one limit for all, which must
 * leave time for an image over a poor connection; here each call has its own. (Slow heads end by `headersTimeout`.)
 */
export function endSlowBodies(app: Scope): void {
  const timers = new WeakMap<IncomingMessage, NodeJS.Timeout>()

  function endAfter(milliseconds: number, request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request
    const timer = setTimeout(() => {
      if (request.complete) return
      // Not gently: a body that still came to its end would be taken, though its sender was told that it was not.
      if (response.headersSent) socket.destroy()
      else socket.end(rawProblem('request-timeout'), () => socket.destroy())
    }, milliseconds).unref()
    clearTimeout(timers.get(request))
    timers.set(request, timer)
    const settle = () => {
      clearTimeout(timer)
      socket.off('close', settle)
    }
    // Once it is answered, a request is not told any more that its connection has gone.
    request.once('end', settle).once('close', settle)
    socket.once('close', settle)
  }

  // Fastify's own listener runs hooks at once: this must be there before.
  app.server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!hasBody(request)) return
    closeGentlyWhile(request.socket, () => !request.complete)
    endAfter(usually, request, response)
  })
  app.addHook('onRequest', async ({ raw, routeOptions }: FastifyRequest, reply) => {
    const { bodyWithin } = routeOptions.config
    if (bodyWithin !== undefined && hasBody(raw)) endAfter(bodyWithin, raw, reply.raw)
  })
}
