import type { FastifyRequest } from 'fastify'
import type { Scope } from '../scope.ts'
import { rawProblem } from './problems.ts'

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
 * Ends requests whose body trickles in. Node has one limit for all, which must leave time for an image over a
 * poor connection; here each call has its own. (Slow heads end by `headersTimeout`.)
 */
export function endSlowBodies(app: Scope): void {
  app.addHook('onRequest', async ({ raw, routeOptions }: FastifyRequest) => {
    if (raw.headers['content-length'] === undefined && raw.headers['transfer-encoding'] === undefined) return
    const timer = setTimeout(() => {
      if (!raw.complete && raw.socket.writable)
        raw.socket.end(rawProblem('request-timeout'), () => raw.socket.destroy())
    }, routeOptions.config.bodyWithin ?? usually)
    const settle = () => clearTimeout(timer)
    raw.once('end', settle).once('close', settle)
  })
}
