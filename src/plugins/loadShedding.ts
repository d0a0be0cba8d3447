import type { Scope } from '../scope.ts'
import { Fault } from '../vocabulary/faults.ts'

/** Requests that have come whole and wait for their answer. Each holds its body, and little else. */
const inWorkAtMost = 2_048

declare module 'fastify' {
  interface FastifyRequest {
    isInWork: boolean
  }
}

/**
 * Tells clients to come back while too many before them wait for an answer, rather than letting all of them wait. It
 * is what waits here that counts, and never how busy the machine is: with something else it may be. What is still
 * being sent does not count, so that nobody takes up a place by sending slowly.
 */
export function shedLoad(app: Scope, atMost = inWorkAtMost): void {
  let inWork = 0
  app.decorateRequest('isInWork', false)
  app.addHook('preValidation', (request, _reply, done) => {
    if (request.url.startsWith('/health/')) return done()
    if (inWork >= atMost) return done(new Fault('overloaded'))
    request.isInWork = true
    inWork += 1
    done()
  })
  // Not when the client goes away: its work may go on.
  app.addHook('onSend', (request, _reply, _payload, done) => {
    if (request.isInWork) inWork -= 1
    request.isInWork = false
    done()
  })
}
