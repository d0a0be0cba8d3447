import underPressure from '@fastify/under-pressure'
import { Fault } from '../faults.ts'
import type { Scope } from '../scope.ts'

/** Milliseconds by which the event loop may lag before new work is sent away. */
const lagAtMost = 1_000
/** Milliseconds after which what is measured no longer tells of the start, which blocks the event loop. */
const startTakes = 2_500

/** Tells clients to come back while the process cannot keep up, rather than letting all of them wait. */
export async function shedLoad(app: Scope): Promise<void> {
  let listensSince = Number.POSITIVE_INFINITY
  app.addHook('onListen', async () => {
    listensSince = performance.now()
  })
  await app.register(underPressure, {
    maxEventLoopDelay: lagAtMost,
    pressureHandler: (request) => {
      const isStarting = performance.now() - listensSince < startTakes
      if (!isStarting && !request.url.startsWith('/health/')) throw new Fault('busy')
    },
  })
}
