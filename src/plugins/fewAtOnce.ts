import { Fault } from '../faults.ts'
import { places, type Release } from '../places.ts'
import type { Scope } from '../scope.ts'
import { hasBody } from './problems.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether only a few calls of this kind, at one instance, are worked on at once. */
    fewAtOnce?: boolean
  }
  interface FastifyRequest {
    endWork: Release | null
  }
}

const atOnce = 2
const waiting = 64
const waitMs = 1_000

/**
 * Works on a few calls of this scope at once, lets some wait, and sends others away before they cost anything: a full
 * mailbox takes long to open, and whoever reads one a thousand times must not keep reporters waiting. A call with a
 * body counts from when it is whole, so that nobody takes up a place by sending slowly. Must come first in its scope.
 */
export function workOnFew(app: Scope): void {
  const take = places(atOnce, waiting, waitMs)
  app.decorateRequest('endWork', null)

  async function begin(): Promise<Release> {
    const release = await take()
    if (release === undefined) throw new Fault('busy')
    return release
  }

  app.addHook('onRequest', async (request) => {
    if (request.routeOptions.config.fewAtOnce && !hasBody(request.raw)) request.endWork = await begin()
  })
  app.addHook('preHandler', async (request) => {
    if (request.routeOptions.config.fewAtOnce) request.endWork ??= await begin()
  })
  app.addHook('onSend', async (request) => {
    request.endWork?.()
    request.endWork = null
  })
}
