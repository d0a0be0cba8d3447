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

/** A request whose body is still to come. */
interface Coming {
  response: ServerResponse
  bytesBefore: number
  began: number
  /** Milliseconds that it may take. */
  within: number
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
  const coming = new Map<IncomingMessage, Coming>()
  let timer: NodeJS.Timeout | undefined

  function watchPace(request: IncomingMessage, response: ServerResponse): void {
    const { bytesRead } = request.socket
    coming.set(request, { response, bytesBefore: bytesRead, began: performance.now(), within: longestBody })
    // What has come meanwhile is read before it is judged: it may be this process that was slow.
    timer ??= setInterval(() => setImmediate(lookAtAll), betweenLooks).unref()
  }

  /** One look for all: a timer for each report would cost more than all of the headers. */
  function lookAtAll(): void {
    const now = performance.now()
    for (const [request, { response, bytesBefore, began, within }] of coming) {
      const { socket, complete } = request
      if (complete || socket.destroyed) coming.delete(request)
      else if (isSlow(socket.bytesRead - bytesBefore, now - began, within)) {
        coming.delete(request)
        // Not gently: a body that still came to its end would be taken, though its sender was told that it was not.
        if (response.headersSent) socket.destroy()
        else socket.end(rawProblem('request-timeout'), () => socket.destroy())
      }
    }
    if (coming.size > 0) return
    clearInterval(timer)
    timer = undefined
  }

  // Fastify's own listener runs hooks at once: this must be there before.
  app.server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!hasBody(request)) return
    lingerWhile(request.socket, () => !request.complete)
    watchPace(request, response)
  })
  app.addHook('onRequest', ({ raw, routeOptions }: FastifyRequest, _reply, done) => {
    const { bodyWithin } = routeOptions.config
    const awaited = bodyWithin === undefined ? undefined : coming.get(raw)
    if (awaited !== undefined && bodyWithin !== undefined) awaited.within = bodyWithin
    done()
  })
  // It is here. What never comes so far is found by the next look.
  app.addHook('preValidation', ({ raw }, _reply, done) => {
    if (raw.complete) coming.delete(raw)
    done()
  })
}

function isSlow(bytes: number, elapsed: number, within: number): boolean {
  return elapsed > within || bytes < (slowestPace * (elapsed - grace)) / 1_000
}
