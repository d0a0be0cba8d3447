import { type Release, semaphore } from '../concurrency/semaphore.ts'
import type { Scope } from '../scope.ts'
import { Fault } from '../vocabulary/faults.ts'
import { hasBody } from './problems.ts'

/** Calls that read a lot, and calls that write: neither can keep out the other. */
type Work = 'read' | 'write'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What this call counts as, where only a few are worked on at once at one instance. */
    fewAtOnce?: Work
  }
  interface FastifyRequest {
    endWork: Release | null
  }
}

/** Reading is bound to one core: more at once would hold more in memory, and be no faster. */
const atOnce = { read: 1, write: 4 } as const satisfies Record<Work, number>
const waiting = 64
const waitMs = 1_000

/**
 * Works on a few calls of this scope at once, lets some wait, and sends others away before they cost anything: a full
 * mailbox takes long to open, and whoever reads one a thousand times must not keep reporters waiting. A call with a
 * body counts from when it is whole, so that nobody takes up a place by sending slowly. Must come first in its scope.
 */
export function limitConcurrency(app: Scope): void {
  const take = {
    read: semaphore(atOnce.read, waiting, waitMs),
    write: semaphore(atOnce.write, waiting, waitMs),
  }
  app.decorateRequest('endWork', null)

  async function begin(work: Work): Promise<Release> {
    const release = await take[work]()
    if (release === undefined) throw new Fault('overloaded')
    return release
  }

  app.addHook('onRequest', async (request) => {
    const work = request.routeOptions.config.fewAtOnce
    if (work !== undefined && !hasBody(request.raw)) request.endWork = await begin(work)
  })
  app.addHook('preHandler', async (request) => {
    const work = request.routeOptions.config.fewAtOnce
    if (work !== undefined) request.endWork ??= await begin(work)
  })
  // Not when the client goes away: its work may go on.
  app.addHook('onSend', async (request) => {
    request.endWork?.()
    request.endWork = null
  })
}
